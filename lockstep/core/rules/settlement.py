"""Settling pay at the cut-off: what is owed for which month, what waits for an appeal, what is taken back.

Every line has a key `period/rule[/course]`; a key is booked once, and only a counter-entry undoes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from lockstep.core.base import Why
from lockstep.core.due import Due
from lockstep.core.periods import Period
from lockstep.core.policy.pay import Pay, PayKind, PayRule
from lockstep.core.policy.people import Outcome
from lockstep.core.rules.owed import adverse_line, earned_lines, stage_earned_at, stage_tracks
from lockstep.core.state import Paid, State, Track
from lockstep.core.steps import AskDecision, PayLine, Reverse, Settle

_ADVERSE = (PayKind.FORFEITURE, PayKind.DEDUCTION)


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
        if rule.kind not in _ADVERSE:
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
    period, times = Period.settling(first, pay.cutoff_day, tz), 0
    while times < rule.max_times:
        cutoff = period.cutoff(pay.cutoff_day, tz)
        if not any(_overdue(track, cutoff) for track in tracks):
            return None
        line = adverse_line(state, rule, period)
        if line.key not in state.paid and not _excused(state, rule, cutoff):
            found = _approved(state, rule, _Owed(cutoff, line))
            if found is not None:
                return found
        period, times = period.next(), times + 1
    return None


def _overdue(track: Track, cutoff: datetime) -> bool:
    """Whether at `cutoff` the deadline was behind and the course not earned."""
    missed = track.deadline is not None and track.deadline <= cutoff
    return missed and (track.earned_at is None or track.earned_at > cutoff)


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
        return Due(owed.at, step)
    return owed if asked.answer == Outcome.APPROVE_DEDUCTION else None


def _held(state: State, rule: PayRule) -> bool:
    """An appeal under way on one of the stage's courses holds the adverse line back."""
    appeal = state.policy.decisions.appeal
    courses = {t.course.id for t in stage_tracks(state, rule.stage)}
    return (
        appeal is not None
        and appeal.holds_pay
        and any(a.upheld is None and a.opened.course in courses for a in state.appeals.values())
    )


def _excused(state: State, rule: PayRule, cutoff: datetime) -> bool:
    """An upheld appeal excuses every month that was cut off before it was decided."""
    courses = {t.course.id for t in stage_tracks(state, rule.stage)}
    return any(
        a.upheld and a.decided_at is not None and a.opened.course in courses and cutoff <= a.decided_at
        for a in state.appeals.values()
    )


def reversals(state: State) -> Iterator[Due]:
    """Counter-entries: the appeal was upheld, or the policy forgives a late pass."""
    pay = state.policy.pay
    if pay is None:
        return
    rules = {rule.id: rule for rule in pay.rules}
    for key, paid in state.paid.items():
        rule = rules.get(paid.line.rule)
        if rule is None or rule.kind not in _ADVERSE or paid.reversed_by:
            continue
        why = _ground(state, pay, rule, paid)
        if why is not None:
            yield Due(state.at, Reverse(key=f"reverse/{key}", line=paid.line, why=why))


def _ground(state: State, pay: Pay, rule: PayRule, paid: Paid) -> Why | None:
    cutoff = Period.parse(paid.line.period).cutoff(pay.cutoff_day, state.hire.tz)
    args = {"period": paid.line.period, "rule": rule.id}
    if _excused(state, rule, cutoff):
        return Why(rule="appeal_upheld", policy_path="decisions.appeal", args=args)
    if pay.late_pass_reverses and stage_earned_at(state, rule.stage) is not None:
        return Why(rule="late_pass_forgiven", policy_path="pay", args=args)
    return None
