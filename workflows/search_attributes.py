"""What operators filter hires by in the Temporal UI. Never encrypted, so nothing personal.

`ALL` is registered by starter, compose and tests; an unregistered one would wedge a run.
"""

from temporalio.common import SearchAttributeKey

STAGE = SearchAttributeKey.for_keyword("HireStage")
LOCKED = SearchAttributeKey.for_bool("HireLocked")
OVERDUE = SearchAttributeKey.for_int("HireOverdue")
POST = SearchAttributeKey.for_keyword("HirePost")
ENTITY = SearchAttributeKey.for_keyword("HireEntity")
POLICY_HASH = SearchAttributeKey.for_keyword("PolicyHash")
NEXT_DEADLINE = SearchAttributeKey.for_datetime("NextDeadline")

ALL = (STAGE, LOCKED, OVERDUE, POST, ENTITY, POLICY_HASH, NEXT_DEADLINE)
