"""What a step does and what a fact decided, as keys of `words.DEEDS`, each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lockstep.core import facts as f
from lockstep.core import steps as s
from lockstep.core.base import Why
from lockstep.core.words import listed

_NO_WHY = Why(rule="")
_PLANNED: Mapping[f.PlanCause, Why] = MappingProxyType({
    f.PlanCause.HIRED: Why(rule="plan_for_hire"),
    f.PlanCause.TRANSFERRED: Why(rule="plan_after_transfer"),
    f.PlanCause.ADOPTED: Why(rule="plan_adopted"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done. `said` is the reason in the words of the human who decided, "" for the machine."""

    key: str
    args: Mapping[str, str] = field(default_factory=dict)
    why: Why = _NO_WHY
    said: str = ""


def of_step(step: s.Action) -> Deed:
    """What a step does."""
    match step:
        case s.GateStep(stage=stage, opens=opens):
            return Deed("gate_opened" if opens else "gate_shut", {"stage": stage}, step.why)
        case s.ExpireAttempt(course=course, attempt=attempt):
            return Deed("attempt_expired", {"course": course, "attempt": str(attempt)}, step.why)
        case s.Reopen(course=course):
            return Deed("reopened", {"course": course}, step.why)
        case s.Close(reason=reason):
            return Deed("closed", {"reason": reason}, step.why)
        case _:
            return Deed(step.kind, _args(step), step.why)


def _args(step: s.Effect) -> dict[str, str]:
    match step:
        case s.Remind(round=number, courses=courses):
            return {"round": str(number), "courses": listed(courses)}
        case s.Escalate(to=to, courses=courses):
            return {"to": to, "courses": listed(courses)}
        case s.AskDecision(to=to, options=options):
            return {"to": to, "options": listed(map(str, options))}
        case s.Notify(event=event):
            return {"event": event}
        case s.IssueCertificate(stage=stage):
            return {"stage": stage}
        case s.MarkAttendance(mark=mark, day=day):
            return {"mark": mark, "day": day.isoformat()}
        case s.Settle(period=period, lines=lines):
            return {"period": period, "rules": listed(dict.fromkeys(line.rule for line in lines))}
        case s.MakePlan() | s.FileRecord():
            return {}
        case _:
            return {"period": step.line.period, "rule": step.line.rule}


def of_fact(fact: f.Known) -> Deed | None:
    """What a fact decided; None for mere news."""
    match fact:
        case f.PlanMade(snapshot=snapshot):
            pinned = {"policy": snapshot.policy.id, "version": snapshot.policy.version}
            return Deed("plan_made", pinned, _PLANNED[fact.cause])
        case f.GateMoved(step=step) | f.EffectBegun(step=step):
            return of_step(step)
        case f.AttemptExpired(course=course, attempt=attempt):
            why = Why(rule="exam_timed_out", policy_path=f"courses.{course}.exam", args={"course": course})
            return Deed("attempt_expired", {"course": course, "attempt": str(attempt)}, why)
        case f.Reopened(course=course, cause=cause):
            return Deed("reopened", {"course": course}, Why(rule=cause, args={"course": course}))
        case f.Closed(reason=reason):
            return Deed("closed", {"reason": reason}, Why(rule="journey_over", args={"reason": reason}))
        case f.Waived() | f.AttemptGranted() | f.AppealDecided() | f.Decided():
            return _of_human(fact)
        case _:
            return None


def _of_human(fact: f.Waived | f.AttemptGranted | f.AppealDecided | f.Decided) -> Deed:
    args = {"by": fact.by.id, "role": fact.by.role}
    match fact:
        case f.Waived(course=course):
            key, args, path = "waived", args | {"course": course}, "decisions.waiver"
        case f.AttemptGranted(course=course):
            key, args, path = "attempt_granted", args | {"course": course}, "decisions.extra_attempt"
        case f.AppealDecided(appeal=appeal, upheld=upheld):
            key = "appeal_upheld" if upheld else "appeal_rejected"
            args, path = args | {"appeal": appeal}, "decisions.appeal"
        case _:
            args |= {"question": fact.question, "outcome": str(fact.outcome)}
            key, path = "decided", ""
    return Deed(key, args, Why(rule="", policy_path=path), fact.reason)
