"""The words and colours of a certificate, read from templates/certificates/<name>/certificate.toml."""

import re
import tomllib
from pathlib import Path
from string import Template
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError
from reportlab.lib.colors import Color, HexColor

from lockstep.ports import CertificateFacts, Misconfigured

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,40}")
_FACTS = frozenset({"entity", "post", "employee_id"})


def _only_known_facts(text: str) -> str:
    template = Template(text)
    if not template.is_valid() or not _FACTS.issuperset(template.get_identifiers()):
        known = ", ".join(f"${name}" for name in sorted(_FACTS))
        raise ValueError(f"may name only {known}")
    return text


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


_Words = Annotated[str, StringConstraints(min_length=1)]
_Sentence = Annotated[_Words, AfterValidator(_only_known_facts)]
_Hex = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]


class Sentences(_Part):
    """What the page says, in both languages."""

    lead_zh: _Sentence
    lead_en: _Sentence
    body_zh: _Sentence
    body_en: _Sentence
    annex_zh: _Sentence
    annex_en: _Sentence


class Labels(_Part):
    """The small words beside the values."""

    number: _Words
    employee_id: _Words
    course: _Words
    passed_on: _Words
    score: _Words
    hours: _Words
    issued_on: _Words
    valid_until: _Words
    no_expiry: _Words
    policy: _Words
    fingerprint: _Words
    signature: _Words
    seal: _Words
    unsigned: _Words


class Colours(_Part):
    """As #rrggbb."""

    accent: _Hex
    gold: _Hex
    ink: _Hex
    quiet: _Hex
    paper: _Hex

    def colour(self, name: str) -> Color:
        """One of them for the canvas."""
        return HexColor(getattr(self, name))


class Wording(_Part):
    """Everything a template decides."""

    text: Sentences
    labels: Labels
    colours: Colours

    def filled(self, facts: CertificateFacts) -> Self:
        """The same with the facts put into the sentences."""
        known = {"entity": facts.entity_name, "post": facts.post, "employee_id": facts.employee_id}
        text = {name: Template(words).substitute(known) for name, words in self.text.model_dump().items()}
        return self.model_copy(update={"text": self.text.model_copy(update=text)})


def load(folder: Path, name: str) -> Wording:
    """The wording `name` under a folder. Raises Misconfigured when it is missing or wrong."""
    path = folder / name / "certificate.toml"
    shown = f"templates/certificates/{name}/certificate.toml"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise Misconfigured(f"{shown} does not exist: HR must add it or name another template in the policy")
    try:
        return Wording.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{shown} is not TOML in UTF-8: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise Misconfigured(f"{shown}: {place}: {first['msg']}") from error
