"""The file of staff (管理人员名单): managers, HR, safety officers, and who has which role where."""

from dataclasses import dataclass

from lockstep.authoring.problems import Problem
from lockstep.intake import sentences as say
from lockstep.intake import values
from lockstep.intake.columns import Column, Record, names_of, records
from lockstep.intake.faults import UnreadableFileError
from lockstep.intake.hires import COLUMNS as OF_HIRES
from lockstep.intake.hires import placed
from lockstep.intake.read import File
from lockstep.ports import Person

_PERSONAL = ("employee_id", "name", "phone", "email", "wecom_id", "manager_id", "language")
COLUMNS = (
    *(column for column in OF_HIRES if column.key in _PERSONAL),
    Column("entity", ("用人单位", "用人单位代码", "公司", "legal entity"), values.identifier),
    Column("role", ("角色", "职责"), values.role),
)


@dataclass(frozen=True)
class Appointment:
    """A role in a legal entity and who holds it."""

    entity: str
    role: str
    employee_id: str


@dataclass(frozen=True)
class Staff:
    """What a file says; empty when `problems` has an error."""

    people: tuple[Person, ...]
    appointments: tuple[Appointment, ...]
    problems: tuple[Problem, ...]


def read_staff(file: File) -> Staff:
    """The staff of a file and everything wrong with it. Never raises for what is in it."""
    try:
        rows, problems = records(file.sheet(names_of(COLUMNS)), COLUMNS)
    except UnreadableFileError as unreadable:
        return Staff((), (), placed(unreadable.problems, file))
    people, appointments = _people(rows, problems), _appointments(rows, problems)
    if any(problem.is_error for problem in problems):
        return Staff((), (), placed(problems, file))
    return Staff(tuple(people.values()), appointments, placed(problems, file))


def _people(rows: list[Record], problems: list[Problem]) -> dict[str, Person]:
    people: dict[str, Person] = {}
    first: dict[str, int] = {}
    for row in rows:
        if row.refused(*_PERSONAL):
            continue
        person = Person.model_validate(
            {key: value for key, value in row.values.items() if key in _PERSONAL and value}
        )
        employee = person.employee_id
        if people.setdefault(employee, person) != person:
            problems.append(say.TWO_PEOPLE.at(line=row.line, employee=employee, first=first[employee]))
        first.setdefault(employee, row.line)
    return people


def _appointments(rows: list[Record], problems: list[Problem]) -> tuple[Appointment, ...]:
    first: dict[tuple[str, str], int] = {}
    found = []
    for row in rows:
        entity, role = row.values.get("entity", ""), row.values.get("role", "")
        if not role or row.refused("entity"):
            continue
        if not entity:
            place = row.places.get("entity", "用人单位 (entity)")
            problems.append(say.ENTITY_OF_ROLE.at(line=row.line, column=place))
        elif (entity, role) in first:
            taken = say.ROLE_TAKEN.at(line=row.line, entity=entity, role=role, first=first[entity, role])
            problems.append(taken)
        first.setdefault((entity, role), row.line)
        found.append(Appointment(entity, role, row.values.get("employee_id", "")))
    return tuple(found)
