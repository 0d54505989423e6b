"""A file of hires: read whole, or every fault told with its line and nobody taken in."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from lockstep.authoring.problems import Problem
from lockstep.core.base import Lang
from lockstep.core.hire import Hire
from lockstep.intake import sentences as say
from lockstep.intake.hires import Hires, NewHire, read_hires
from lockstep.intake.read import File, read_file
from lockstep.ports import Person, Salary
from tests.intake.books import book

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "hires.csv"
HEADER = "工号,姓名,手机,岗位,用人单位,合同日期,到岗日期,月薪,直属上级"
GOOD = ("E1", "王建国", "13800138000", "operator", "MFG", "2026-11-02", "2026-11-03", "6500", "M1")


def row(number: int, **given: str) -> str:
    """A good row with some of its cells written otherwise, by the column's key."""
    keys = ("employee_id", "name", "phone", "post", "entity", "hire_date", "start_date", "salary", "manager")
    cells = dict(zip(keys, GOOD, strict=True)) | {"employee_id": f"E{number}"} | given
    return ",".join(cells[key] for key in keys)


def read(*rows: str, header: str = HEADER, encoding: str = "utf-8") -> Hires:
    return read_hires(File("hires.csv", "\n".join([header, *rows]).encode(encoding)))


def told(found: Hires) -> list[tuple[int, str]]:
    assert {problem.file for problem in found.problems} <= {found.file.name}
    return [(problem.line, problem.zh) for problem in found.problems]


def in_file(problem: Problem) -> Problem:
    return problem.placed({}, "hires.csv")


def test_one_row_becomes_a_hire_a_person_and_a_salary() -> None:
    header = f"{HEADER},邮箱,企业微信,地区,用工类型,语言,时区"
    found = read(f"{row(1)},w@b.cn,wjg,CN-JS,劳务派遣,英文,Asia/Urumqi", header=header)
    assert found.problems == ()
    hire = Hire(
        employee_id="E1", entity="MFG", post="operator", hire_date=date(2026, 11, 2),
        start_date=date(2026, 11, 3), employment_type="dispatched", jurisdiction="CN-JS",
        tz="Asia/Urumqi", language=Lang.EN,
    )  # fmt: skip
    person = Person(
        employee_id="E1", name="王建国", language=Lang.EN, phone="+8613800138000", email="w@b.cn",
        wecom_id="wjg", manager_id="M1",
    )  # fmt: skip
    salary = Salary(employee_id="E1", effective_from=date(2026, 11, 2), monthly_fen=650_000)
    assert found.hires == (NewHire(2, hire, person, salary),)


def test_what_is_left_empty_is_as_usual() -> None:
    [new] = read(row(1, start_date="", salary="", manager="")).hires
    assert (new.hire.start_date, new.hire.first_day) == (None, date(2026, 11, 2))
    assert (new.hire.employment_type, new.hire.jurisdiction) == ("full_time", "CN")
    assert (new.hire.tz, new.hire.language, new.person.language) == ("Asia/Shanghai", None, Lang.ZH)
    assert (new.salary, new.person.manager_id, new.person.email) == (None, "", "")


def test_no_personal_data_goes_into_the_hire() -> None:
    [new] = read(row(1, name="欧阳𠮷")).hires
    told_to_the_workflow = new.hire.model_dump_json()
    assert not [word for word in ("欧阳", "138001", "6500", "M1") if word in told_to_the_workflow]


@pytest.mark.parametrize(
    ("signed", "first", "paid_from"),
    [
        ("2026-11-02", "", date(2026, 11, 2)),
        ("2026-11-02", "2026-11-02", date(2026, 11, 2)),
        ("2026-11-02", "2026-12-01", date(2026, 11, 2)),
        ("2026-11-02", "2026-10-30", date(2026, 10, 30)),
    ],
)
def test_a_salary_counts_from_the_contract_or_the_first_day(signed: str, first: str, paid_from: date) -> None:
    [new] = read(row(1, hire_date=signed, start_date=first)).hires
    assert new.salary is not None
    assert new.salary.effective_from == paid_from


def test_the_example_is_read_whole() -> None:
    found = read_hires(read_file(EXAMPLE))
    assert (found.problems, len(found.hires)) == ((), 24)
    assert [new.line for new in found.hires] == list(range(2, 26))
    assert found.hires[2].person.name == "欧阳𠮷"
    assert found.hires[19].salary == Salary(
        employee_id="200202", effective_from=date(2026, 11, 2), monthly_fen=1_888_888
    )
    assert {new.hire.employment_type for new in found.hires} == {
        "full_time", "part_time", "intern", "dispatched", "contractor",
    }  # fmt: skip
    rows = [line.split(",") for line in EXAMPLE.read_text(encoding="utf-8").splitlines()[1:]]
    fen = [int(Decimal(cells[11]) * 100) for cells in rows]
    assert [new.salary and new.salary.monthly_fen for new in found.hires] == fen


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_same_hires_come_of_every_encoding(encoding: str) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert read_hires(File("hires.csv", text.encode(encoding))).hires == read_hires(read_file(EXAMPLE)).hires


def test_the_same_hires_come_of_excel() -> None:
    lines = [line.split(",") for line in EXAMPLE.read_text(encoding="utf-8").splitlines()]
    rows: list[list[Any]] = [list(lines[0])]
    for cells in lines[1:]:
        days: list[Any] = [date.fromisoformat(cells[9]), date.fromisoformat(cells[10])]
        rows.append(
            [int(cells[0]), cells[1], int(cells[2]), *cells[3:9], *days, float(cells[11]), *cells[12:]]
        )
    found = read_hires(File("hires.xlsx", book(*rows)))
    assert found.problems == ()
    assert found.hires == read_hires(read_file(EXAMPLE)).hires


def test_a_number_twice_is_told_by_the_line_it_was_first_on() -> None:
    found = read(row(1), row(2), row(1, name="李秀英"), row(1))
    assert found.hires == ()
    assert told(found) == [(4, "工号：工号 E1 与第 2 行重复"), (5, "工号：工号 E1 与第 2 行重复")]
    assert found.problems[0].en == "工号: employee number E1 is on line 2 already"


@pytest.mark.parametrize("number", ["E1", "e1", "E01"])
def test_numbers_are_the_same_only_when_they_are_written_alike(number: str) -> None:
    found = read(row(1), row(2, employee_id=number))
    assert [problem.code for problem in found.problems] == (["rows.repeated"] if number == "E1" else [])


def test_the_30th_of_february_is_told_and_nobody_is_taken_in() -> None:
    found = read(row(1), row(2, hire_date="2026-02-30"), row(3, start_date="2026/2/30"), row(4))
    assert found.hires == ()
    assert told(found) == [
        (3, "合同日期：没有 2026-02-30 这一天"),
        (4, "到岗日期：没有 2026/2/30 这一天"),
    ]
    assert [problem.en for problem in found.problems] == [
        "合同日期: there is no day 2026-02-30",
        "到岗日期: there is no day 2026/2/30",
    ]


FORMULA = "以 {} 开头的内容会被表格软件当作公式执行，不能导入；请改成普通文字"


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+1-1", "-1+1", "＝1+1"])
def test_what_a_spreadsheet_would_run_is_refused_in_csv(text: str) -> None:
    found = read(row(1), row(2, name=text))
    assert (found.hires, told(found)) == ((), [(3, f"姓名：{FORMULA.format(text[0])}")])


def test_every_fault_of_a_file_is_told_at_once_in_the_order_of_its_lines() -> None:
    header = HEADER.replace("直属上级", "直属上级,备注")
    rows = [
        f"{row(1, phone='123', salary='-1')},x",
        f"{row(2, hire_date='', start_date='1.2.26')},x",
        row(3),
        f"{row(1, post='机修', manager='E1')},x",
        "",
        f"{row(5, entity='M/G', name='=1')},x,y",
    ]
    found = read(*rows, header=header)
    assert found.hires == ()
    assert list(found.problems) == [
        in_file(problem)
        for problem in (
            say.UNKNOWN_COLUMN.at(line=1, column="备注"),
            say.BAD_PHONE.at(line=2, column="手机"),
            say.NEGATIVE_SALARY.at(line=2, column="月薪"),
            say.REQUIRED.at(line=3, column="合同日期"),
            say.DATE_ORDER.at(line=3, column="到岗日期", value="1.2.26"),
            say.ROW_TOO_SHORT.at(line=4, found=9, columns=10),
            say.BAD_ID.at(line=5, column="岗位"),
            say.REPEATED_EMPLOYEE.at(line=5, column="工号", employee="E1", first=2),
            say.OWN_MANAGER.at(line=5, column="直属上级"),
            say.ROW_TOO_LONG.at(line=7, found=11, columns=10),
        )
    ]
    assert found.problems[1].text(Lang.EN) == (
        "hires.csv:2: error: 手机: not a mobile number; 11 digits in mainland China, elsewhere + and the "
        "country code [value.phone]"
    )


def test_a_row_with_a_refused_number_is_not_compared() -> None:
    assert told(read(row(1, employee_id="E 1", manager="E 1"), row(1, employee_id="E 1"))) == [
        (line, f"{column}：{say.BAD_ID.zh.removeprefix('{column}：')}")
        for line, column in ((2, "工号"), (2, "直属上级"), (3, "工号"))
    ]
