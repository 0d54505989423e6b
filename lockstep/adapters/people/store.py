"""Personnel records kept in the store, filled by the import of hires."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from lockstep.ports import Misconfigured, Person, Rejected, Salary
from lockstep.store.tables import EmployeeRow, MinimumWageRow, RoleRow, SalaryRow
from lockstep.store.transaction import reading, upsert, writing


class StoredPeople:
    """`ports.People` on the store."""

    name = "store"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def person(self, employee_id: str) -> Person:
        """Raises Misconfigured when nobody imported that employee."""
        with reading(self._engine) as session:
            row = session.get(EmployeeRow, employee_id)
        if row is None:
            raise Misconfigured(
                f"Employee {employee_id} is unknown: HR imports the employee, then it goes on.",
                zh=f"没有工号 {employee_id} 的人事记录：请人事导入，流程随后自动继续",
            )
        return Person.model_validate(row.model_dump())

    def role(self, entity: str, role: str) -> Person:
        """Who holds `role` in a legal entity. Raises Misconfigured."""
        with reading(self._engine) as session:
            row = session.get(RoleRow, (entity, role))
        if row is None:
            raise Misconfigured(
                f"Nobody holds the role {role} in {entity}: HR names a person for it.",
                zh=f"{entity} 没有人担任 {role}：请人事用 staff import 指定",
            )
        return self.person(row.employee_id)

    def salaries(self, employee_id: str) -> Sequence[Salary]:
        """All salaries, oldest first; empty when unknown."""
        mine = select(SalaryRow).where(col(SalaryRow.employee_id) == employee_id)
        with reading(self._engine) as session:
            rows = session.exec(mine.order_by(col(SalaryRow.effective_from))).all()
        return [Salary.model_validate(row.model_dump()) for row in rows]

    def minimum_wage(self, entity: str, day: date) -> int | None:
        """The local minimum wage of a legal entity on a day, in fen a month; None when HR gave none."""
        by_then = (col(MinimumWageRow.entity) == entity) & (col(MinimumWageRow.effective_from) <= day)
        latest = select(MinimumWageRow).where(by_then).order_by(col(MinimumWageRow.effective_from).desc())
        with reading(self._engine) as session:
            row = session.exec(latest).first()
        return row.monthly_fen if row else None

    def save_minimum_wage(self, entity: str, since: date, monthly_fen: int) -> None:
        """Add a minimum wage, or correct the one from the same day on. Raises Rejected."""
        if monthly_fen <= 0:
            raise Rejected(
                f"The minimum wage of {entity} is above zero; correct it.",
                zh=f"{entity} 的最低工资必须大于零，请改正",
            )
        row = MinimumWageRow(entity=entity, effective_from=since, monthly_fen=monthly_fen)
        with writing(self._engine) as session:
            upsert(session, row, overwrite=True)

    def save_person(self, person: Person) -> None:
        """Add the person, or bring the record up to date."""
        row = EmployeeRow.model_validate(person.model_dump(mode="json"))
        with writing(self._engine) as session:
            upsert(session, row, overwrite=True)

    def save_role(self, entity: str, role: str, employee_id: str) -> None:
        """Give a role to an employee, in place of whoever held it. Raises Misconfigured."""
        self._save_for(RoleRow(entity=entity, role=role, employee_id=employee_id), employee_id)

    def save_salary(self, salary: Salary) -> None:
        """Add a salary, or correct the one from the same day on. Raises Misconfigured or Rejected."""
        if salary.monthly_fen < 0:
            raise Rejected(
                f"The salary of {salary.employee_id} is below zero; correct it in the import.",
                zh=f"{salary.employee_id} 的月薪小于零，请在导入文件中改正",
            )
        self._save_for(SalaryRow.model_validate(salary.model_dump()), salary.employee_id)

    def _save_for(self, row: RoleRow | SalaryRow, employee_id: str) -> None:
        try:
            with writing(self._engine) as session:
                upsert(session, row, overwrite=True)
        except IntegrityError as error:
            raise Misconfigured(
                f"Employee {employee_id} is unknown: import the employee before their roles and salaries.",
                zh=f"没有工号 {employee_id} 的人事记录：请先导入该员工，再登记其角色和月薪",
            ) from error


ADAPTER = StoredPeople
