"""What the hire is told once, when it happens: welcome, gate, result, adjustment, appeal."""

from collections.abc import Iterator
from datetime import datetime

from lockstep.core.base import Why
from lockstep.core.due import Due, Quiet, message
from lockstep.core.facts import EffectOutcome
from lockstep.core.rules.papers import told_with_certificate
from lockstep.core.state import State
from lockstep.core.steps import Notify, Settle


def notices(state: State) -> Iterator[Due]:
    """The notices that are due."""
    quiet = Quiet.of(state)
    for at, notice in (*_welcome(state), *_gates(state), *_results(state), *_pay(state), *_appeals(state)):
        if notice.key not in state.effects:
            yield from message(at, notice, quiet)


def _notice(event: str, subject: str, rule: str, *facts: str, about: str = "") -> Notify:
    key = f"notify/{event}/{subject}" if subject else f"notify/{event}"
    return Notify(
        key=key,
        event=event,
        subject=about or subject,
        why=Why(rule=rule, facts=facts, args={"item": about or subject}),
    )


def _welcome(state: State) -> Iterator[tuple[datetime, Notify]]:
    if any(track.is_open for track in state.tracks.values()):
        yield max(state.start, state.at), _notice("welcome", "", "plan_made")


def _gates(state: State) -> Iterator[tuple[datetime, Notify]]:
    for stage, opening in state.openings.items():
        if stage not in state.gates:
            yield state.at, _notice("gate_shut", f"{stage}/{opening}", "no_longer_earned", about=stage)
        elif not told_with_certificate(state, stage):
            yield state.at, _notice("gate_opened", f"{stage}/{opening}", "gate_open", about=stage)


def _results(state: State) -> Iterator[tuple[datetime, Notify]]:
    for track in state.tracks.values():
        last = track.attempts[-1] if track.attempts else None
        if last is not None and last.graded_at and not last.passed and track.earned_at is None:
            subject = f"{track.course.id}/{track.cycle}.{last.number}"
            yield state.at, _notice("result_failed", subject, "exam_failed", last.fact, about=track.course.id)


def _pay(state: State) -> Iterator[tuple[datetime, Notify]]:
    for key, effect in state.effects.items():
        if isinstance(effect.step, Settle) and effect.outcome is EffectOutcome.DONE:
            yield state.at, _notice("adjustment", key, "settled", about=key)


def _appeals(state: State) -> Iterator[tuple[datetime, Notify]]:
    for name, appeal in state.appeals.items():
        if appeal.upheld is not None:
            yield state.at, _notice("appeal_decided", name, "appeal_decided", appeal.opened.id)
