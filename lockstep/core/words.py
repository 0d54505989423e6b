"""Keys into sentences: every reason and refusal of core, in Chinese and English, with titles for ids.

The sentences are in words_rules.py, words_problems.py and words_terms.py; this file fills them in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lockstep.core.base import Lang, Text, Why
from lockstep.core.calendar import local_date
from lockstep.core.policy.policy import Policy
from lockstep.core.words_problems import PROBLEMS
from lockstep.core.words_rules import RULES
from lockstep.core.words_terms import DEEDS, NOTICES, TERMS, TO_DO
from lockstep.core.zones import zone

_TITLED = frozenset({"course", "courses", "item", "missing", "stage"})
_PAY_RULES = frozenset({"rule", "rules"})
_LIST = ", "
_TICK = timedelta(microseconds=1)
_COMMA = {Lang.ZH: "、", Lang.EN: ", "}


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called in the policies a hire has been under, and the hire's time zone."""

    tz: str
    titles: Mapping[str, Text] = field(default_factory=dict)
    pay_rules: Mapping[str, Text] = field(default_factory=dict)

    @classmethod
    def of(cls, policies: Iterable[Policy], tz: str) -> "Names":
        """The names in these policies; the last one that has a name counts."""
        titles: dict[str, Text] = {}
        pay_rules: dict[str, Text] = {}
        for policy in policies:
            titles |= {choice.id: choice.title for choice in policy.choices}
            titles |= {course.id: course.title for course in policy.courses}
            titles |= {stage.id: stage.title for stage in policy.stages}
            pay_rules |= {rule.id: rule.title for rule in (policy.pay.rules if policy.pay else ())}
        return cls(tz, titles, pay_rules)

    def title(self, name: str, lang: Lang) -> str:
        """A course, choice or stage by its title; "hours:x" and "stage:x" as `gates.missing` writes them."""
        kind, _, rest = name.partition(":")
        if rest and kind == "hours":
            return f"{rest} 学时" if lang is Lang.ZH else f"training hours {rest}"
        known = self.titles.get(rest or name)
        return known.to(lang) if known else name

    def last_day(self, deadline: datetime) -> str:
        """The last local day on which it is in time: a deadline is the end of that day."""
        return local_date(deadline - _TICK, self.tz).isoformat()

    def time(self, at: datetime) -> str:
        """An instant as local date, with the time of day unless it is midnight."""
        local = at.astimezone(zone(self.tz))
        return f"{local:%Y-%m-%d}" if (local.hour, local.minute) == (0, 0) else f"{local:%Y-%m-%d %H:%M}"


def sentence(text: Text, args: Mapping[str, str], lang: Lang, names: Names) -> str:
    """The sentence with its arguments filled in: titles for ids, local times for instants."""
    return text.to(lang).format_map(
        _Said({name: _say(name, value, lang, names) for name, value in args.items()})
    )


def reason(why: Why, lang: Lang, names: Names) -> str:
    """Why something was decided. A rule of an older version that has no words left is given by its key."""
    known = RULES.get(why.rule)
    return sentence(known, why.args, lang, names) if known else why.rule


def problem(key: str, args: Mapping[str, str], lang: Lang, names: Names) -> str:
    """Why something was refused. What is not a key was written in words already."""
    known = PROBLEMS.get(key)
    return sentence(known, args, lang, names) if known else key


def to_do(key: str, args: Mapping[str, str], lang: Lang, names: Names) -> str:
    """What the hire has to do."""
    return sentence(TO_DO[key], args, lang, names)


def deed(key: str, args: Mapping[str, str], lang: Lang, names: Names) -> str:
    """What was done, or will be."""
    return sentence(DEEDS[key], args, lang, names)


def term(word: str, lang: Lang) -> str:
    """A role, outcome or status; one we have no word for as it is written."""
    return _known(TERMS, word, lang)


def listed(items: Iterable[str]) -> str:
    """Several ids or words as one argument."""
    return _LIST.join(items)


def _say(name: str, value: str, lang: Lang, names: Names) -> str:
    if name == "until":
        return names.time(datetime.fromisoformat(value))
    if name == "deadline":
        return names.last_day(datetime.fromisoformat(value))
    return _COMMA[lang].join(_one(name, part, lang, names) for part in value.split(_LIST))


def _one(name: str, value: str, lang: Lang, names: Names) -> str:
    if name in _TITLED:
        return names.title(value, lang)
    if name in _PAY_RULES:
        return _known(names.pay_rules, value, lang)
    return _known(NOTICES if name == "event" else TERMS, value, lang)


def _known(words: Mapping[str, Text], word: str, lang: Lang) -> str:
    found = words.get(word)
    return found.to(lang) if found else word


class _Said(dict[str, str]):
    """Arguments by name. One that a record of an older version lacks leaves a gap, never an error."""

    def __missing__(self, name: str) -> str:
        return "…"
