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


def _notice(event: str, subject: str, *facts: str, rule: str, about: str = "") -> Notify:
    key = f"notify/{event}/{subject}" if subject else f"notify/{event}"
    why = Why(rule=rule, facts=facts, args={"item": about or subject})
    return Notify(key=key, event=event, subject=about or subject, why=why)


def _welcome(state: State) -> Iterator[tuple[datetime, Notify]]:
    if any(track.is_open for track in state.tracks.values()):
        yield max(state.start, state.at), _notice("welcome", "", rule="plan_made")


def _gates(state: State) -> Iterator[tuple[datetime, Notify]]:
    for stage in state.policy.stages:
        opening = state.openings.get(stage.id)
        if opening is None:
            continue
        subject = f"{stage.id}/{opening}"
        if stage.id not in state.gates:
            yield state.at, _notice("gate_shut", subject, rule="gate_shut", about=stage.id)
        elif not told_with_certificate(state, stage):
            yield state.at, _notice("gate_opened", subject, rule="gate_open", about=stage.id)


def _results(state: State) -> Iterator[tuple[datetime, Notify]]:
    for track in state.tracks.values():
        last = track.attempts[-1] if track.attempts else None
        if last is not None and last.graded_at and not last.passed and not track.is_done:
            subject = f"{track.course.id}/{track.cycle}.{last.number}"
            about = track.course.id
            yield state.at, _notice("result_failed", subject, last.fact, rule="exam_failed", about=about)


def _pay(state: State) -> Iterator[tuple[datetime, Notify]]:
    for key, effect in state.effects.items():
        if isinstance(effect.step, Settle) and effect.outcome is EffectOutcome.DONE:
            yield state.at, _notice("adjustment", key, rule="settled", about=key)


def _appeals(state: State) -> Iterator[tuple[datetime, Notify]]:
    for name, appeal in state.appeals.items():
        if appeal.upheld is not None:
            yield state.at, _notice("appeal_decided", name, appeal.opened.id, rule="appeal_decided")
