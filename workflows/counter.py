"""Updates and queries: whoever asks gets an answer at once, a refusal with its reason included.

A validator refuses before anything is written to history; the rule itself lives in core.refusal.
"""

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from activities.plans import NamedPolicy, PlanActivities
from lockstep.core import facts as f
from lockstep.core.base import Lang
from lockstep.core.explain import Explanation, explain, problem_text
from lockstep.core.journey import Journey
from lockstep.core.policy.policy import Snapshot
from lockstep.core.preview import Preview, preview
from lockstep.core.progress import Progress, progress
from lockstep.core.refusal import Refusal, refusal
from lockstep.core.rules.gates import missing
from lockstep.core.state import Status, Track
from lockstep.errors import FailureType, in_both
from workflows import contracts as c
from workflows import ids, options
from workflows.inbox import Inbox


class Counter(Inbox):
    """Where learners, deciders and portals ask."""

    @workflow.query
    def progress(self) -> Progress:
        """Where the hire stands."""
        return progress(self._known(), workflow.now())

    @workflow.query
    def explanation(self, ask: c.Explain = c.Explain()) -> Explanation:  # noqa: B008 - frozen
        """Why: every decision with its rule, policy line and facts."""
        return explain(self._known(), workflow.now(), ask.lang)

    @workflow.update
    def open_exam(self, ask: c.OpenExam) -> c.Sitting:
        """Begin a sitting."""
        self._state_fact(self._opened(ask))
        track = self._track(ask.course)
        exam, attempt = track.course.exam, track.attempts[-1]
        assert exam is not None and attempt.opened_at is not None, "refused before"  # noqa: S101, PT018
        return c.Sitting(
            course=ask.course, attempt=attempt.number, expires_at=attempt.opened_at + exam.time_limit
        )

    @open_exam.validator
    def _may_open_exam(self, ask: c.OpenExam) -> None:
        self._check(self._opened(ask))

    @workflow.update
    def submit_exam(self, ask: c.SubmitExam) -> c.Result:
        """Hand in the graded result of the open sitting."""
        self._state_fact(self._graded(ask))
        track = self._track(ask.course)
        allowed = track.attempts_allowed
        return c.Result(
            course=ask.course,
            attempt=ask.attempt,
            passed=track.attempts[-1].passed,
            status=track.status,
            attempts_left=None if allowed is None else max(0, allowed - len(track.attempts)),
            retake_from=None if track.status is Status.EARNED else track.exam_from,
        )

    @submit_exam.validator
    def _may_submit_exam(self, ask: c.SubmitExam) -> None:
        self._check(self._graded(ask))

    @workflow.update
    def waive(self, ask: c.Waive) -> c.Signed:
        """Sign a waiver."""
        self._state_fact(self._waived(ask))
        return self._signed(f"waive/{ask.course}")

    @waive.validator
    def _may_waive(self, ask: c.Waive) -> None:
        self._check(self._waived(ask))

    @workflow.update
    def grant_attempt(self, ask: c.GrantAttempt) -> c.Signed:
        """Sign an extra attempt."""
        self._state_fact(self._granted(ask))
        return self._signed(f"grant/{ask.course}")

    @grant_attempt.validator
    def _may_grant_attempt(self, ask: c.GrantAttempt) -> None:
        self._check(self._granted(ask))

    @workflow.update
    def appeal(self, ask: c.Appeal) -> c.AppealTaken:
        """Dispute a result or its consequence."""
        fact = self._appealed(ask)
        self._state_fact(fact)
        rule = self._known().state.policy.decisions.appeal
        assert rule is not None, "refused before"  # noqa: S101
        return c.AppealTaken(appeal=ask.appeal, answer_by=fact.at + rule.answer_within)

    @appeal.validator
    def _may_appeal(self, ask: c.Appeal) -> None:
        self._check(self._appealed(ask))

    @workflow.update
    def decide_appeal(self, ask: c.DecideAppeal) -> c.Signed:
        """Sign an appeal's decision."""
        self._state_fact(self._verdict(ask))
        return self._signed(f"appeal/{ask.appeal}/{ask.upheld}")

    @decide_appeal.validator
    def _may_decide_appeal(self, ask: c.DecideAppeal) -> None:
        self._check(self._verdict(ask))

    @workflow.update
    def decide(self, ask: c.Decide) -> Progress:
        """Answer a question the workflow put to a human."""
        self._state_fact(self._decided(ask))
        return self.progress()

    @decide.validator
    def _may_decide(self, ask: c.Decide) -> None:
        self._check(self._decided(ask))

    @workflow.update
    def enter_stage(self, ask: c.EnterStage) -> c.Entered:
        """Go on to what lies behind the gate."""
        return c.Entered(stage=ask.stage, open_since=self._known().state.gates[ask.stage])

    @enter_stage.validator
    def _may_enter_stage(self, ask: c.EnterStage) -> None:
        state = self._planned().state
        stage = next((s for s in state.policy.stages if s.id == ask.stage), None)
        if stage is None:
            raise self._error(Refusal("unknown_stage", {"stage": ask.stage}))
        if ask.stage not in state.gates:
            open_items = ", ".join(missing(state, stage))
            raise self._error(Refusal("stage_locked", {"stage": ask.stage, "missing": open_items}))

    @workflow.update
    async def adopt_policy(self, ask: c.AdoptPolicy) -> Preview:
        """Put the hire under another policy; the answer is the difference it makes."""
        found = await self._policy(ask.policy)
        difference = preview(self._planned(), found, workflow.now())
        if ask.preview:
            return difference
        if difference.refuses and not ask.acknowledged:
            raise self._needs_acknowledgement(ask.policy, difference)
        self._take(f.PlanMade(id=self._id(), at=self._now(), cause=f.PlanCause.ADOPTED, snapshot=found))
        return difference

    @adopt_policy.validator
    def _may_adopt_policy(self, ask: c.AdoptPolicy) -> None:  # noqa: ARG002 - the SDK's
        self._planned()

    async def _policy(self, policy: str) -> Snapshot:
        try:
            return await workflow.execute_activity_method(
                PlanActivities.named_policy,
                NamedPolicy(policy=policy),
                **options.look_up(f"制度 · Policy {policy}"),
            )
        except ActivityError as error:
            cause = error.cause
            words = [str(cause)]
            if isinstance(cause, ApplicationError):
                words = [cause.message, *cause.details]
            raise ApplicationError(*words, type=FailureType.BAD_REQUEST, non_retryable=True) from None

    def _opened(self, ask: c.OpenExam) -> f.ExamOpened:
        return f.ExamOpened(id=self._id(), at=self._now(), course=ask.course, assurance=ask.assurance)

    def _graded(self, ask: c.SubmitExam) -> f.ExamGraded:
        return f.ExamGraded(id=self._id(), at=self._now(), **ask.model_dump())

    def _waived(self, ask: c.Waive) -> f.Waived:
        return f.Waived(
            id=self._id(),
            at=self._now(),
            course=ask.course,
            by=ask.decider,
            reason=ask.reason,
            evidence=ask.evidence,
        )

    def _granted(self, ask: c.GrantAttempt) -> f.AttemptGranted:
        return f.AttemptGranted(
            id=self._id(), at=self._now(), course=ask.course, by=ask.decider, reason=ask.reason
        )

    def _appealed(self, ask: c.Appeal) -> f.Appealed:
        return f.Appealed(id=self._id(), at=self._now(), **ask.model_dump())

    def _verdict(self, ask: c.DecideAppeal) -> f.AppealDecided:
        return f.AppealDecided(
            id=self._id(),
            at=self._now(),
            appeal=ask.appeal,
            upheld=ask.upheld,
            by=ask.decider,
            reason=ask.reason,
            score=ask.score,
        )

    def _decided(self, ask: c.Decide) -> f.Decided:
        return f.Decided(
            id=self._id(),
            at=self._now(),
            question=ask.question,
            outcome=ask.outcome,
            by=ask.decider,
            reason=ask.reason,
            until=ask.until,
        )

    def _id(self) -> str:
        """The fact an update states carries the update's id: sent twice, it is one fact."""
        info = workflow.current_update_info()
        assert info is not None, "only called while an update is handled"  # noqa: S101
        return ids.update_fact(info.id)

    def _known(self) -> Journey:
        if self._journey is None:
            raise ApplicationError(self._no_contract(), type=FailureType.NO_PLAN, non_retryable=True)
        return self._journey

    def _planned(self) -> Journey:
        journey = self._known()
        if journey.state.snapshot is None:
            raise self._error(Refusal("no_plan", {}))
        return journey

    def _track(self, course: str) -> Track:
        return self._known().state.tracks[course]

    def _check(self, fact: f.Known) -> None:
        """Refuse what the policy does not allow."""
        refused = refusal(self._known().state, fact)
        if refused is not None:
            raise self._error(refused)

    def _state_fact(self, fact: f.Known) -> None:
        """Check again (another update may have come between), then take the fact in."""
        self._check(fact)
        self._take(fact)

    def _signed(self, matter: str) -> c.Signed:
        waiting = len(self._known().state.signatures.get(matter, ()))
        return c.Signed(effective=waiting == 0, signatures=waiting)

    def _error(self, refused: Refusal) -> ApplicationError:
        texts = {lang: problem_text(self._known(), refused, lang) for lang in Lang}
        return self._refused(refused.problem, zh=texts[Lang.ZH], en=texts[Lang.EN])

    def _needs_acknowledgement(self, policy: str, difference: Preview) -> ApplicationError:
        titles = [track.title for track in difference.tracks if track.lost]
        zh, en = "、".join(title.zh for title in titles), ", ".join(title.en for title in titles)
        shut = ", ".join(difference.gates_shut)
        return self._refused(
            FailureType.NEEDS_ACKNOWLEDGEMENT,
            zh=f"改用 {policy} 会失去已获成果（{zh or shut}）；"
            "先以 preview 查看，确认后加 acknowledged: true（命令行 --acknowledge）",
            en=f"{policy} takes away what is earned ({en or shut}); see with preview, then repeat with "
            "acknowledged: true (on the command line: --acknowledge)",
        )

    def _refused(self, kind: str, *, zh: str, en: str) -> ApplicationError:
        """A refusal in the hire's language; both are in its details."""
        journey = self._known()
        lang = journey.record.hire.language or (
            journey.state.policy.voice.language if journey.state.snapshot else Lang.ZH
        )
        text = zh if lang is Lang.ZH else en
        return ApplicationError(text, in_both(zh=zh, en=en), type=kind, non_retryable=True)
