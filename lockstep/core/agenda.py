"""All that is coming for a hire, soonest first. Made anew after every fact, so that deciding is a look-up."""

from collections.abc import Callable, Iterator

from lockstep.core.due import Due
from lockstep.core.rules.attendance import marks
from lockstep.core.rules.closing import farewell, natural_end
from lockstep.core.rules.escalation import escalations
from lockstep.core.rules.gates import gate_steps
from lockstep.core.rules.lapses import expired_sittings, lapses
from lockstep.core.rules.notices import notices
from lockstep.core.rules.papers import certificates
from lockstep.core.rules.questions import questions
from lockstep.core.rules.reminders import reminders
from lockstep.core.rules.settlement import reversals, settlements
from lockstep.core.state import State

_Rule = Callable[[State], Iterator[Due]]
_WHILE_EMPLOYED: tuple[_Rule, ...] = (
    expired_sittings,
    lapses,
    gate_steps,
    certificates,
    marks,
    settlements,
    reversals,
    questions,
    escalations,
    notices,
    reminders,
)
_AFTER_LEAVING: tuple[_Rule, ...] = (settlements, reversals)


def agenda(state: State) -> tuple[Due, ...]:
    """What falls due and when, if nothing else happens; in the order of `at`, then of the rules."""
    if state.closed:
        return ()
    over = state.left is not None or bool(state.ended)
    if state.snapshot is None:
        return tuple(farewell(state)) if over else tuple(_plan(state))
    rules = _AFTER_LEAVING if over else (_plan, *_WHILE_EMPLOYED)
    dues = [due for rule in rules for due in rule(state) if not _begun(state, due)]
    if not dues:
        dues = [due for due in (farewell if over else natural_end)(state) if not _begun(state, due)]
    return tuple(sorted(dues, key=lambda due: due.at))


def _plan(state: State) -> Iterator[Due]:
    if state.plan_wanted.key not in state.effects:
        yield Due(state.at, state.plan_wanted)


def _begun(state: State, due: Due) -> bool:
    return getattr(due.step, "key", None) in state.effects
