"""Files of hires at their ends: addresses, Excel's cells, ten thousand rows, the limits, any bytes at all."""

import hashlib
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockstep.authoring.problems import Problem
from lockstep.core.base import Lang
from lockstep.intake import sentences as say
from lockstep.intake.faults import UnreadableFileError
from lockstep.intake.hires import read_hires
from lockstep.intake.read import MAX_BYTES, File, read_file
from lockstep.intake.sheet import MAX_ROWS
from tests.intake.books import book

HEADINGS = ["工号", "姓名", "岗位", "用人单位", "合同日期", "手机", "月薪"]


def csv(*lines: str, header: str = ",".join(HEADINGS)) -> File:
    return File("hires.csv", "\n".join([header, *lines]).encode())


def xlsx(*rows: list[Any]) -> File:
    return File("hires.xlsx", book(HEADINGS, *rows))


def unreadable(path: Path) -> Problem:
    with pytest.raises(UnreadableFileError) as caught:
        read_file(path)
    [problem] = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("header", "cells", "reached"),
    [
        ("手机,邮箱,企业微信", ",,", False),
        ("邮箱", "", False),
        ("语言", "zh", False),
        ("手机,邮箱,企业微信", "13800138000,,", True),
        ("手机,邮箱,企业微信", ",a@b.cn,", True),
        ("企业微信", "wjg", True),
    ],
)
def test_whom_no_message_can_reach_is_told_but_taken_in(header: str, cells: str, reached: bool) -> None:
    found = read_hires(
        csv(f"E1,王,operator,MFG,2026-11-02,{cells}", header=f"工号,姓名,岗位,用人单位,合同日期,{header}")
    )
    assert [new.hire.employee_id for new in found.hires] == ["E1"]
    warning = say.NO_ADDRESS.at(line=2, employee="E1").placed({}, "hires.csv")
    assert found.problems == (() if reached else (warning,))
    assert warning.text(Lang.ZH) == (
        "hires.csv:2: 提醒：工号 E1 没有手机、邮箱和企业微信，收不到任何通知 [rows.no_address]"
    )


def test_an_address_that_is_wrong_is_not_one_that_is_missing() -> None:
    found = read_hires(csv("E1,王,operator,MFG,2026-11-02,123,1"))
    assert [problem.code for problem in found.problems] == ["value.phone"]


def test_faults_in_excel_are_told_with_the_address_of_their_cell() -> None:
    found = read_hires(
        xlsx(
            ["E1", "王", "operator", "MFG", "2026-02-30", "13800138000", 6500],
            ["E2", "=A1", "operator", "MFG", date(2026, 11, 2), "13800138000", "#N/A"],
            ["E1", "李", "机修", "MFG", time(8, 30), 1.38e10, 6500.125],
            ["E4", None, "operator", "MFG", "11/02/2026", "13800138000", True],
        )
    )
    assert found.hires == ()
    assert [(problem.line, problem.zh) for problem in found.problems] == [
        (2, "合同日期 (E2)：没有 2026-02-30 这一天"),
        (3, "B3：是公式；请“复制、选择性粘贴为数值”后再导入"),
        (3, "G3：是表格错误值 #N/A；请改正"),
        (4, "E4：这里不能是时间或是/否；请写成文字"),
        (4, say.BAD_ID.zh.format(column="岗位 (C4)")),
        (4, "月薪 (G4)：最小到分，小数最多两位"),
        (4, "工号 (A4)：工号 E1 与第 2 行重复"),
        (5, "G5：这里不能是时间或是/否；请写成文字"),
        (5, "姓名 (B5)：不能为空"),
        (5, "合同日期 (E5)：11/02/2026 分不清月和日；请写成 年-月-日，如 2026-11-02"),
    ]


INVISIBLE = [
    ("王_x0007_国", say.CONTROL_CHARACTER, {"code": "U+0007"}),
    ("王\x7f国", say.CONTROL_CHARACTER, {"code": "U+007F"}),
    ("王\ufffd国", say.LOST_CHARACTER, {}),
    ("王_xD842_国", say.LOST_CHARACTER, {}),
    ("王_x000D_\n国", say.LINE_BREAK, {"column": "姓名 (B2)"}),
    ("王_x000B_国", say.LINE_BREAK, {"column": "姓名 (B2)"}),
]


@pytest.mark.parametrize(("name", "sentence", "words"), INVISIBLE)
def test_what_no_csv_may_hold_no_cell_of_excel_may(name: str, sentence: Any, words: dict[str, str]) -> None:
    # Excel writes control characters as _x and four digits
    found = read_hires(xlsx(["E1", name, "operator", "MFG", "2026-11-02", "13800138000", 6500]))
    assert found.hires == ()
    assert found.problems == (sentence.at(line=2, **words).placed({}, "hires.xlsx"),)


def test_an_invisible_end_of_a_cell_is_no_part_of_a_name() -> None:
    [new] = read_hires(xlsx(["E1", "王_x000D_\n", "operator", "MFG", "2026-11-02", "13800138000", 1])).hires
    assert new.person.name == "王"


def lines(count: int) -> list[str]:
    return [
        f"{n:05},王{n},operator,MFG,2026-11-{n % 30 + 1:02},138{n:08},{n + 1}.{n % 100:02}"
        for n in range(count)
    ]


def test_ten_thousand_rows_are_read_each_with_its_own_values() -> None:
    found = read_hires(csv(*lines(10_000)))
    assert (found.problems, len(found.hires)) == ((), 10_000)
    for n, new in enumerate(found.hires):
        assert new.salary is not None
        assert (new.line, new.hire.employee_id, new.hire.hire_date.day) == (n + 2, f"{n:05}", n % 30 + 1)
        assert (new.person.name, new.person.phone) == (f"王{n}", f"+86138{n:08}")
        assert (new.salary.employee_id, new.salary.monthly_fen) == (f"{n:05}", (n + 1) * 100 + n % 100)


def test_one_fault_in_ten_thousand_rows_keeps_all_of_them_out() -> None:
    rows = lines(10_000)
    rows[7_999] = rows[7_999].replace("2026-11-", "2026-02-3")
    found = read_hires(csv(*rows))
    assert found.hires == ()
    [problem] = found.problems
    assert (problem.code, problem.line) == ("value.date", 8_001)


def test_many_rows_of_excel_are_read_as_those_of_csv() -> None:
    found = read_hires(xlsx(*(line.split(",") for line in lines(2_000))))
    assert (found.problems, len(found.hires)) == ((), 2_000)
    assert found.hires == read_hires(csv(*lines(2_000))).hires


@pytest.mark.parametrize("titles", [0, 3])
def test_fifty_thousand_rows_are_the_most(titles: int) -> None:
    assert MAX_ROWS == 50_000
    header = "\n".join([*(f"第 {n} 页" for n in range(titles)), "员工编号,姓名"])
    most = read_hires(csv(*(["E1,王"] * MAX_ROWS), header=header))
    assert [problem.code for problem in most.problems] == ["columns.missing"], "it is the columns alone"
    [problem] = read_hires(csv(*(["E1,王"] * (MAX_ROWS + 1)), header=header)).problems
    assert (problem.code, problem.line) == ("file.too_many_rows", MAX_ROWS + titles + 2)
    assert problem.zh == "超过 50,000 行上限；请拆成几个文件"
    assert problem.en == "More than 50,000 rows; split the file into several"


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "hires.csv"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES)
    assert len(read_file(path).raw) == MAX_BYTES == 32 * 1024**2
    with path.open("ab") as file:
        file.write(b"x")
    problem = unreadable(path)
    assert (problem.code, problem.line) == ("file.too_big", 1)
    assert problem.zh == "文件超过 32 MB 上限；请拆成几个文件"
    assert problem.en == "The file is over the limit of 32 MB; split it into several"


@pytest.mark.parametrize(
    ("name", "reason"), [("none.csv", "No such file or directory"), (".", "Is a directory")]
)
def test_a_file_that_cannot_be_opened_is_told_why(name: str, reason: str, tmp_path: Path) -> None:
    problem = unreadable(tmp_path / name)
    assert (problem.code, problem.line) == ("file.unreadable", 1)
    assert (problem.zh, problem.en) == (f"打不开文件（{reason}）", f"The file cannot be opened ({reason})")


def test_the_digest_names_the_bytes_and_not_the_file() -> None:
    file = csv("E1,王")
    assert file.digest == hashlib.sha256(file.raw).hexdigest() == File("other.csv", file.raw).digest
    assert csv("E2,王").digest != file.digest


good = ("E1", "王", "operator", "MFG", "2026-11-02")
any_cell = st.one_of(st.text(max_size=8), st.sampled_from([*good, "E2", "2026-02-30", '"', "=1", ""]))
any_row = st.tuples(*(st.one_of(st.just(cell), st.just(cell), any_cell) for cell in good)).map(",".join)


@given(st.lists(any_row, max_size=4))
def test_any_file_is_read_whole_or_told_and_nobody_taken_in(rows: list[str]) -> None:
    found = read_hires(csv(*rows, header=",".join(HEADINGS[:5])))
    errors = [problem for problem in found.problems if problem.is_error]
    assert bool(errors) != bool(found.hires)
    assert all(problem.line >= 1 and problem.file == "hires.csv" for problem in found.problems)


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe"]))
def test_any_bytes_are_told_and_nobody_taken_in(raw: bytes, start: bytes) -> None:
    found = read_hires(File("hires.csv", start + raw))
    assert (found.hires, len(found.problems) >= 1) == ((), True)
