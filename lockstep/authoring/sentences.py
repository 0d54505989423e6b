"""What the model refuses, in HR's words: one sentence a place, with what to write instead."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pydantic import BaseModel

from lockstep.authoring.model_shape import likely_key
from lockstep.authoring.places import Places
from lockstep.authoring.problems import Problem, Sentence
from lockstep.authoring.yaml_text import Node, Path

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_SHOWN = 40

MISSING = Sentence(
    "key.missing", "{place}：缺少 {key}，必须填写", "{place}: {key} is missing and must be given"
)
UNKNOWN = Sentence(
    "key.unknown",
    "{place}：不认识 {key}；请删掉，或查看 policies/FIELDS.md",
    "{place}: unknown key {key}; remove it, or look it up in policies/FIELDS.md",
)
UNKNOWN_BUT = Sentence(
    "key.unknown",
    "{place}：不认识 {key}；是不是 {meant}？",
    "{place}: unknown key {key}; did you mean {meant}?",
)
MISPLACED = Sentence(
    "key.unknown",
    "{place}：这里不认识 {key}；{meant} 应写在 {section} 下面",
    "{place}: {key} is not known here; {meant} belongs under {section}",
)
WRONG = Sentence("value.wrong", "{place}：值不对，{zh}", "{place}: not right, {en}")
ATTEMPTS = Sentence(
    "value.choice",
    "{place}：应为整数或 until_passed，{zh}",
    "{place}: must be a whole number or until_passed, {en}",
)
CHOICE = Sentence(
    "value.choice", "{place}：只能是 {expected} 之一，{zh}", "{place}: must be one of {expected}, {en}"
)
_BY_PREFIX: tuple[tuple[str, Sentence], ...] = (
    (
        "string_pattern",
        Sentence(
            "value.id",
            "{place}：只能以小写英文字母开头，后接小写字母、数字或下划线，最多 41 个字符，{zh}",
            "{place}: must begin with a small letter and hold small letters, digits and _ only (41 at "
            "most), {en}",
        ),
    ),
    ("string", Sentence("value.text", "{place}：应为文字，{zh}", "{place}: must be a text, {en}")),
    (
        "time_delta",
        Sentence(
            "value.span",
            "{place}：应为时长，如 30m（分钟）、24h（小时）、3d（天），{zh}",
            "{place}: must be a time span such as 30m (minutes), 24h (hours) or 3d (days), {en}",
        ),
    ),
    (
        "time_",
        Sentence(
            "value.time",
            "{place}：应为时刻，如 09:00，{zh}",
            "{place}: must be a time of day such as 09:00, {en}",
        ),
    ),
    (
        "date",
        Sentence(
            "value.date",
            "{place}：应为日期，如 2026-11-23，{zh}",
            "{place}: must be a date such as 2026-11-23, {en}",
        ),
    ),
    (
        "decimal",
        Sentence(
            "value.number",
            "{place}：应为数字，如 80 或 2.5，{zh}",
            "{place}: must be a number such as 80 or 2.5, {en}",
        ),
    ),
    (
        "finite",
        Sentence("value.number", "{place}：应为有限的数字，{zh}", "{place}: must be a finite number, {en}"),
    ),
    ("int", Sentence("value.integer", "{place}：应为整数，{zh}", "{place}: must be a whole number, {en}")),
    (
        "bool",
        Sentence("value.yes_no", "{place}：应为 true 或 false，{zh}", "{place}: must be true or false, {en}"),
    ),
    ("enum", CHOICE),
    ("literal", CHOICE),
    (
        "tuple",
        Sentence(
            "value.list", "{place}：应为列表，如 [a, b]，{zh}", "{place}: must be a list such as [a, b], {en}"
        ),
    ),
    (
        "dict",
        Sentence(
            "value.section",
            "{place}：下面应分行写“字段: 值”，{zh}",
            "{place}: must be a section of `key: value` lines, {en}",
        ),
    ),
    (
        "model",
        Sentence(
            "value.section",
            "{place}：下面应分行写它的各个字段（如 zh: 和 en:），{zh}",
            "{place}: must be a section with keys of its own (such as zh: and en:), {en}",
        ),
    ),
)


def problems_of(
    errors: Iterable["ErrorDetails"], root: Node, places: Places, model: type[BaseModel]
) -> list[Problem]:
    """One problem a place, in the order of the file."""
    by_place: dict[Path, list[ErrorDetails]] = {}
    for detail in errors:
        by_place.setdefault(place_of(detail, root), []).append(detail)
    found = [_problem(path, details, places, model) for path, details in by_place.items()]
    return sorted((problem.placed(places.lines, "") for problem in found), key=lambda problem: problem.line)


def place_of(detail: "ErrorDetails", root: Node) -> Path:
    """The raw path of an error, without the names pydantic adds for the branches of a union."""
    node: Node = root
    path: Path = ()
    for part in detail["loc"]:
        if isinstance(node, dict) and part in node:
            node = node[str(part)]
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        elif detail["type"] == "missing":
            return (*path, part)
        else:
            break
        path = (*path, part)
    return path


def _problem(path: Path, details: list["ErrorDetails"], places: Places, model: type[BaseModel]) -> Problem:
    first, kinds = details[0], {detail["type"] for detail in details}
    name = places.name(path)
    if first["type"] == "missing":
        return MISSING.at(name, place=places.name(path[:-1]) or "/", key=path[-1])
    if first["type"] == "extra_forbidden":
        return _unknown(path, places, model)
    zh, en = _written(first)
    expected = str(first.get("ctx", {}).get("expected", "")).replace("'", "")
    sentence = next((s for prefix, s in _BY_PREFIX if first["type"].startswith(prefix)), WRONG)
    if {"literal_error", "int_parsing"} <= kinds or {"literal_error", "int_type"} <= kinds:
        sentence = ATTEMPTS
    return sentence.at(name, place=name or "/", expected=expected, zh=zh, en=en)


def _unknown(path: Path, places: Places, model: type[BaseModel]) -> Problem:
    meant, section = likely_key(model, path)
    sentence = MISPLACED if section else UNKNOWN_BUT if meant else UNKNOWN
    place = places.name(path[:-1]) or "/"
    return sentence.at(places.name(path), place=place, key=path[-1], meant=meant, section=section)


def _written(detail: "ErrorDetails") -> tuple[str, str]:
    value = detail["input"]
    if value is None:
        return "这里是空的", "but nothing is given"
    if isinstance(value, dict):
        return "这里写的是一段内容", "not a section"
    if isinstance(value, list):
        return "这里写的是列表", "not a list"
    text = str(value)
    text = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return f"不能是“{text}”", f'not "{text}"'
