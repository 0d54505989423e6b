"""The file of hires (新员工名单): who they are, where and when they start, what they earn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lockstep.authoring.problems import Problem
from lockstep.core.hire import Hire
from lockstep.intake import sentences as say
from lockstep.intake import values
from lockstep.intake.columns import Column, Record, names_of, records
from lockstep.intake.faults import UnreadableFileError
from lockstep.intake.read import File
from lockstep.ports import Person, Salary

COLUMNS = (
    Column("employee_id", ("工号", "员工工号", "员工编号", "employee no"), values.identifier, required=True),
    Column("name", ("姓名", "员工姓名", "full name"), values.name, required=True),
    Column("phone", ("手机", "手机号", "手机号码", "mobile"), values.phone),
    Column("email", ("邮箱", "电子邮箱", "e-mail"), values.email),
    Column("wecom_id", ("企业微信", "企业微信账号", "wecom"), values.wecom),
    Column("post", ("岗位", "岗位代码", "职位"), values.identifier, required=True),
    Column("entity", ("用人单位", "用人单位代码", "公司", "legal entity"), values.identifier, required=True),
    Column("jurisdiction", ("地区", "地区代码"), values.identifier),
    Column("employment_type", ("用工类型",), values.employment),
    Column("hire_date", ("合同日期", "合同签订日期", "签约日期", "contract date"), values.day, required=True),
    Column("start_date", ("到岗日期", "入职日期", "first day"), values.day),
    Column("monthly_salary", ("月薪", "基本工资", "月工资", "salary"), values.yuan),
    Column("manager_id", ("直属上级", "直属上级工号", "manager"), values.identifier),
    Column("language", ("语言",), values.language),
    Column("tz", ("时区", "time zone", "timezone"), values.time_zone),
)
_OF_HIRE = (
    "employee_id", "entity", "post", "hire_date", "start_date",
    "employment_type", "jurisdiction", "tz", "language",
)  # fmt: skip
_OF_PERSON = ("employee_id", "name", "language", "phone", "email", "wecom_id", "manager_id")
_ADDRESSES = ("phone", "email", "wecom_id")


@dataclass(frozen=True)
class NewHire:
    """One row: what the workflow may know, the personal data that stays in the store, and the salary."""

    line: int
    hire: Hire
    person: Person
    salary: Salary | None


@dataclass(frozen=True)
class Hires:
    """What a file says; `hires` is empty when `problems` has an error, so that nothing is half done."""

    file: File
    hires: tuple[NewHire, ...]
    problems: tuple[Problem, ...]


def read_hires(file: File) -> Hires:
    """The hires of a file and everything wrong with it. Never raises for what is in it."""
    try:
        rows, problems = records(file.sheet(names_of(COLUMNS)), COLUMNS)
    except UnreadableFileError as unreadable:
        return Hires(file, (), placed(unreadable.problems, file))
    problems += _across(rows)
    for row in rows:
        problems += _within(row)
    sound = not any(problem.is_error for problem in problems)
    hires = tuple(new_hire(row.values, row.line) for row in rows) if sound else ()
    return Hires(file, hires, placed(problems, file))


def new_hire(row: Mapping[str, str], line: int = 0) -> NewHire:
    """The hire that parsed values tell of."""
    given = {key: value for key, value in row.items() if value}
    hire = Hire.model_validate({key: given[key] for key in _OF_HIRE if key in given})
    person = Person.model_validate({key: given[key] for key in _OF_PERSON if key in given})
    fen = given.get("monthly_salary")
    salary = fen and Salary(
        employee_id=hire.employee_id,
        effective_from=min(hire.hire_date, hire.first_day),
        monthly_fen=int(fen),
    )
    return NewHire(line, hire, person, salary or None)


def _across(rows: list[Record]) -> list[Problem]:
    first: dict[str, int] = {}
    found = []
    for row in rows:
        employee = row.values.get("employee_id")
        if employee is None:
            continue
        if employee in first:
            place = row.places["employee_id"]
            found.append(
                say.REPEATED_EMPLOYEE.at(
                    line=row.line, column=place, employee=employee, first=first[employee]
                )
            )
        first.setdefault(employee, row.line)
    return found


def _within(row: Record) -> list[Problem]:
    employee = row.values.get("employee_id")
    found = []
    if employee and row.values.get("manager_id") == employee:
        found.append(say.OWN_MANAGER.at(line=row.line, column=row.places["manager_id"]))
    # an address that was refused is one that is meant
    if employee and not row.refused(*_ADDRESSES) and not any(row.values.get(key) for key in _ADDRESSES):
        found.append(say.NO_ADDRESS.at(line=row.line, employee=employee))
    return found


def placed(problems: Sequence[Problem], file: File) -> tuple[Problem, ...]:
    """The problems in the order of the file's lines, with its name."""
    ordered = sorted(problems, key=lambda problem: problem.line)
    return tuple(problem.placed({}, file.name) for problem in ordered)
