"""Timeouts and retries of every activity, by what the activity talks to. No literal timeout elsewhere."""

from datetime import timedelta

from temporalio.common import RetryPolicy
from temporalio.workflow import ActivityConfig

_PATIENT = RetryPolicy(
    initial_interval=timedelta(seconds=5), backoff_coefficient=2.0, maximum_interval=timedelta(hours=1)
)
MESSAGE_GIVES_UP = timedelta(days=3)
"""After so long a message on one channel is worth no more; the next channel is tried."""


def message(summary: str) -> ActivityConfig:
    """One message on one channel."""
    return ActivityConfig(
        start_to_close_timeout=timedelta(seconds=45),
        schedule_to_close_timeout=MESSAGE_GIVES_UP,
        retry_policy=_PATIENT,
        summary=summary,
    )


def record(summary: str) -> ActivityConfig:
    """Books, marks and files: never given up, since they must happen."""
    return ActivityConfig(start_to_close_timeout=timedelta(minutes=2), retry_policy=_PATIENT, summary=summary)


def plan(summary: str) -> ActivityConfig:
    """Choosing a policy: repeated until HR has one for the post."""
    return ActivityConfig(
        start_to_close_timeout=timedelta(seconds=30),
        retry_policy=RetryPolicy(
            initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=10)
        ),
        summary=summary,
    )


def look_up(summary: str) -> ActivityConfig:
    """A question somebody is waiting for the answer of."""
    return ActivityConfig(
        start_to_close_timeout=timedelta(seconds=10),
        # a retry that would come later than this is not waited for: the refusal is the answer
        schedule_to_close_timeout=timedelta(seconds=40),
        retry_policy=RetryPolicy(maximum_attempts=3),
        summary=summary,
    )
