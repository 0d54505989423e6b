"""The scalar types policies are written in: spans, percentages, days, levels."""

import re
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from lockstep.core.base import Frozen

_SPAN = re.compile(r"^(\d{1,5})\s*(m|h|d)$")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def _span(value: object) -> object:
    """Turn "90m", "24h" or "3d" into a timedelta; ISO 8601 (our own wire form) passes through."""
    if isinstance(value, str) and (found := _SPAN.match(value.strip())):
        return timedelta(**{_UNITS[found[2]]: int(found[1])})
    return value


def _percent(value: object) -> object:
    """Turn "5%" into 5; numbers pass through."""
    return value.strip().removesuffix("%").strip() if isinstance(value, str) else value


Span = Annotated[
    timedelta,
    BeforeValidator(_span),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,5}\s*(m|h|d)$", "examples": ["30m", "24h", "3d"]}),
]
"""An elapsed time, written `30m`, `24h` or `3d` (a day is 24 hours)."""

Percent = Annotated[
    Decimal,
    BeforeValidator(_percent),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}], "examples": ["5%", 8, "2.5"]}),
]
"""Percentage points, exact: `5%`, `5` and `"5"` are the same five hundredths."""

Score = Annotated[Decimal, Field(description="Points out of 100")]


class Deadline(Frozen):
    """Until when: the end of the n-th day after the course is assigned, in the hire's zone.

    Leave days never count. With `working`, only working days of the calendar do (make-up days included);
    without it the end is moved on to the next working day unless `roll` is off.
    """

    days: int
    working: bool = True
    roll: bool = True


class Assurance(StrEnum):
    """What an identity proof is worth, weakest first."""

    NONE = "none"
    PASSIVE = "passive"
    ACTIVE_CHALLENGE = "active_challenge"
    VENDOR_CERTIFIED = "vendor_certified"

    @property
    def rank(self) -> int:
        """Position in the order of strength."""
        return list(Assurance).index(self)


class ProofMethod(StrEnum):
    """How identity is proved. OTP plus a colleague's attestation is the equal of the face."""

    FACE = "face"
    OTP_ATTESTATION = "otp_attestation"
    OTP = "otp"
    WITNESS = "witness"

    @property
    def strongest(self) -> Assurance:
        """The most a proof by this method can be worth; what one was worth is on its record."""
        return {
            ProofMethod.FACE: Assurance.VENDOR_CERTIFIED,
            ProofMethod.OTP_ATTESTATION: Assurance.ACTIVE_CHALLENGE,
            ProofMethod.WITNESS: Assurance.ACTIVE_CHALLENGE,
            ProofMethod.OTP: Assurance.PASSIVE,
        }[self]
