"""The hire's columns in the Temporal UI's list, from its progress."""

from temporalio.common import SearchAttributeUpdate

from lockstep.core.progress import Progress
from workflows import search_attributes as sa


def attributes(now: Progress, before: Progress | None) -> list[SearchAttributeUpdate[object]]:
    """What changed since `before`."""
    return []
