"""A file of staff: the people, who has which role where, or every fault and nobody at all."""

from pathlib import Path
from typing import Any

import pytest

from lockstep.core.base import Lang
from lockstep.intake import sentences as say
from lockstep.intake.read import File, read_file
from lockstep.intake.staff import COLUMNS, Appointment, Staff, read_staff
from lockstep.ports import Person
from tests.intake.books import book

ROOT = Path(__file__).parents[2]
HEADER = "工号,姓名,手机,用人单位,角色"


def read(*rows: str, header: str = HEADER) -> Staff:
    return read_staff(File("staff.csv", "\n".join([header, *rows]).encode()))


def told(found: Staff) -> list[tuple[int, str, str]]:
    assert {problem.file for problem in found.problems} <= {"staff.csv"}
    return [(problem.line, problem.zh, problem.en) for problem in found.problems]


def test_the_example_is_read_whole() -> None:
    found = read_staff(read_file(ROOT / "examples" / "staff.csv"))
    assert found.problems == ()
    assert [person.employee_id for person in found.people] == [
        f"{letter}{number}01" for number in (1, 2, 3) for letter in "MHS"
    ]
    assert found.people[3] == Person(
        employee_id="M201",
        name="Alex Chen",
        phone="+8619800000004",
        email="m201@example.com",
        wecom_id="m201",
    )
    assert found.appointments == tuple(
        Appointment(entity, role, f"{letter}{number}01")
        for number, entity in enumerate(("MFG", "TECH", "RETAIL"), 1)
        for letter, role in (("M", "manager"), ("H", "hr"), ("S", "safety_officer"))
    )


def test_the_same_staff_come_of_excel() -> None:
    rows: list[list[Any]] = [
        ["工号", "姓名", "用人单位", "角色", "语言"],
        ["M1", "Ann", "MFG", "安全主管", "en"],
        ["M1", "Ann", None, None, "en"],
    ]
    found = read_staff(File("staff.xlsx", book(*rows)))
    assert found == Staff(
        (Person(employee_id="M1", name="Ann", language=Lang.EN),),
        (Appointment("MFG", "safety_officer", "M1"),),
        (),
    )


def test_one_person_with_several_roles_stands_on_several_lines() -> None:
    found = read(
        "M1,张,13800138000,MFG,hr", "M1,张,13800138000,MFG,manager", "M1,张,+86 138 0013 8000,TECH,hr"
    )
    assert found.problems == ()
    assert found.people == (Person(employee_id="M1", name="张", phone="+8613800138000"),)
    assert found.appointments == (
        Appointment("MFG", "hr", "M1"), Appointment("MFG", "manager", "M1"), Appointment("TECH", "hr", "M1"),
    )  # fmt: skip


@pytest.mark.parametrize("row", ["M1,张,,,", "M1,张,,MFG,"])
def test_who_has_no_role_is_a_person_only(row: str) -> None:
    found = read(row)
    assert (found.people, found.appointments, found.problems) == (
        (Person(employee_id="M1", name="张"),),
        (),
        (),
    )


def test_the_columns_are_those_of_a_person_and_a_role() -> None:
    assert [column.key for column in COLUMNS if column.required] == ["employee_id", "name"]
    found = read("M1,张,operator,6500,M2", header="工号,姓名,岗位,月薪,直属上级")
    assert [(problem.code, problem.line) for problem in found.problems] == [("columns.unknown", 1)] * 2
    assert found.people == (Person(employee_id="M1", name="张", manager_id="M2"),)


FAULTS = [
    pytest.param(
        ["M1,张,,MFG,hr", "M2,李,,TECH,hr", "M1,章,,,"],
        [(4, "工号 M1 的资料与第 2 行不同；同一个人各行要一致",
          "What is said of employee M1 differs from line 2; say the same on each line")],
        id="two people of one number",
    ),
    pytest.param(
        ["M1,张,13800138000,,", "M1,张,,,"],
        [(3, "工号 M1 的资料与第 2 行不同；同一个人各行要一致",
          "What is said of employee M1 differs from line 2; say the same on each line")],
        id="an address on one line only",
    ),
    pytest.param(
        ["M1,张,,MFG,hr", "M2,李,,TECH,人事", "M3,王,,MFG,人力资源", "M4,赵,,MFG,人事"],
        [(line, "MFG 的 hr 在第 2 行已经有人；一个角色只能一个人",
          "MFG has its hr on line 2 already; one person to a role") for line in (4, 5)],
        id="two people in one role",
    ),
    pytest.param(
        ["M1,张,,,hr", "M2,李,,,hr"],
        [(line, "用人单位：写了角色就要写用人单位", "用人单位: a role needs its legal entity")
         for line in (2, 3)],
        id="a role nowhere",
    ),
    pytest.param(
        ["M1,张,,M F G,hr", "M2,李,,MFG,总经理", "M3,王,,MFG,总经理"],
        [(2, say.BAD_ID.zh.format(column="用人单位"), say.BAD_ID.en.format(column="用人单位")),
         *((line, say.BAD_ROLE.zh.format(column="角色"), say.BAD_ROLE.en.format(column="角色"))
           for line in (3, 4))],
        id="what is refused is not judged again",
    ),
    pytest.param(
        ["M1,张,123,,", "M1,张,13800138000,,", "M 1,李,,,", ",王,,,", "M2,=1,,,"],
        [(2, say.BAD_PHONE.zh.format(column="手机"), say.BAD_PHONE.en.format(column="手机")),
         (4, say.BAD_ID.zh.format(column="工号"), say.BAD_ID.en.format(column="工号")),
         (5, "工号：不能为空", "工号: must not be empty"),
         (6, "姓名：以 = 开头的内容会被表格软件当作公式执行，不能导入；请改成普通文字",
          "姓名: a spreadsheet would run what starts with = as a formula; write plain text instead")],
        id="nor compared with what was read",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "said"), FAULTS)
def test_a_fault_is_told_with_its_line_and_nobody_is_taken_in(
    rows: list[str], said: list[tuple[int, str, str]]
) -> None:
    found = read(*rows)
    assert told(found) == said
    assert (found.people, found.appointments) == ((), ())


def test_a_role_without_a_column_of_entities_is_told() -> None:
    found = read("M1,张,hr", header="工号,姓名,角色")
    place = "用人单位 (entity)"
    assert told(found) == [(2, f"{place}：写了角色就要写用人单位", f"{place}: a role needs its legal entity")]


def test_faults_in_excel_have_addresses() -> None:
    rows: list[list[Any]] = [
        ["工号", "姓名", "用人单位", "角色"],
        ["M1", "张", None, "hr"],
        ["M2", "李", "MFG", "=A1"],
    ]
    found = read_staff(File("staff.xlsx", book(*rows)))
    assert [(problem.line, problem.zh) for problem in found.problems] == [
        (2, "用人单位 (C2)：写了角色就要写用人单位"),
        (3, "D3：是公式；请“复制、选择性粘贴为数值”后再导入"),
    ]
    assert (found.people, found.appointments) == ((), ())


@pytest.mark.parametrize(
    ("raw", "zh"),
    [
        (b"", "文件是空的"),
        ("工号,角色\nM1,hr\n".encode("gbk"), "缺少这些列：姓名 (name)"),
        ("工号,姓名\nM1,张\n".encode("utf-16"), "文件是 UTF-16 编码；请另存为“CSV UTF-8”"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_does_not_raise(raw: bytes, zh: str) -> None:
    found = read_staff(File("staff.csv", raw))
    assert (found.people, found.appointments) == ((), ())
    assert [(problem.zh, problem.file, problem.line) for problem in found.problems] == [(zh, "staff.csv", 1)]
