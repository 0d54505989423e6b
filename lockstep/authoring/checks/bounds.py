"""Numbers within reason. Runs before all other checks, which then may calculate freely."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from pydantic import BaseModel

from lockstep.authoring.problems import Problem, Sentence
from lockstep.core.policy.policy import Policy

MOST = 1_000_000
PLACES = 6

TOO_BIG = Sentence(
    "number.too_big",
    "{place}：数字 {value} 不合理；应在 ±{most} 之间，最多 {places} 位小数",
    "{place}: {value} is beyond reason; it must lie within ±{most} and have {places} decimals at most",
)
NEGATIVE_SPAN = Sentence(
    "span.negative", "{place}：时长不能是负的", "{place}: a time span cannot be negative"
)


def out_of_bounds(policy: Policy) -> Iterator[Problem]:
    """Every number and time span nobody can mean."""
    for place, value in _values(policy, ""):
        if isinstance(value, timedelta) and value < timedelta(0):
            yield NEGATIVE_SPAN.at(place, place=place)
        if isinstance(value, int | Decimal) and not _sane(value):
            shown = f"{str(value)[:20]}…"
            yield TOO_BIG.at(place, place=place, value=shown, most=MOST, places=PLACES)


def _sane(value: int | Decimal) -> bool:
    places = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
    return -MOST <= value <= MOST and places <= PLACES


def _values(value: object, place: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _values(getattr(value, name), f"{place}.{name}".lstrip("."))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _values(item, f"{place}.{getattr(item, 'id', index)}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _values(item, f"{place}.{key}")
    else:
        yield place, value
