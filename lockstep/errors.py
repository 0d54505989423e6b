"""Every failure name that crosses the wire, and which of them are ordinary answers.

FailureType
├── from a port      Rejected, Unavailable, Misconfigured       (activities)
├── from the policy  the keys of core.words.PROBLEMS             (updates: "course_before_exam", ...)
└── of ours          the rest below
"""

from datetime import timedelta
from enum import StrEnum

from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from lockstep.ports import Misconfigured, PortError, Rejected, Unavailable


class FailureType(StrEnum):
    """The `type` of an ApplicationError of ours."""

    REJECTED = "Rejected"
    UNAVAILABLE = "Unavailable"
    MISCONFIGURED = "Misconfigured"
    UNKNOWN_EFFECT = "UnknownEffect"
    ALREADY_ONBOARDED = "AlreadyOnboarded"
    NEVER_HIRED = "NeverHired"
    BAD_REQUEST = "bad_request"
    NO_PLAN = "no_plan"
    NEEDS_ACKNOWLEDGEMENT = "needs_acknowledgement"
    STAGE_LOCKED = "stage_locked"


_SLOWLY_SECONDS = 600.0


def in_both(*, zh: str, en: str) -> dict[str, str]:
    """The sentence in both languages: the detail of a failure, so that whoever shows it may choose."""
    return {"zh": zh, "en": en}


def from_port(error: PortError) -> ApplicationError:
    """What the workflow sees of an adapter's error: retried or not as ports.py says."""
    both = in_both(zh=error.zh, en=str(error))
    match error:
        case Rejected():
            return ApplicationError(
                str(error),
                both,
                type=FailureType.REJECTED,
                non_retryable=True,
                category=ApplicationErrorCategory.BENIGN,
            )
        case Unavailable(retry_after=after):
            delay = None if after is None else timedelta(seconds=after)
            return ApplicationError(str(error), both, type=FailureType.UNAVAILABLE, next_retry_delay=delay)
        case Misconfigured():
            return ApplicationError(
                str(error),
                both,
                type=FailureType.MISCONFIGURED,
                next_retry_delay=timedelta(seconds=_SLOWLY_SECONDS),
            )
        case _:
            return ApplicationError(str(error), both, type=type(error).__name__)
