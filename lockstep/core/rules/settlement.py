"""Settling pay at the cut-off: what is owed for which month, what waits for an appeal, what is taken back.

Every line has a key `period/rule[/course]`; a key is booked once, and only a counter-entry undoes it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from lockstep.core.base import Why
from lockstep.core.due import Due, Quiet, message
from lockstep.core.periods import Period
from lockstep.core.plan import courses_of
from lockstep.core.policy.pay import ADVERSE, Pay, PayKind, PayRule
from lockstep.core.policy.people import Outcome
from lockstep.core.rules.owed import adverse_line, earned_lines, overdue_at, stage_earned_at, stage_tracks
from lockstep.core.state import Paid, State
from lockstep.core.steps import AskDecision, PayLine, Reverse, Settle


@dataclass(frozen=True, slots=True)
class _Owed:
    at: datetime
    line: PayLine


def settlements(state: State) -> Iterator[Due]:
    """The next settlement of each period, and the approvals that deductions need first."""
    pay = state.policy.pay
    if pay is None:
        return
    owed: list[_Owed] = []
    for rule in pay.rules:
        if rule.kind not in ADVERSE:
            owed.extend(_favourable(state, pay, rule))
        elif state.left is None and not state.ended:
            found = _adverse(state, pay, rule)
            if isinstance(found, Due):
                yield found
            elif found is not None:
                owed.append(found)
    owed.extend(
        _Owed(state.at, p.line.model_copy(update={"revision": p.line.revision + 1}))
        for p in state.paid.values()
        if p.stale and not p.reversed_by
    )
    yield from _grouped(state, owed)


def _grouped(state: State, owed: list[_Owed]) -> Iterator[Due]:
    number = sum(isinstance(effect.step, Settle) for effect in state.effects.values()) + 1
    order = sorted(owed, key=lambda o: (o.at, o.line.period))
    for (at, period), group in groupby(order, key=lambda o: (o.at, o.line.period)):
        lines = tuple(o.line for o in group)
        why = Why(rule="pay_cutoff", policy_path="pay", args={"period": period})
        yield Due(at, Settle(key=f"settle/{period}/{number}", period=period, lines=lines, why=why))


def _favourable(state: State, pay: Pay, rule: PayRule) -> Iterator[_Owed]:
    earned_at = stage_earned_at(state, rule.stage)
    if earned_at is None or any(p.line.rule == rule.id for p in state.paid.values()):
        return
    period = Period.settling(earned_at, pay.cutoff_day, state.hire.tz)
    over = state.left.at if state.left else state.at if state.ended else None
    at = period.cutoff(pay.cutoff_day, state.hire.tz)
    for line in earned_lines(state, pay, rule, period):
        yield _Owed(min(at, over) if over else at, line)


def _adverse(state: State, pay: Pay, rule: PayRule) -> _Owed | Due | None:
    """The first month, not yet dealt with, at whose cut-off a course was overdue."""
    tracks, tz = stage_tracks(state, rule.stage), state.hire.tz
    first = min((t.deadline for t in tracks if t.deadline is not None), default=None)
    if first is None or _held(state, rule):
        return None
    period = Period.settling(first, pay.cutoff_day, tz)
    for _ in range(rule.max_times):
        cutoff = period.cutoff(pay.cutoff_day, tz)
        if not overdue_at(state, rule.stage, cutoff):
            return None
        line = adverse_line(state, rule, period)
        if line.key not in state.paid and not _excused(state, _courses(state, rule), cutoff):
            found = _approved(state, rule, _Owed(cutoff, line))
            if found is not None:
                return found
        period = period.next()
    return None


def _approved(state: State, rule: PayRule, owed: _Owed) -> _Owed | Due | None:
    """A forfeited bonus needs no more; a wage deduction needs a human's yes."""
    if rule.kind is PayKind.FORFEITURE:
        return owed
    question = f"deduction/{owed.line.key}"
    asked = state.questions.get(question)
    if asked is None:
        step = AskDecision(
            key=f"ask/{question}",
            question=question,
            to="hr",
            why=owed.line.why,
            options=(Outcome.APPROVE_DEDUCTION, Outcome.REJECT_DEDUCTION),
        )
        return message(owed.at, step, Quiet.of_staff(state))[0]  # staff are never away
    return owed if asked.answer == Outcome.APPROVE_DEDUCTION else None


def _courses(state: State, rule: PayRule) -> frozenset[str]:
    """All courses of the rule's stage."""
    stages = (stage for stage in state.policy.stages if stage.id == rule.stage)
    return frozenset(course for stage in stages for course in courses_of(state.policy, stage))


def _held(state: State, rule: PayRule) -> bool:
    """An appeal under way on one of the stage's courses holds the adverse line back."""
    courses = _courses(state, rule)
    return any(
        a.upheld is None and a.rule.holds_pay and a.opened.course in courses for a in state.appeals.values()
    )


def _excused(state: State, courses: Iterable[str], cutoff: datetime) -> bool:
    """An upheld appeal excuses every month that was cut off before it was decided."""
    return any(
        a.upheld and a.decided_at is not None and a.opened.course in courses and cutoff <= a.decided_at
        for a in state.appeals.values()
    )


def booking(state: State, line: PayLine, effect: str) -> Paid:
    """A line that is being booked, with what it rests on by the policy of now.

    A late fact is folded in before the booking: then a line against the employee may turn out unfounded.
    A new revision rests on what the first one did.
    """
    earlier = state.paid.get(line.key)
    if earlier is not None:
        return replace(earlier, line=line, effect=effect, stale=False)
    pay = state.policy.pay
    rule = next((r for r in (pay.rules if pay else ()) if r.id == line.rule), None)
    cutoff = Period.parse(line.period).cutoff(pay.cutoff_day if pay else 1, state.hire.tz)
    owed = rule is not None and (rule.kind not in ADVERSE or overdue_at(state, rule.stage, cutoff))
    courses = tuple(sorted(_courses(state, rule))) if rule else ()
    return Paid(line=line, effect=effect, courses=courses, cutoff=cutoff, unfounded=not owed)


def reversals(state: State) -> Iterator[Due]:
    """Counter-entries: the appeal was upheld, the policy forgives a late pass, or it never was owed."""
    for key, paid in state.paid.items():
        if paid.line.kind in ADVERSE and not paid.reversed_by:
            why = _ground(state, paid)
            if why is not None:
                yield Due(state.at, Reverse(key=f"reverse/{key}", line=paid.line, why=why))


def _ground(state: State, paid: Paid) -> Why | None:
    args = {"period": paid.line.period, "rule": paid.line.rule}
    if paid.unfounded:
        return Why(rule="not_owed", policy_path=paid.line.why.policy_path, args=args)
    if _excused(state, paid.courses, paid.cutoff):
        return Why(rule="appeal_upheld", policy_path="decisions.appeal", args=args)
    pay = state.policy.pay
    rule = next((r for r in (pay.rules if pay else ()) if r.id == paid.line.rule), None)
    if pay and rule and pay.late_pass_reverses and stage_earned_at(state, rule.stage) is not None:
        return Why(rule="late_pass_forgiven", policy_path="pay", args=args)
    return None
