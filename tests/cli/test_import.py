"""`lockstep import` against a live server: checked as a whole, resumed where it stopped, nobody twice."""

import asyncio
import csv
import json
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.cli.conftest import Desk
from tests.support.live import BIN, ROOT
from tests.support.world import eventually

pytestmark = pytest.mark.slow
HEADER = ("工号", "姓名", "岗位", "用人单位", "合同日期", "月薪", "邮箱")


def hires(entity: str, number: int) -> list[tuple[str, ...]]:
    """Rows of people who are due to begin in `entity`."""
    return [
        (f"{entity}{n:04}", "欧阳𠮷", "designer", entity, "2026-11-02", "8000", f"n{n}@example.com")
        for n in range(number)
    ]


def written(path: Path, rows: list[tuple[str, ...]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


def files(folder: Path) -> list[Path]:
    """What is in a folder."""
    return list(folder.iterdir())


def results(path: Path) -> Counter[str]:
    """The outcomes in a result file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return Counter(row["outcome"] for row in csv.DictReader(file))


async def started(desk: Desk, entity: str) -> list[str]:
    """Who has an onboarding in an entity."""
    call = await desk.says("list", "--entity", entity, "--all", "--json")
    return [row["employee_id"] for row in call.records]


async def test_a_dry_run_shows_everybodys_policy_and_starts_nobody(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path / "hires.csv", hires("DRY", 3))
    call = await desk.says("import", file, "--dry-run", "--json", TEMPORAL_ADDRESS="127.0.0.1:1")
    assert [row["policy"] for row in call.records] == ["internet 2026.1"] * 3
    assert call.err == "检查通过：3 人（internet 3）。没有导入任何人。\n"
    assert files(tmp_path) == [file]
    assert await started(desk, "DRY") == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
async def test_a_file_is_taken_in_once_however_often_it_comes(
    desk: Desk, tmp_path: Path, encoding: str
) -> None:
    entity = f"ENC{encoding.replace('-', '')}"
    rows = [tuple(cell.replace("𠮷", "吉") for cell in row) for row in hires(entity, 3)]
    file = written(tmp_path / "hires.csv", rows, encoding)
    first = await desk.says("import", file, "--yes", "--json")
    assert (first.code, [row["outcome"] for row in first.records]) == (0, ["started"] * 3)
    assert results(tmp_path / "hires.result.csv") == {"started": 3}
    again = await desk.says("import", file, "--yes", "--json")
    assert (again.code, [row["outcome"] for row in again.records]) == (0, ["already_there"] * 3)
    assert "欧阳" not in (tmp_path / "hires.result.csv").read_text(encoding="utf-8-sig")


async def test_the_examples_of_excel_go_in_with_their_zeros(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in [HEADER, *hires("00XL", 2)]:
        sheet.append(row)
    book.save(tmp_path / "hires.xlsx")
    result = tmp_path / "result.ndjson"
    call = await desk.says("import", tmp_path / "hires.xlsx", "--yes", "--result", result)
    assert call.code == 0, call.err
    rows = [json.loads(line) for line in result.read_text(encoding="utf-8").splitlines()]
    assert [row["workflow_id"] for row in rows] == [
        "onboarding/00XL/00XL0000/2026-11-02",
        "onboarding/00XL/00XL0001/2026-11-02",
    ]


def faulty() -> Iterator[tuple[str, ...]]:
    good, second, third, fourth = hires("BAD", 4)
    yield good
    yield (*second[:4], "2026-02-30", *second[5:])
    yield (*third[:1], "=cmd|' /C calc'!A0", *third[2:])
    yield good
    yield (*fourth[:2], "pilot", *fourth[3:])


async def test_every_fault_is_named_with_its_line_and_nobody_is_started(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path / "hires.csv", list(faulty()))
    zh, en = (
        await desk.says("import", file, "--yes"),
        await desk.says("import", file, "--yes", "--lang", "en"),
    )
    assert (zh.code, en.code) == (1, 1)
    assert [line.split(":")[1] for line in zh.err.splitlines()[:-1]] == ["3", "4", "5"]
    assert zh.err.splitlines()[-1] == "lockstep: 有 3 处要改；什么都没有导入"
    assert "2026-02-30" in en.err
    assert await started(desk, "BAD") == []
    assert files(tmp_path) == [file]


async def test_an_import_that_is_killed_goes_on_where_it_stopped(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path / "hires.csv", hires("KILL", 300))
    process = await asyncio.create_subprocess_exec(
        str(BIN / "lockstep"), "import", str(file), "--yes", env=desk.house.environment, cwd=ROOT,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip

    async def well_under_way() -> bool:
        return len(await started(desk, "KILL")) >= 20

    await eventually(well_under_way, within=60)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    assert not (tmp_path / "hires.result.csv").exists(), "written whole or not at all"
    rest = await desk.says("import", file, "--yes", "--json")
    outcomes = Counter(row["outcome"] for row in rest.records)
    assert (rest.code, outcomes.total(), set(outcomes)) == (0, 300, {"started", "already_there"})
    assert outcomes["already_there"] >= 20

    async def all_there() -> bool:
        found = await started(desk, "KILL")
        return len(found) == len(set(found)) == 300

    await eventually(all_there, within=30)
