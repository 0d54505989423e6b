"""The embedded attendance: marks in a table of the store."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Engine
from sqlmodel import col, select

from lockstep.ports import AttendanceMark, Conflict
from lockstep.store.tables import MarkRow
from lockstep.store.transaction import reading, upsert, writing


class AttendanceTable:
    """`ports.Attendance` on the store."""

    name = "table"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def mark(self, mark: AttendanceMark) -> bool:
        """Record it; True when it was already there. Raises Conflict."""
        row = MarkRow(**mark.model_dump(exclude={"mark"}), mark=mark.mark.value)
        with writing(self._engine) as session:
            if upsert(session, row, overwrite=False):
                return False
            there = session.exec(select(MarkRow).where(col(MarkRow.key) == mark.key)).one()
        if _value(there) != mark:
            raise Conflict(f"The mark {mark.key} was recorded before with other content; use a new key.")
        return True

    def marks(self, entity: str, first: date, last: date) -> Sequence[AttendanceMark]:
        """The marks of a legal entity on the days from `first` to `last`, by day, employee and key."""
        wanted = (col(MarkRow.entity) == entity) & col(MarkRow.day).between(first, last)
        with reading(self._engine) as session:
            rows = session.exec(select(MarkRow).where(wanted)).all()
        # sorted here: databases differ in how they order text
        return [_value(row) for row in sorted(rows, key=lambda row: (row.day, row.employee_id, row.key))]


def _value(row: MarkRow) -> AttendanceMark:
    return AttendanceMark.model_validate(row.model_dump())


ADAPTER = AttendanceTable
