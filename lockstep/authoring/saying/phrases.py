"""Time spans, numbers and lists of names as people say them, in Chinese and English."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from lockstep.core.base import Frozen, Lang, Text
from lockstep.core.words import term

_UNITS = (
    (timedelta(days=1), "天", "day"),
    (timedelta(hours=1), "小时", "hour"),
    (timedelta(minutes=1), "分钟", "minute"),
)


class Chapter(Frozen):
    """A heading and its sentences."""

    title: Text
    sentences: tuple[Text, ...]


def span(value: timedelta) -> Text:
    """A time span in its largest whole unit: 3 天, 12 hours."""
    for unit, zh, en in _UNITS:
        if value >= unit and value % unit == timedelta(0):
            count = value // unit
            return Text(zh=f"{count} {zh}", en=plural(count, en))
    minutes = round(value / timedelta(minutes=1), 1)
    return Text(zh=f"{minutes} 分钟", en=plural(minutes, "minute"))


def plural(count: float | Decimal, noun: str) -> str:
    """1 day, 2 days."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def number(value: Decimal) -> str:
    """Without trailing zeros or an exponent."""
    return f"{value.normalize():f}"


def listed(words: Iterable[Text], *, last_zh: str = "、", last_en: str = " and ") -> Text:
    """甲、乙、丙; a, b and c."""
    found = tuple(words)
    if len(found) < 2:
        return found[0] if found else Text(zh="—")
    zh = f"{'、'.join(word.zh for word in found[:-1])}{last_zh}{found[-1].zh}"
    en = f"{', '.join(word.to(Lang.EN) for word in found[:-1])}{last_en}{found[-1].to(Lang.EN)}"
    return Text(zh=zh, en=en)


def terms(words: Iterable[str], *, last_zh: str = "、", last_en: str = " and ") -> Text:
    """Roles, outcomes and the like by the names the product gives them."""
    known = (Text(zh=term(word, Lang.ZH), en=term(word, Lang.EN)) for word in words)
    return listed(known, last_zh=last_zh, last_en=last_en)


def named(words: Iterable[str], *, any_zh: str = "全部", any_en: str = "any") -> Text:
    """Codes as they are, "*" in words."""
    found = tuple(words)
    return Text(zh=any_zh, en=any_en) if "*" in found else listed(Text(zh=word) for word in found)
