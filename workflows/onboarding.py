"""One workflow per hire. Facts come in by signal and update, core says what to do next, this loop does it.

    hired ──► plan ──► learn ⇄ examine ──► gate opens ──► certificate, attendance, pay ──► filed
                 (reminders, escalations, waivers, appeals, leave, transfers beside it all the while)

Signals are in inbox.py, updates and queries in counter.py, effects in effects.py.
"""

import asyncio
from datetime import datetime, timedelta
from typing import assert_never

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from activities.plans import ChoosePlan, PlanActivities
from lockstep.core import facts as f
from lockstep.core import steps as s
from lockstep.core.base import Lang
from lockstep.core.journey import next_step, restore
from lockstep.core.progress import Progress, details_table, progress
from lockstep.errors import FailureType
from workflows import contracts as c
from workflows import options, summaries
from workflows.board import attributes
from workflows.counter import Counter
from workflows.effects import perform

_PATIENCE = timedelta(days=7)
_TICK = timedelta(microseconds=1)
_MOMENT = timedelta(seconds=1)
_USUALLY_DONE = timedelta(hours=1)


@workflow.defn
class OnboardingWorkflow(Counter):
    """新员工入职培训 · The onboarding of one hire."""

    @workflow.init
    def __init__(self, carried: c.Carried | None = None) -> None:
        self._carried = carried or c.Carried()
        record = self._carried.record
        self._journey = None if record is None else restore(record)
        self._news = 0
        self._early, self._unusable = [], []
        self._running: dict[str, asyncio.Task[None]] = {}
        self._alarms: dict[datetime, asyncio.Task[None]] = {}
        self._shown: Progress | None = None

    @workflow.run
    async def run(self, carried: c.Carried | None = None) -> c.Summary:  # noqa: ARG002 - read in __init__
        """Carry the hire from signature to duty."""
        await self._hired()
        self._resume()
        while not self._known().state.closed:
            match next_step(self._known(), workflow.now()):
                case s.WaitUntil() as wait:
                    await self._wait(wait)
                case s.GateStep() as step:
                    self._take(f.GateMoved(id=self._nth("gate"), at=self._now(), step=step))
                case s.ExpireAttempt(course=course, attempt=attempt):
                    fact = f.AttemptExpired(
                        id=self._nth("expired"), at=self._now(), course=course, attempt=attempt
                    )
                    self._take(fact)
                case s.Reopen(course=course, cause=cause):
                    self._take(
                        f.Reopened(id=self._nth("reopened"), at=self._now(), course=course, cause=cause)
                    )
                case s.Close(reason=reason):
                    self._take(f.Closed(id="closed", at=self._now(), reason=reason))
                case (
                    s.MakePlan()
                    | s.Remind()
                    | s.Escalate()
                    | s.AskDecision()
                    | s.Notify()
                    | s.IssueCertificate()
                    | s.FileRecord()
                    | s.MarkAttendance()
                    | s.Settle()
                    | s.Reverse() as effect
                ):
                    self._begin(effect)
                case unreachable:
                    assert_never(unreachable)
        return await self._finish()

    async def _hired(self) -> None:
        """Wait for a `hired` that can be read; a wrong one may be corrected by sending it again."""
        try:
            await workflow.wait_condition(lambda: self._journey is not None, timeout=_PATIENCE)
        except TimeoutError:
            raise ApplicationError(
                self._no_contract(), type=FailureType.NEVER_HIRED, non_retryable=True
            ) from None

    def _resume(self) -> None:
        """Take up again what was under way when the run before this one ended."""
        for effect in self._known().state.effects.values():
            if effect.outcome is None:
                self._start(effect.step)

    def _begin(self, step: s.Effect) -> None:
        """Note that we set out to do it, then do it beside the loop."""
        self._take(f.EffectBegun(id=f"begun/{step.key}", at=self._now(), step=step))
        self._start(step)

    def _start(self, step: s.Effect) -> None:
        self._running[step.key] = asyncio.create_task(self._carry_out(step))

    async def _carry_out(self, step: s.Effect) -> None:
        if isinstance(step, s.MakePlan):
            await self._make_plan(step)
        else:
            ended = await perform(self._known(), step)
            self._end(step.key, ended.outcome, ended.ref, ended.detail)
        del self._running[step.key]

    def _end(self, key: str, outcome: f.EffectOutcome, ref: str = "", detail: str = "") -> None:
        fact = f.EffectEnded(
            id=f"ended/{key}", at=self._now(), key=key, outcome=outcome, ref=ref, detail=detail
        )
        self._take(fact)

    async def _make_plan(self, step: s.MakePlan) -> None:
        """Pin the policy for the post; refused only for a journey that is over already."""
        state = self._known().state
        ask = ChoosePlan(
            workflow_id=workflow.info().workflow_id,
            employee_id=state.hire.employee_id,
            post=state.post,
            entity=state.entity,
            employment_type=state.hire.employment_type,
            jurisdiction=state.jurisdiction,
        )
        try:
            chosen = await workflow.execute_activity_method(
                PlanActivities.choose_plan, ask, **options.plan(summaries.of_effect(step, None))
            )
        except ActivityError as error:
            self._end(step.key, f.EffectOutcome.REFUSED, detail=str(error.cause))
            self._take(f.Closed(id="closed", at=self._now(), reason="already_onboarded"))
            return
        self._end(step.key, f.EffectOutcome.DONE, ref=chosen.snapshot.hash)
        plan = f.PlanMade(
            id=f"made/{step.key}",
            at=step.since if step.cause == "hired" else step.since + _TICK,
            cause=f.PlanCause(step.cause),
            snapshot=chosen.snapshot,
            credits=chosen.credits,
        )
        self._take(plan)

    async def _wait(self, wait: s.WaitUntil) -> None:
        """Sleep until it is time or something happens; keep the timer that is already set for that time."""
        self._show()
        if self._may_continue_as_new():
            self._continue_as_new()
        seen = self._news
        alarm = None if wait.at is None else self._alarm(wait.at, summaries.of_wait(wait.why))
        await workflow.wait_condition(
            lambda: self._news != seen or self._broken() is not None or (alarm is not None and alarm.done())
        )
        if broken := self._broken():
            broken.result()  # raises: the task fails in the operator's sight, and a mended worker repeats it

    def _broken(self) -> asyncio.Task[None] | None:
        """An effect that ended by a fault of ours; one that ends as it should takes itself off the list."""
        return next((task for task in self._running.values() if task.done()), None)

    def _alarm(self, at: datetime, summary: str) -> asyncio.Task[None]:
        """The timer for `at`. Later ones are kept, for they will be wanted again; earlier ones are not.

        One about to fire is let go, not cancelled: it may be firing at this very moment.
        """
        for stale in [t for t in self._alarms if t < at]:
            alarm = self._alarms.pop(stale)
            if stale - workflow.now() > _MOMENT:
                alarm.cancel()
        if at not in self._alarms:
            self._alarms[at] = asyncio.create_task(workflow.sleep(at - workflow.now(), summary=summary))
        return self._alarms[at]

    def _show(self) -> None:
        """Tell the operator: list columns and the details table. Only what changed is written."""
        shown = progress(self._known(), workflow.now())
        changes = attributes(shown, self._shown)
        if changes:
            workflow.upsert_search_attributes(changes)
        self._shown = shown
        workflow.set_current_details(details_table(shown, Lang.ZH))

    def _may_continue_as_new(self) -> bool:
        limit, info = self._carried.continue_after_events, workflow.info()
        due = info.is_continue_as_new_suggested() or (limit and info.get_current_history_length() >= limit)
        return bool(due) and workflow.all_handlers_finished() and self._news > 0 and not self._busy()

    def _busy(self) -> bool:
        """Whether something was begun just now: it will most likely end in this run, and once."""
        effects = self._known().state.effects.values()
        return any(e.outcome is None and workflow.now() - e.begun_at < _USUALLY_DONE for e in effects)

    def _continue_as_new(self) -> None:
        """Effects that drag on are taken up by the next run; their keys keep them from happening twice."""
        workflow.continue_as_new(self._carried.model_copy(update={"record": self._known().record}))

    async def _finish(self) -> c.Summary:
        for alarm in self._alarms.values():
            alarm.cancel()
        self._show()
        await workflow.wait_condition(workflow.all_handlers_finished)
        state = self._known().state
        return c.Summary(
            employee_id=state.hire.employee_id,
            outcome=state.closed,
            gates=dict(state.gates),
            policy_hash=state.snapshot.hash if state.snapshot else "",
        )

    def _nth(self, what: str) -> str:
        """An id for something time did: unique in the journey."""
        return f"{what}/{len(self._known().facts)}"
