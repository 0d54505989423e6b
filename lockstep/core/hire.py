"""The hire, as far as a workflow may know: no name, no address, no salary."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from lockstep.core.base import Day, Frozen, Lang
from lockstep.core.zones import zone

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
"""An opaque id of another system: it becomes part of workflow ids, so no slash, space or personal data."""


def _known(tz: str) -> str:
    zone(tz)
    return tz


Zone = Annotated[str, AfterValidator(_known)]
"""The IANA name of a time zone there is."""


class Hire(Frozen):
    """Who starts where and when. `hire_date` is the contract's date, `start_date` the first day at work."""

    employee_id: Name
    entity: Name
    post: Name
    hire_date: Day
    start_date: Day | None = None
    employment_type: Name = "full_time"
    jurisdiction: Name = "CN"
    tz: Zone = "Asia/Shanghai"
    language: Lang | None = None

    @property
    def first_day(self) -> date:
        """The first day at work."""
        return self.start_date or self.hire_date
