"""One way to break the sample policy, and what must be said about it."""

from dataclasses import dataclass, field

Change = tuple[str, str]


@dataclass(frozen=True)
class Case:
    """`changes` make the check `code` speak, at the line with `at` in it; `also` cannot be avoided then."""

    code: str
    changes: tuple[Change, ...]
    at: str
    also: frozenset[str] = field(default_factory=frozenset)
    name: str = ""


def case(code: str, *changes: Change, at: str, also: str = "", name: str = "") -> Case:
    return Case(code, changes, at, frozenset(also.split()), name or code)
