"""培训合格证书: a landscape A4 page (an annex when the courses need one); same facts, same bytes."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict
from reportlab.pdfgen.canvas import Canvas

from lockstep.adapters.render.fonts import Library
from lockstep.adapters.render.page import SIZE, Page
from lockstep.adapters.render.typeset import Typesetter, fonts_for
from lockstep.adapters.render.wording import Wording, load
from lockstep.ports import CertificateFacts, CertificateLine

_FACT_TEXTS = (
    *("number", "employee_id", "name", "entity_name", "title_zh", "title_en", "post"),
    *("policy_id", "policy_version", "policy_hash"),
)
_LINE_TEXTS = ("title_zh", "title_en")
_OWN_TEXT = "0123456789.-—·"  # dates, scores, row numbers


class CertificateSettings(BaseModel):
    """Where the certificate templates are, and font files that are asked last, for rare characters."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: Path = Path("templates/certificates")
    extra_fonts: tuple[Path, ...] = ()


class CertificateRenderer:
    """Draws certificates; every font they use is embedded, with only the characters in use."""

    settings_model: ClassVar = CertificateSettings

    def __init__(self, settings: CertificateSettings) -> None:
        self._folder = settings.folder
        self._library = Library(settings.extra_fonts)

    @classmethod
    def build(cls, settings: CertificateSettings) -> Self:
        """What wiring calls."""
        return cls(settings)

    def render(self, facts: CertificateFacts) -> bytes:
        """The PDF. Raises Rejected naming any character no font can draw."""
        words = load(self._folder, facts.template)
        facts = self._printable(facts)
        words = words.filled(facts)
        texts = [*_fact_texts(facts), *self._template_texts(words), _OWN_TEXT]
        out = BytesIO()
        with fonts_for(self._library, texts) as fonts:
            canvas = _canvas(out, facts, fonts[0])
            Page(Typesetter(self._library, canvas), canvas, words, facts).draw()
            canvas.save()
        return out.getvalue()

    def _printable(self, facts: CertificateFacts) -> CertificateFacts:
        def clean(
            what: CertificateFacts | CertificateLine, fields: tuple[str, ...], at: str
        ) -> dict[str, str]:
            return {name: self._library.printable(getattr(what, name), at + name) for name in fields}

        lines = tuple(
            line.model_copy(update=clean(line, _LINE_TEXTS, f"course {number}, "))
            for number, line in enumerate(facts.courses, 1)
        )
        return facts.model_copy(update={**clean(facts, _FACT_TEXTS, ""), "courses": lines})

    def _template_texts(self, words: Wording) -> list[str]:
        texts = {**words.text.model_dump(), **words.labels.model_dump()}
        return [self._library.printable(text, f"template line {name}") for name, text in texts.items()]


def _fact_texts(facts: CertificateFacts) -> list[str]:
    texts = [getattr(facts, name) for name in _FACT_TEXTS] + [facts.title_en.upper()]
    return texts + [getattr(line, name) for line in facts.courses for name in _LINE_TEXTS]


def _canvas(out: BytesIO, facts: CertificateFacts, font: str) -> Canvas:
    # the first font of our own: reportlab would otherwise name Helvetica, which is not embedded
    canvas = Canvas(out, pagesize=SIZE, pageCompression=1, invariant=1, initialFontName=font, lang="zh-CN")
    canvas.setTitle(f"{facts.title_zh} {facts.number}")
    canvas.setAuthor(facts.entity_name)
    canvas.setSubject(facts.title_en)
    canvas.setCreator("Lockstep")
    # the environment may carry SOURCE_DATE_EPOCH: neither it nor a clock may change a certificate's bytes
    canvas.setDateFormatter(lambda *_: f"D:{facts.issued_on:%Y%m%d}000000+08'00'")
    canvas._doc.signature = sha256(facts.model_dump_json().encode())  # noqa: SLF001  # no public way to the file id
    return canvas
