"""The policy model as JSON Schema for editors, and as a page of all keys for people. Both are generated."""

import json
import types
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter
from pydantic_core import PydanticUndefined

from lockstep.authoring.field_help import HELP
from lockstep.authoring.model_shape import model_in
from lockstep.core.policy.policy import Policy

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TIME = {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$", "examples": ["09:00"]}


def schema_text() -> str:
    """The JSON Schema of a policy file, as policies/schema.json holds it."""
    schema = Policy.model_json_schema(mode="validation")
    definitions = schema.get("$defs", {})
    for name, definition in [("Policy", schema), *definitions.items()]:
        _strict(name, definition)
    whole = {"$schema": _DRAFT, **schema, "title": "Lockstep policy / 培训制度"}
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _strict(name: str, definition: dict[str, Any]) -> None:  # Any: JSON
    """Refuse unknown keys, explain the known ones, and write times of day as HR does."""
    properties: dict[str, dict[str, Any]] = definition.get("properties", {})
    if not properties:
        return
    definition["additionalProperties"] = False
    for key, value in properties.items():
        value.pop("title", None)
        value["description"] = HELP[name][key]
        if str(value.get("default")).startswith("P"):
            value["default"] = span_text(TypeAdapter(timedelta).validate_python(value["default"]))
        if value.get("format") == "time":
            properties[key] = {"description": value["description"], "default": value["default"][:5], **_TIME}


def span_text(span: timedelta) -> str:
    """A time span as HR writes it: 3d, 24h, 30m."""
    minutes = span // timedelta(minutes=1)
    for size, unit in ((24 * 60, "d"), (60, "h")):
        if minutes and minutes % size == 0:
            return f"{minutes // size}{unit}"
    return f"{minutes}m"


def fields_text() -> str:
    """Every key of a policy file as a page, as policies/FIELDS.md holds it."""
    lines = [
        "# 字段说明 / All keys of a policy",
        "",
        "此页由 `lockstep policy schema --fields` 生成 / Generated; do not edit.",
        "",
        "时长写 `30m`、`24h`、`3d`；百分比写 `5%`；名称写 `{zh: …, en: …}`。",
        "Spans are `30m`, `24h`, `3d`; percentages `5%`; titles `{zh: ..., en: ...}`.",
    ]
    for model in _models(Policy, []):
        lines += [
            "",
            f"## {model.__name__}",
            "",
            "| 字段 / key | 必填 / required | 值 / value | 说明 / meaning |",
        ]
        lines += ["|---|---|---|---|", *_rows(model)]
    return "\n".join(lines) + "\n"


def _rows(model: type[BaseModel]) -> Iterator[str]:
    for key, field in model.model_fields.items():
        needed = "✓" if field.is_required() else ""
        default = "" if field.default in (PydanticUndefined, None, ()) else _shown(field.default)
        value = _kind(field.annotation) + (f" = `{default}`" if default else "")
        yield f"| `{key}` | {needed} | {value} | {HELP[model.__name__][key].replace('|', '/')} |"


def _shown(default: object) -> str:
    if isinstance(default, BaseModel) or default == {}:
        return ""
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, timedelta):
        return span_text(default)
    if isinstance(default, tuple):
        return json.dumps(list(default))
    return str(getattr(default, "value", default))


def _kind(annotation: object) -> str:
    inner = model_in(annotation)
    if inner is not None:
        link = f"[{inner.__name__}](#{inner.__name__.lower()})"
        return f"{link} …" if get_origin(annotation) is tuple else link
    parts = [part for part in get_args(annotation) if part is not type(None)]
    origin = get_origin(annotation)
    if origin is Literal:
        return " / ".join(map(str, parts))
    if origin is tuple:
        return f"{_kind(parts[0])} …"
    if origin in (Union, types.UnionType):
        return " / ".join(_kind(part) for part in parts)
    values = getattr(annotation, "__members__", None)
    if values:
        return " / ".join(f"`{member.value}`" for member in values.values())
    plain = parts[0] if parts and origin is not dict else annotation
    return _NAMES.get(getattr(plain, "__name__", ""), "文字 / text")


_NAMES = {
    "timedelta": "时长 / span",
    "Decimal": "数字 / number",
    "int": "整数 / whole number",
    "bool": "true / false",
    "time": "时刻 / time of day",
    "date": "日期 / date",
    "dict": "名称: 数字 / name: number",
}


def _models(model: type[BaseModel], found: list[type[BaseModel]]) -> list[type[BaseModel]]:
    if model not in found:
        found.append(model)
        for field in model.model_fields.values():
            inner = model_in(field.annotation)
            if inner is not None:
                _models(inner, found)
    return found
