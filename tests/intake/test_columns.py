"""A sheet's columns are known by Chinese or English headings; what does not fit is told with its place."""

import pytest

from lockstep.authoring.problems import Problem, Severity
from lockstep.intake import sentences as say
from lockstep.intake.columns import Column, Record, names_of, parsed, records
from lockstep.intake.delimited import read_delimited
from lockstep.intake.faults import UnreadableFileError, WrongValueError
from lockstep.intake.hires import COLUMNS as OF_HIRES
from lockstep.intake.sheet import normal
from lockstep.intake.staff import COLUMNS as OF_STAFF
from lockstep.intake.values import identifier

COLUMNS = (
    Column("employee_id", ("工号", "员工编号", "employee no"), identifier, required=True),
    Column("hire_date", ("合同日期", "contract date"), str.upper, required=True),
    Column("email", ("邮箱", "e-mail"), str.lower),
)


def read(text: str) -> tuple[list[Record], list[Problem]]:
    return records(read_delimited(text, names_of(COLUMNS)), COLUMNS)


def refused(text: str) -> list[Problem]:
    with pytest.raises(UnreadableFileError) as caught:
        read(text)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    "header",
    [
        "工号,合同日期,邮箱",
        "员工编号,contract date,e-mail",
        "employee_id,hire_date,email",
        "Employee ID,HIRE DATE,E-Mail",
        "EmployeeID,Contract_Date,EMAIL",
        " 工 号 ,合同　日期,邮 箱",
        "工号*,*合同日期,邮箱：",
        "工号（必填）,合同日期(年-月-日),邮箱 (公司)",
        '"工\n号","合同\r\n日期","e-\nmail"',
        "工号\u2028,合\xa0同日期,邮\t箱",
    ],
)
def test_a_heading_is_known_however_it_is_typed(header: str) -> None:
    found, problems = read(f"{header}\nE1,x,A@B.CN\n")
    assert problems == []
    assert [record.values for record in found] == [{"employee_id": "E1", "hire_date": "X", "email": "a@b.cn"}]


@pytest.mark.parametrize("columns", [OF_HIRES, OF_STAFF], ids=["hires", "staff"])
def test_no_two_columns_share_a_name(columns: tuple[Column, ...]) -> None:
    names = [name for column in columns for name in column.names]
    assert len(names) == len(set(names)) == len(names_of(columns))
    assert "" not in names


@pytest.mark.parametrize("columns", [OF_HIRES, OF_STAFF], ids=["hires", "staff"])
def test_every_column_is_known_by_its_key_and_by_chinese_first(columns: tuple[Column, ...]) -> None:
    for column in columns:
        assert normal(column.key) in column.names
        assert not column.headings[0].isascii()
        assert column.title == f"{column.headings[0]} ({column.key})"


def test_columns_stand_in_any_order_and_places_are_their_headings() -> None:
    found, problems = read("邮箱,合同日期,Employee No\nA@b.cn,x,E1\n\n,y,E2\n")
    assert problems == []
    assert found == [
        Record(
            2,
            {"email": "a@b.cn", "hire_date": "X", "employee_id": "E1"},
            {"email": "邮箱", "hire_date": "合同日期", "employee_id": "Employee No"},
        ),
        Record(
            4,
            {"email": "", "hire_date": "Y", "employee_id": "E2"},
            {"email": "邮箱", "hire_date": "合同日期", "employee_id": "Employee No"},
        ),
    ]


@pytest.mark.parametrize(
    ("heading", "zh", "en"),
    [
        ("备注", "不认识“备注”这一列，不会读取", "The column 备注 is unknown and is not read"),
        (
            "合同日起",
            "不认识“合同日起”这一列，不会读取；是不是“合同日期”？",
            "The column 合同日起 is unknown and is not read; did you mean 合同日期?",
        ),
        (
            "emial",
            "不认识“emial”这一列，不会读取；是不是“email”？",
            "The column emial is unknown and is not read; did you mean email?",
        ),
        (
            "x" * 41,
            f"不认识“{'x' * 40}”这一列，不会读取",
            f"The column {'x' * 40} is unknown and is not read",
        ),
        ("备\n注", "不认识“备 注”这一列，不会读取", "The column 备 注 is unknown and is not read"),
    ],
)
def test_an_unknown_column_is_passed_over_with_a_warning(heading: str, zh: str, en: str) -> None:
    found, [problem] = read(f'\n工号,"{heading}",合同日期\nE1,"=1+1\n",x\n')
    assert [record.values for record in found] == [{"employee_id": "E1", "hire_date": "X"}]
    assert (problem.code, problem.severity) == ("columns.unknown", Severity.WARNING)
    assert (problem.line, problem.zh, problem.en) == (2, zh, en)


def test_a_column_without_a_heading_is_passed_over_in_silence() -> None:
    found, problems = read("工号,,合同日期,\nE1,anything,x,\n")
    assert problems == []
    assert [record.values for record in found] == [{"employee_id": "E1", "hire_date": "X"}]


@pytest.mark.parametrize(
    ("first", "second"), [("工号", "员工编号"), ("employee_id", "工号"), ("工号", "工号")]
)
def test_the_same_column_twice_is_refused(first: str, second: str) -> None:
    [problem] = refused(f"{first},合同日期,{second}\nE1,x,E2\n")
    assert problem == say.REPEATED_COLUMN.at(line=1, first=first, second=second)
    assert problem.zh == f"“{first}”和“{second}”是同一列；请只留一列"
    assert problem.en == f"{first} and {second} are the same column; keep one"


def test_missing_columns_are_told_all_at_once_with_those_nobody_knows() -> None:
    missing, *others = refused("表\n邮箱,职务\na@b.cn,x\n")
    assert (missing.code, missing.line, missing.is_error) == ("columns.missing", 2, True)
    assert missing.zh == "缺少这些列：工号 (employee_id)、合同日期 (hire_date)"
    assert missing.en == "These columns are missing: 工号 (employee_id)、合同日期 (hire_date)"
    assert others == [say.UNKNOWN_COLUMN.at(line=2, column="职务")]


def test_one_missing_column_beside_a_misspelt_one() -> None:
    missing, suggestion = refused("工号,合同日其\nE1,x\n")
    assert missing == say.MISSING_COLUMNS.at(line=1, columns="合同日期 (hire_date)")
    assert suggestion == say.UNKNOWN_COLUMN_BUT.at(line=1, column="合同日其", meant="合同日期")


def test_a_short_row_and_a_long_one_are_told_and_left_out() -> None:
    found, problems = read("工号,合同日期,邮箱\nE1,x\nE2,x,,\nE3,x,a@b.cn,12,000\nE4\nE5,x,,,0\n")
    assert [(record.line, record.values["employee_id"]) for record in found] == [(3, "E2")]
    assert problems == [
        say.ROW_TOO_SHORT.at(line=2, found=2, columns=3),
        say.ROW_TOO_LONG.at(line=4, found=5, columns=3),
        say.ROW_TOO_SHORT.at(line=5, found=1, columns=3),
        say.ROW_TOO_LONG.at(line=6, found=5, columns=3),
    ]
    assert problems[0].zh == "这一行只有 2 格，表头有 3 列"
    assert problems[0].en == "The row has only 2 cells and the header 3"
    assert problems[1].zh == "这一行有 5 格，表头只有 3 列；内容里的逗号要用引号括起来"
    assert problems[1].en == "The row has 5 cells and the header 3; put a value with a comma in quotes"


def test_every_wrong_cell_of_a_row_is_told_and_the_others_are_kept() -> None:
    found, problems = read(f'工号,合同日期,邮箱\nE 1,,{"x" * 401}\nE2,"x\ny",{"x" * 400}\n')
    assert problems == [
        say.BAD_ID.at(line=2, column="工号"),
        say.REQUIRED.at(line=2, column="合同日期"),
        say.CELL_TOO_LONG.at(line=2, column="邮箱", limit=400),
        say.LINE_BREAK.at(line=3, column="合同日期"),
    ]
    assert [record.values for record in found] == [{}, {"employee_id": "E2", "email": "x" * 400}]


@pytest.mark.parametrize("text", ["a\nb", "a\rb", "a\r\nb", "a\u2028b", "a\u2029b", "a\x85b"])
def test_a_line_break_of_any_kind_is_refused_in_a_cell(text: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        parsed(COLUMNS[2], text)
    assert caught.value.at(1, "邮箱") == say.LINE_BREAK.at(line=1, column="邮箱")
    assert caught.value.at(1, "邮箱").zh == "邮箱：单元格里有换行；请删掉"


def test_an_optional_cell_may_be_empty_and_a_required_one_may_not() -> None:
    assert parsed(COLUMNS[2], "") == ""
    with pytest.raises(WrongValueError) as caught:
        parsed(COLUMNS[0], "")
    assert caught.value.at(1, "工号") == say.REQUIRED.at(line=1, column="工号")
