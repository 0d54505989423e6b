"""`lockstep demo` as a newcomer runs it: 24 hires, real server and worker, an end that adds up."""

import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from lockstep.settings import Settings
from lockstep.wiring import Wiring

ROOT = Path(__file__).resolve().parents[2]
HIRES = 24

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The home of a demo that has ended, and what it said."""
    home = tmp_path_factory.mktemp("demo")
    ended = subprocess.run(
        [sys.executable, ROOT / "starter.py", "demo"],
        cwd=ROOT, env=os.environ | {"LOCKSTEP_HOME": str(home)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return home / "demo", ended.stdout


def numbers(text: str) -> list[str]:
    return re.findall(r"\b[123]00[12]0\d\b", text)


def info(pdf: bytes) -> str:
    """What poppler says of a PDF it can read."""
    return subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def test_every_hire_is_through_or_locked_with_a_reason(played: tuple[Path, str]) -> None:
    _, said = played
    through, _, rest = said.partition("仍锁定")
    locked, _, _ = rest.partition("消息数")
    free = set(numbers(through.partition("已放行")[2]))
    kept = set(numbers(locked))
    assert not free & kept
    assert len(free | kept) == HIRES
    assert len(free) > len(kept) > 0
    assert locked.count("请") >= len(kept), "everybody locked is told what to do"


def test_everybody_was_written_to(played: tuple[Path, str]) -> None:
    _, said = played
    messages = said.partition("消息数")[2].partition("经理与人事")[0]
    assert len(set(numbers(messages))) == HIRES
    assert "0" not in re.findall(r"\b\d+\b(?=,|\n)", messages)


def test_certificates_and_workbooks_open(played: tuple[Path, str]) -> None:
    home, said = played
    wiring = Wiring(Settings(home=home))
    everybody = {number for number in numbers(said) if number.isdigit()}
    papers = [paper for number in everybody for paper in wiring.archive.of(number)]
    pdfs = [paper for paper in papers if paper.media_type == "application/pdf"]
    assert f"({len(pdfs)} PDF)" in said
    assert all("Pages:           1\n" in info(wiring.archive.get(pdf.ref)) for pdf in pdfs)
    books = sorted((home / "payroll").glob("*.xlsx"))
    rows = [openpyxl.load_workbook(book)["明细 Entries"].max_row - 1 for book in books]
    assert sum(rows) == said.count("pay.rules."), "what the screen shows is what payroll gets"
    wiring.engine.dispose()
