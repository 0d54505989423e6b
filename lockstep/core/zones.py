"""Time zones by IANA name, cached.

Its own module so that the workflow sandbox can pass it through whole: inside the sandbox `astimezone`
refuses a zone object made by a restricted import.
"""

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@cache
def zone(name: str) -> ZoneInfo:
    """The zone. Raises ValueError with a sentence when there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"Unknown time zone {name!r}: use an IANA name such as Asia/Shanghai") from error
