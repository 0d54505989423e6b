"""What the policy model expects at a place. Read from the model itself, so never stale."""

import difflib
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel

from lockstep.authoring.yaml_text import Path

# words HR or other systems use for a key of ours
_SYNONYMS = {
    "amount": "percent",
    "company": "entities",
    "depends_on": "after",
    "duration": "minutes",
    "folder": "content",
    "interval": "every",
    "label": "title",
    "max_attempts": "attempts",
    "name": "title",
    "pass_score": "pass_mark",
    "passing_score": "pass_mark",
    "percentage": "percent",
    "prerequisites": "after",
    "province": "jurisdictions",
    "question_bank": "bank",
    "retries": "attempts",
    "score": "pass_mark",
    "type": "kind",
}


def model_at(root: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model that describes the place, None where a plain value stands."""
    model: type[BaseModel] | None = root
    for part in path:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part) if model else None
        model = model_in(field.annotation) if field else None
    return model


def likely_key(root: type[BaseModel], path: Path) -> tuple[str, str]:
    """For a key the model lacks: the key that was meant, the section it belongs in; "" if unknown."""
    model, wrong = model_at(root, path[:-1]), str(path[-1]).strip().lower().replace("-", "_")
    if model is None:
        return "", ""
    keys = list(model.model_fields)
    if _SYNONYMS.get(wrong) in keys:
        return _SYNONYMS[wrong], ""
    close = _closest(wrong, keys)
    if close:
        return close, ""
    for section, field in model.model_fields.items():
        inner = model_in(field.annotation)
        meant = _closest(_SYNONYMS.get(wrong, wrong), list(inner.model_fields)) if inner else ""
        if meant:
            return meant, section
    return "", ""


def _closest(word: str, keys: list[str]) -> str:
    return next(iter(difflib.get_close_matches(word, keys, n=1, cutoff=0.7)), "")


def model_in(annotation: object) -> type[BaseModel] | None:
    """The model an annotation speaks of, through options and lists."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Annotated, Union, UnionType, tuple):
        return next(filter(None, map(model_in, get_args(annotation))), None)
    return None
