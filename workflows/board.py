"""The hire's columns in the Temporal UI's list, read off its progress."""

from typing import Any

from temporalio.common import SearchAttributeUpdate

from lockstep.core.progress import Progress
from workflows import search_attributes as sa


def attributes(now: Progress, before: Progress | None) -> list[SearchAttributeUpdate[Any]]:
    """What changed since `before`: an unchanged column costs no event."""
    old = _columns(before) if before else {}
    return [update for name, update in _columns(now).items() if old.get(name) != update]


def _columns(progress: Progress) -> dict[str, SearchAttributeUpdate[Any]]:
    deadline = progress.next_deadline
    return {
        "stage": sa.STAGE.value_set(progress.stage),
        "locked": sa.LOCKED.value_set(progress.locked),
        "overdue": sa.OVERDUE.value_set(progress.overdue),
        "post": sa.POST.value_set(progress.post),
        "entity": sa.ENTITY.value_set(progress.entity),
        "policy": sa.POLICY_HASH.value_set(progress.policy_hash),
        "deadline": sa.NEXT_DEADLINE.value_unset()
        if deadline is None
        else sa.NEXT_DEADLINE.value_set(deadline),
    }
