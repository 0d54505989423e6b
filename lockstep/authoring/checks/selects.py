"""Selection: somebody is selected, and nobody by two policies at once."""

import re
from collections.abc import Iterator

from lockstep.authoring.checks.base import Context
from lockstep.authoring.problems import Problem, Sentence
from lockstep.core.policy.policy import Policy, Selects
from lockstep.core.selection import ANY, overlaps

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LISTS = ("posts", "entities", "employment_types", "jurisdictions")

NOBODY = Sentence(
    "selects.nobody",
    'selects.{list} 是空的，这个制度选不中任何人；写 ["*"] 表示全部',
    'selects.{list} is empty, so the policy is for nobody; write ["*"] for any',
)
IMPOSSIBLE = Sentence(
    "selects.impossible",
    "selects.{list} 里的“{name}”不可能匹配：编码只能用英文字母、数字和 . _ -",
    'selects.{list}: "{name}" can never match; codes are made of letters, digits and . _ -',
)
OVERLAP = Sentence(
    "selects.overlap",
    "与 {file} 的制度 {other} 优先级同为 {priority}，会选中同一个人；请改 priority 或缩小范围",
    "The policy {other} of {file} has the same priority {priority} and can select the same hire; change "
    "priority "
    "or narrow one of them",
)
SAME_ID = Sentence(
    "policy.repeated",
    "制度编号 {id} 与 {file} 相同；请另取一个",
    "The policy id {id} is that of {file} too; choose another",
)
CALENDAR = Sentence(
    "calendar.unknown",
    "没有叫 {calendar} 的日历；可用的有：{known}",
    "There is no calendar {calendar}; there are: {known}",
)


def somebody_is_selected(policy: Policy) -> Iterator[Problem]:
    """Each list of codes can match a hire."""
    for name in _LISTS:
        codes: tuple[str, ...] = getattr(policy.selects, name)
        if not codes:
            yield NOBODY.at(f"selects.{name}", list=name)
        for index, code in enumerate(codes):
            if code != ANY and not _NAME.fullmatch(code):
                yield IMPOSSIBLE.at(f"selects.{name}.{index}", list=name, name=code[:40])


def nobody_is_selected_twice(policy: Policy, context: Context) -> Iterator[Problem]:
    """Of two policies for the same hire one has the higher priority."""
    for other in context.neighbours:
        if other.policy.id == policy.id:
            yield SAME_ID.at("id", id=policy.id, file=other.file)
        elif _ties(policy.selects, other.policy.selects):
            yield OVERLAP.at(
                "selects", other=other.policy.id, file=other.file, priority=policy.selects.priority
            )


def _ties(one: Selects, other: Selects) -> bool:
    return one.priority == other.priority and overlaps(one, other)


def calendar_exists(policy: Policy, context: Context) -> Iterator[Problem]:
    """Working days come from a calendar we have."""
    if policy.calendar not in context.calendars:
        known = ", ".join(sorted(context.calendars))
        yield CALENDAR.at("calendar", calendar=policy.calendar, known=known)
