"""Take the pictures of docs/images off the Temporal UI of a demo that stays up.

usage: screenshots.py UI_URL, which `make demo KEEP=1` prints. Needs Chromium (Debian: apt install chromium).
"""

import json
import shutil
import sys
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
LATE = quote(
    "WorkflowType='OnboardingWorkflow' AND ExecutionStatus='Running' AND HireLocked=true AND HireOverdue>0"
)
COLUMNS = ("Workflow ID", "HireStage", "HireLocked", "HireOverdue", "HirePost", "HireEntity", "NextDeadline")
SIZE = {"width": 1600, "height": 900}


def hires(page: Page, home: str) -> None:
    """The list, with the columns of a hire, narrowed down to the locked and overdue."""
    page.goto(f"{home}/workflows?query={LATE}")
    page.locator("table a[href*='/workflows/']").first.wait_for()
    shoot(page, "hires")


def one_hire(page: Page, home: str) -> None:
    """The last of them: what was done and waited for, then where the hire stands."""
    page.goto(f"{home}/workflows?query={LATE}")
    page.locator("table a[href*='/workflows/']").last.click()
    page.get_by_text("Reminder").first.wait_for()
    shoot(page, "timeline")
    page.get_by_text("User Metadata", exact=True).click()
    page.get_by_text("Current Details").wait_for()
    shoot(page, "standing")


def shoot(page: Page, name: str) -> None:
    """Wait until nothing moves any more, then keep the picture."""
    page.wait_for_timeout(2_000)
    page.screenshot(path=IMAGES / f"{name}.png")


def main(ui: str) -> None:
    """All pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    columns = json.dumps({"default": [{"label": name} for name in COLUMNS]})
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_context(viewport=SIZE, locale="en").new_page()
        page.add_init_script(f"localStorage.setItem('namespace-workflow-table-columns', {columns!r})")
        home = f"{ui.rstrip('/')}/namespaces/default"
        hires(page, home)
        one_hire(page, home)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
