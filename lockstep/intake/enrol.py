"""Hires into the store and on their way: the personnel record, then the workflow, then the note of it."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from temporalio.client import Client
from temporalio.service import RPCError

from lockstep.intake.hires import NewHire
from lockstep.intake.start import start
from lockstep.ports import Misconfigured, Person, Rejected, Salary, Unavailable
from lockstep.store.imports import ImportBatch, RowResult
from workflows import ids

AT_ONCE = 20
Written = TypeVar("Written")
STARTED, ALREADY_THERE, FAILED = "started", "already_there", "failed"


class Records(Protocol):
    """Where personnel records are kept."""

    def save_person(self, person: Person) -> None:
        """Add the person, or bring the record up to date."""

    def save_salary(self, salary: Salary) -> None:
        """Add a salary, or correct the one from the same day on."""


@dataclass
class Enrolment:
    """Many hires, so many at once. A row in the batch already is asked about, not written again."""

    client: Client
    records: Records
    batch: ImportBatch
    done: Callable[[RowResult], None]
    _stopped: bool = field(default=False, init=False)
    # SQLite has one writer: waiting here is cheaper than in its busy loop
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def enrol(self, hires: Iterable[NewHire]) -> bool:
        """Take them all in; False when a neighbour went away and rows were left untried."""
        known = await asyncio.to_thread(self.batch.results)
        written = {line for line, result in known.items() if result.outcome != FAILED}
        waiting = iter(hires)
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(self._take(waiting, written))
        return not self._stopped

    async def _take(self, waiting: Iterator[NewHire], written: set[int]) -> None:
        for new in waiting:
            result = await self._one(new, written=new.line in written)
            self.done(result)
            if self._stopped:
                return

    async def _one(self, new: NewHire, *, written: bool) -> RowResult:
        workflow_id = ids.onboarding(new.hire)
        try:
            if not written:
                await self._write(self._keep, new)
            outcome = STARTED if await start(self.client, new.hire) else ALREADY_THERE
            result = RowResult(row_number=new.line, outcome=outcome, detail=workflow_id)
            if not written:
                await self._write(self.batch.record, result)
        except (Rejected, Misconfigured) as error:
            return RowResult(row_number=new.line, outcome=FAILED, detail=str(error))
        except (Unavailable, RPCError) as error:
            # the rows after this one would fare no better: leave them for the next run
            self._stopped = True
            return RowResult(row_number=new.line, outcome=FAILED, detail=str(error))
        return result

    async def _write(self, write: Callable[[Written], None], what: Written) -> None:
        async with self._writing:
            await asyncio.to_thread(write, what)

    def _keep(self, new: NewHire) -> None:
        self.records.save_person(new.person)
        if new.salary is not None:
            self.records.save_salary(new.salary)
