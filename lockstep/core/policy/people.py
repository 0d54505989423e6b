"""Who is reminded, who is asked, who decides."""

from datetime import time
from enum import StrEnum

from lockstep.core.base import Frozen, Lang, Slug
from lockstep.core.policy.parts import Assurance, ProofMethod, Span


class Hours(Frozen):
    """When we may disturb somebody: local waking hours [start, end), on working days only or on any day."""

    start: time = time(9)
    end: time = time(21)
    working_days_only: bool = True


class Reminders(Frozen):
    """One digest a person: first after `first`, then every `every`, never more than `max_per_week` in 7 days.

    `channels` are tried in order; the next one only when the one before refuses.
    """

    first: Span
    every: Span
    channels: tuple[str, ...]
    max_per_week: int = 5


class Rung(Frozen):
    """A step of the escalation ladder: `after` the missed deadline, tell `to` (manager, hr, ...)."""

    after: Span
    to: Slug


class Leave(Frozen):
    """Whether leave stops the clocks: deadlines, waiting times and reminders."""

    pauses: bool = True


class DecisionRule(Frozen):
    """Which roles may decide, how many different people it takes, and how long the decision holds."""

    by: tuple[Slug, ...]
    people: int = 1
    expires: Span | None = None


class AppealRule(Frozen):
    """申诉: until when after the result, by when HR answers, and whether adverse pay waits for it."""

    within: Span
    answer_within: Span
    by: tuple[Slug, ...]
    people: int = 1
    holds_pay: bool = True


class Outcome(StrEnum):
    """What a human may answer when the policy's road ends. None of them is a dismissal.

    The last two answer the question whether a wage deduction may be booked.
    """

    EXTRA_ATTEMPT = "extra_attempt"
    EXTEND = "extend"
    TRANSFER = "transfer"
    TARGETED_TRAINING = "targeted_training"
    END_ONBOARDING = "end_onboarding"
    APPROVE_DEDUCTION = "approve_deduction"
    REJECT_DEDUCTION = "reject_deduction"


class Ending(Frozen):
    """What happens when attempts or probation end: who is asked, and the answers open to them."""

    ask: Slug = "hr"
    options: tuple[Outcome, ...]


class Probation(Frozen):
    """试用期: its length, and how long before its end HR is asked about a hire who is still locked."""

    months: int
    ask_before: Span
    ask: Slug = "hr"
    options: tuple[Outcome, ...]


class Decisions(Frozen):
    """The human decisions the policy knows. A missing rule means: not possible."""

    waiver: DecisionRule | None = None
    extra_attempt: DecisionRule | None = None
    appeal: AppealRule | None = None


class IdentityRule(Frozen):
    """The proof a step asks for: the methods offered (all equal) and the least assurance."""

    methods: tuple[ProofMethod, ...]
    level: Assurance = Assurance.NONE


class Identity(Frozen):
    """Where proof of identity is asked."""

    sign_in: IdentityRule | None = None
    lesson: IdentityRule | None = None
    exam: IdentityRule | None = None
    signature: IdentityRule | None = None


class Voice(Frozen):
    """The language we write to hires in when their record names none, and the hours we may."""

    language: Lang = Lang.ZH
    hours: Hours = Hours()
