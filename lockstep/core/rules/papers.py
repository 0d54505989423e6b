"""培训合格证书: issued once for each opening of a stage that earns one, and sent with the good news."""

from collections.abc import Iterator

from lockstep.core.base import Why
from lockstep.core.due import Due, Quiet, message
from lockstep.core.facts import EffectOutcome
from lockstep.core.plan import courses_of
from lockstep.core.policy.courses import Stage
from lockstep.core.state import EarnedBy, State
from lockstep.core.steps import IssueCertificate, Notify


def certificates(state: State) -> Iterator[Due]:
    """Issue it, then send it."""
    for stage in state.policy.stages:
        if stage.id not in state.gates or not _earns_one(state, stage):
            continue
        key = _key(state, stage)
        why = Why(rule="certificate_earned", policy_path=f"stages.{stage.id}", args={"stage": stage.id})
        opening = state.openings[stage.id]
        yield Due(state.at, IssueCertificate(key=key, stage=stage.id, opening=opening, why=why))
        issued = state.effects.get(key)
        if issued is not None and issued.outcome is EffectOutcome.DONE:
            notice = Notify(
                key=f"notify/{key}", event="certificate", subject=stage.id, attachment=issued.ref, why=why
            )
            yield from message(state.at, notice, Quiet.of(state))


def told_with_certificate(state: State, stage: Stage) -> bool:
    """Whether the certificate's message tells that the gate is open: one message, not two."""
    issued = state.effects.get(_key(state, stage))
    failed = issued is not None and issued.outcome not in (None, EffectOutcome.DONE)
    return _earns_one(state, stage) and not failed


def _key(state: State, stage: Stage) -> str:
    return f"certificate/{stage.id}/{state.openings[stage.id]}"


def _earns_one(state: State, stage: Stage) -> bool:
    """A stage that was only waived earns no paper."""
    earned = (state.tracks[course].earned_by for course in courses_of(state.policy, stage))
    return stage.certificate is not None and any(by in (EarnedBy.PASS, EarnedBy.CREDIT) for by in earned)
