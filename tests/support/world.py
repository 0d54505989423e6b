"""The world a hire lives in during a test: real adapters on files of the test's own, people, a clock.

Days are those of March 2033 and after, so that holidays and pay days fall alike whenever the tests run.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache, cached_property
from itertools import count
from os.path import relpath
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from pydantic import TypeAdapter
from sqlmodel import Session, col, select
from temporalio.api.enums.v1 import WorkflowTaskFailedCause
from temporalio.api.history.v1 import WorkflowExecutionStartedEventAttributes
from temporalio.client import Client, WorkflowHandle, WorkflowHistory
from temporalio.worker import Replayer, Worker

import workflows
from lockstep.authoring.shelf import PolicyShelf
from lockstep.core.base import Lang
from lockstep.ports import AttendanceMark, Letter, Person, Salary
from lockstep.settings import Settings
from lockstep.store.archive_index import IndexedFile
from lockstep.store.database import open_database
from lockstep.store.tables import EntryRow, MarkRow
from lockstep.temporal import plugin
from lockstep.wiring import Wiring
from workflows import ids

MONDAY = date(2033, 3, 7)
"""The first day at work of everybody in these tests; Qingming is the next holiday, on 4 April."""

SALARY_FEN = 800_000
_STAFF = {"manager": "M1", "hr": "H1", "safety_officer": "S1"}
_TREE = Path(__file__).resolve().parents[2]


class Clock(Protocol):
    """Virtual time, as the server under the test has it."""

    async def now(self, handle: WorkflowHandle[Any, Any]) -> datetime:
        """The time it is for a workflow."""

    async def sleep(self, handle: WorkflowHandle[Any, Any], duration: timedelta) -> None:
        """Let time pass for it."""


@dataclass(frozen=True)
class Sent:
    """One message that went out, as its reader finds it."""

    at: datetime
    channel: str
    to: str
    event: str
    key: str
    subject: str
    body: str
    attached: tuple[str, ...]


class TestWiring(Wiring):
    """The product's own wiring; only the calendar's year is the tests'."""

    __test__ = False

    @cached_property
    def policies(self) -> PolicyShelf:
        """The shipped policies, read in March 2033."""
        today = datetime(MONDAY.year, MONDAY.month, 1, tzinfo=UTC)
        return PolicyShelf(self.settings.policies, self.settings.content, lambda: today)


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "store.db"
        open_database(f"sqlite:///{file}").dispose()
        return file.read_bytes()


def settings_in(home: Path, **given: Any) -> Settings:
    """Settings whose every file is in `home`, on a store that is migrated already."""
    home.mkdir(parents=True, exist_ok=True)
    if "database_url" not in given:
        (home / "lockstep.db").write_bytes(_migrated())
    # relative, so that no path of this machine gets into the histories we keep
    folders = {name: relpath(_TREE / name) for name in ("policies", "content", "templates")}
    return Settings(home=home, **(folders | {"activity_threads": 8} | given))


class World:
    """People, adapters and a server; `hires` are all workflows the test began."""

    def __init__(self, client: Client, clock: Clock, wiring: Wiring, *, prefix: str = "E") -> None:
        self.client, self.clock, self.wiring = client, clock, wiring
        self.hires: list[WorkflowHandle[Any, Any]] = []
        self._prefix, self._numbers = prefix, count(1)
        for role, person in _STAFF.items():
            self._person(person, f"{role} 某", manager="")
            self.wiring.people.save_role("ACME", role, person)
            self.wiring.people.save_role("BETA", role, person)

    def newcomer(self, *, language: Lang = Lang.ZH, salary: int | None = SALARY_FEN, **given: Any) -> str:
        """Somebody HR has on record; returns the employee number."""
        employee = given.pop("employee_id", f"{self._prefix}{next(self._numbers)}")
        self._person(employee, "欧阳𠮷", manager=_STAFF["manager"], language=language, **given)
        if salary is not None:
            self.salary(employee, salary)
        return str(employee)

    def salary(self, employee: str, fen: int, since: date = date(2030, 1, 1)) -> None:
        """Put a salary on record."""
        self.wiring.people.save_salary(Salary(employee_id=employee, effective_from=since, monthly_fen=fen))

    def _person(self, employee: str, name: str, *, manager: str, **given: Any) -> None:
        reachable = {
            "phone": f"139{employee}",
            "wecom_id": f"wx{employee}",
            "email": f"{employee}@example.com",
        }
        fields = {"employee_id": employee, "name": name, "manager_id": manager} | reachable | given
        self.wiring.people.save_person(Person.model_validate(fields))

    def handle(self, workflow_id: str) -> WorkflowHandle[Any, Any]:
        """A workflow of this test; its history is checked when the test is over."""
        handle = self.client.get_workflow_handle(workflow_id)
        if all(known.id != workflow_id for known in self.hires):
            self.hires.append(handle)
        return handle

    def sent(self, about: str) -> list[Sent]:
        """The messages that went out about a hire's workflow, in the order of their time."""
        found = []
        for file in self.wiring.settings.outbox.rglob("*.json"):
            message = _MESSAGE.validate_json(file.read_bytes())
            if str(message["key"]).startswith(f"{about}/"):
                found.append(_sent(message, about))
        return sorted(found, key=lambda sent: (sent.at, sent.key))

    def booked(self, employee: str) -> list[tuple[str, str, int, Decimal | None]]:
        """Ledger entries: (rule, month booked in, fen, factor), in the order they were booked."""
        mine = select(EntryRow).where(col(EntryRow.employee_id) == employee)
        with Session(self.wiring.engine) as session:
            rows = session.exec(mine.order_by(col(EntryRow.booked_at), col(EntryRow.number))).all()
            return [
                (row.rule, row.booked_period, row.amount_fen, Decimal(row.factor) if row.factor else None)
                for row in rows
            ]

    def marks(self, employee: str) -> list[tuple[date, str]]:
        """Attendance marks, by day."""
        with Session(self.wiring.engine) as session:
            rows = session.exec(select(MarkRow).where(col(MarkRow.employee_id) == employee)).all()
            marks = [AttendanceMark.model_validate(row.model_dump()) for row in rows]
        return sorted((mark.day, str(mark.mark)) for mark in marks)

    def filed(self, employee: str) -> Sequence[IndexedFile]:
        """What the archive holds."""
        return self.wiring.archive.of(employee)

    def certificates(self, employee: str) -> list[bytes]:
        """The certificates, as PDF."""
        files = (file for file in self.filed(employee) if file.media_type == "application/pdf")
        return [self.wiring.archive.get(file.ref) for file in files]


_MESSAGE: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])


def _sent(message: dict[str, Any], about: str) -> Sent:
    letter = Letter.model_validate(message["letter"])
    key = str(message["key"]).removeprefix(f"{about}/").removesuffix(f"/{message['channel']}")
    kind, _, rest = key.partition("/")
    return Sent(
        at=datetime.fromisoformat(message["at"]),
        channel=message["channel"],
        to=letter.employee_id,
        event=rest.split("/")[0] if kind == "notify" else kind,
        key=key,
        subject=letter.subject,
        body=letter.body,
        attached=tuple(attachment.archive_ref for attachment in letter.attachments),
    )


@asynccontextmanager
async def working(client: Client, wiring: Wiring, **options: Any) -> AsyncIterator[Worker]:
    """A worker with the product's workflows and activities, for as long as the block lasts."""
    with ThreadPoolExecutor(wiring.settings.activity_threads) as pool:
        async with Worker(
            client,
            task_queue=ids.TASK_QUEUE,
            workflows=workflows.ALL,
            activities=wiring.activities,
            activity_executor=pool,
            graceful_shutdown_timeout=timedelta(seconds=1),
            **options,
        ) as worker:
            yield worker


async def histories(client: Client, handle: WorkflowHandle[Any, Any]) -> list[WorkflowHistory]:
    """The histories of all runs of a workflow, the newest first."""
    found = [await handle.fetch_history()]
    while before := _started(found[-1]).continued_execution_run_id:
        run = client.get_workflow_handle(handle.id, run_id=before)
        found.append(await run.fetch_history())
    return found


def _started(history: WorkflowHistory) -> WorkflowExecutionStartedEventAttributes:
    return history.events[0].workflow_execution_started_event_attributes


async def unharmed(client: Client, handle: WorkflowHandle[Any, Any]) -> None:
    """No workflow task of it ever failed, and its histories replay."""
    for history in await histories(client, handle):
        for event in history.events:
            if event.HasField("workflow_task_failed_event_attributes"):
                failed = event.workflow_task_failed_event_attributes
                assert failed.cause in _THE_SERVERS_OWN, f"{handle.id}: a workflow task failed: {failed}"
        await Replayer(workflows=workflows.ALL, plugins=[plugin()]).replay_workflow(history)


_THE_SERVERS_OWN = (
    WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND,
    WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
)
"""A message came while the workflow was closing, or a hundred while it was busy: the server asks again."""


async def eventually(condition: Any, *, within: float = 10.0) -> None:
    """Wait, in real time, until the asynchronous `condition` holds."""
    deadline = asyncio.get_running_loop().time() + within
    while not await condition():
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"not so within {within} s")
        await asyncio.sleep(0.02)
