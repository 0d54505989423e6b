"""Signals: facts from other systems. Whatever comes, the run goes on; what cannot be used is remembered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from temporalio import workflow
from temporalio.common import RawValue

from lockstep.core import facts as f
from lockstep.core.base import sentence
from lockstep.core.hire import Hire
from lockstep.core.journey import Journey, advance, begin
from workflows import contracts, ids


class Inbox:
    """Holds the journey and takes facts into it. `_news` counts them: whoever waits looks at it."""

    _journey: Journey | None
    _news: int
    _early: list[tuple[str, Any]]
    _unusable: list[tuple[str, str]]

    def _take(self, fact: f.Known) -> None:
        """Take a fact in."""
        assert self._journey is not None, "nothing happens before hired"  # noqa: S101
        self._journey = advance(self._journey, fact)
        self._news += 1

    def _now(self) -> datetime:
        """The instant for a fact that happens now."""
        now = workflow.now()
        return now if self._journey is None else self._journey.stamp(now)

    def _disregard(self, about: str, problem: str) -> None:
        """Remember a message we could not use."""
        workflow.logger.warning("signal_disregarded", extra={"about": about})
        if self._journey is None:
            self._unusable.append((about, problem))
            return
        at = self._now()
        self._take(
            f.Disregarded(id=f"disregarded/{len(self._journey.facts)}", at=at, about=about, problem=problem)
        )

    def _receive(self, signal: str, args: Sequence[Any]) -> None:
        """Take a signal's fact in, or remember why not."""
        payload = args[0] if args else None
        if self._journey is None:
            self._early.append((signal, payload))
            return
        now = self._now()
        try:
            fact = contracts.fact_from(signal, payload, earliest=self._journey.record.opened_at, now=now)
        except contracts.UnreadableError as error:
            self._disregard(signal, str(error))
            return
        if fact.at == now:
            fact = self._as_first_told(fact)
        self._take(fact)

    def _as_first_told(self, fact: f.Known) -> f.Known:
        """A fact whose instant is our own guess: delivered again, it keeps the guess of the first time."""
        assert self._journey is not None, "nothing is received before hired"  # noqa: S101
        before = next((known for known in self._journey.facts if known.id == fact.id), fact)
        return fact.model_copy(update={"at": before.at})

    def _begin_journey(self, hire: Hire) -> None:
        """The contract is here: now what came before it counts, in the order it came."""
        self._journey = begin(hire, workflow.now())
        self._news += 1
        for about, problem in self._unusable:
            self._disregard(about, problem)
        for signal, payload in self._early:
            self._receive(signal, [payload])

    def _no_contract(self) -> str:
        """Why there is no journey yet."""
        about_it = (problem for about, problem in reversed(self._unusable) if about == "hired")
        return next(about_it, "No hired signal has come yet")

    @workflow.signal
    def hired(self, *args: Any) -> None:  # noqa: ANN401 - anything may come over the wire
        """Somebody signed a contract: {"event_id", "employee_id", "entity", "post", "hire_date", ...}."""
        try:
            hired = contracts.Hired.model_validate(args[0] if args else None)
        except ValidationError as error:
            self._disregard("hired", f"hired: {sentence(error)}")
            return
        hire = Hire.model_validate(hired.model_dump(exclude={"event_id"}))
        if ids.onboarding(hire) != workflow.info().workflow_id:
            self._disregard("hired", f"hired: this workflow is not {ids.onboarding(hire)}")
        elif self._journey is None:
            self._begin_journey(hire)
        elif self._journey.record.hire != hire:
            self._disregard("hired", "hired again with other content: the first one counts")

    @workflow.signal
    def course_completed(self, *args: Any) -> None:  # noqa: ANN401
        """A course was learned: {"event_id", "course", "content_hash"?, "occurred_at"?}."""
        self._receive("course_completed", args)

    @workflow.signal
    def exam_graded(self, *args: Any) -> None:  # noqa: ANN401
        """An exam held elsewhere was graded: {"event_id", "course", "score", "failed_sections"?, ...}."""
        self._receive("exam_graded", args)

    @workflow.signal
    def leave_started(self, *args: Any) -> None:  # noqa: ANN401
        """The hire is on leave from the day of `occurred_at`: {"event_id", "leave"?}."""
        self._receive("leave_started", args)

    @workflow.signal
    def leave_ended(self, *args: Any) -> None:  # noqa: ANN401
        """The hire is back from the day of `occurred_at`: {"event_id", "leave"?}."""
        self._receive("leave_ended", args)

    @workflow.signal
    def employee_transferred(self, *args: Any) -> None:  # noqa: ANN401
        """Another post, perhaps another entity: {"event_id", "post", "entity"?, "jurisdiction"?}."""
        self._receive("employee_transferred", args)

    @workflow.signal
    def employee_left(self, *args: Any) -> None:  # noqa: ANN401
        """The employment ended or never began: {"event_id", "reason"}."""
        self._receive("employee_left", args)

    @workflow.signal
    def salary_changed(self, *args: Any) -> None:  # noqa: ANN401
        """A new salary is on record in the store: {"event_id", "effective_from"}."""
        self._receive("salary_changed", args)

    @workflow.signal(dynamic=True)
    def unknown_signal(self, name: str, args: Sequence[RawValue]) -> None:  # noqa: ARG002 - the SDK's
        """Anything else: remembered, so that its sender can see it was not understood."""
        self._disregard(name, f"{name}: no such signal (known: hired, {', '.join(contracts.SIGNALS)})")
