"""Where things stand on a certificate. Points from the lower left corner of a landscape A4 page."""

from reportlab.lib.colors import linearlyInterpolatedColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from lockstep.adapters.render import ornament
from lockstep.adapters.render.table import LABEL, CourseTable, TableInks
from lockstep.adapters.render.typeset import Face, Typesetter
from lockstep.adapters.render.wording import Wording
from lockstep.ports import CertificateFacts

SIZE = landscape(A4)
SIGNATURE_BOX = (486.0, 56.0, 120.0, 72.0)
"""Where the employee's signature goes: x, y, width, height."""
SEAL_BOX = (622.0, 56.0, 120.0, 72.0)
"""Where the employer's seal goes: x, y, width, height."""

_WIDTH, _HEIGHT = SIZE
_MIDDLE = _WIDTH / 2
_MARGIN = 22.0
_COLUMN = 642.0  # width of the course table and of everything set beside it
_LEFT, _RIGHT = _MIDDLE - _COLUMN / 2, _MIDDLE + _COLUMN / 2
_ROWS, _ANNEX_ROWS = 8, 20
_FOOT = 146.0  # the table ends above

_TITLE = Face(size=40, spacing=12, weight=0.9)
_SUBTITLE = Face(size=12.5, spacing=3)
_NAME = Face(size=30, spacing=1.5, weight=0.3)
_LEAST_NAME = 13.0  # a longer name is set in two lines
_BODY_ZH = Face(size=12.5)
_BODY_EN = Face(size=9.5)
_NOTE = Face(size=8.5)


class Page:
    """Draws one certificate."""

    def __init__(self, setter: Typesetter, canvas: Canvas, words: Wording, facts: CertificateFacts) -> None:
        self._set, self._canvas, self._facts = setter, canvas, facts
        self._text, self._labels = words.text, words.labels
        self._accent, self._gold, self._ink, self._quiet, self._paper = (
            words.colours.colour(name) for name in ("accent", "gold", "ink", "quiet", "paper")
        )
        inks = TableInks(self._accent, self._gold, self._ink, self._quiet)
        self._table = CourseTable(setter, canvas, words.labels, inks, (_LEFT, _RIGHT))

    def draw(self) -> None:
        """The first page, and an annex for the courses that do not fit on it."""
        courses = self._facts.courses
        self._define_sheet()
        self._sheet()
        self._heading()
        end = self._person()
        columns = self._table.columns(courses)
        self._table.draw(courses[:_ROWS], columns, 1, end - 10, _FOOT)
        if len(courses) > _ROWS:
            note = f"{self._text.annex_zh} {self._text.annex_en}"
            self._set.right(_RIGHT, _FOOT - 10, note, LABEL, self._quiet)
        self._footer()
        self._canvas.showPage()
        for start in range(_ROWS, len(courses), _ANNEX_ROWS):
            self._sheet()
            self._set.centred(_MIDDLE, 506, self._facts.title_zh, self._title(20), self._accent)
            self._name(13, 484)
            self._table.draw(courses[start : start + _ANNEX_ROWS], columns, start + 1, 466, 62)
            self._canvas.showPage()

    def _define_sheet(self) -> None:
        faint = linearlyInterpolatedColor(self._paper, self._gold, 0, 1, 0.2)
        inks = ornament.Inks(self._accent, self._gold, faint, self._paper)
        self._background = ornament.sheet(self._canvas, SIZE, _MARGIN, inks)

    def _sheet(self) -> None:
        self._canvas.doForm(self._background)
        number = f"{self._labels.number} {self._facts.number}"
        self._set.right(_RIGHT, 537, number, self._set.fitted(number, LABEL, _COLUMN), self._quiet)

    def _title(self, size: float) -> Face:
        return self._set.fitted(self._facts.title_zh, _TITLE.sized(size), _COLUMN)

    def _name(self, size: float, middle: float) -> None:
        name = self._facts.name
        airy = len(name) <= 4  # a short Chinese name is set wide
        face = _NAME.model_copy(update={"spacing": 9.0 if airy else _NAME.spacing}).sized(size)
        fitted = self._set.fitted(name, face, _COLUMN)
        if fitted.size >= _LEAST_NAME:
            self._set.centred(_MIDDLE, middle, name, fitted, self._ink)
            return
        lines = self._set.wrapped(name, face.sized(_LEAST_NAME), _COLUMN)
        small = face.sized(_LEAST_NAME * min(1.0, 2 / len(lines)))
        for i, line in enumerate(lines):
            self._set.centred(_MIDDLE, middle + 13 - i * small.size * 1.3, line, small, self._ink)

    def _heading(self) -> None:
        self._set.centred(_MIDDLE, 484, self._facts.title_zh, self._title(_TITLE.size), self._accent)
        english = self._facts.title_en.upper()
        self._set.centred(_MIDDLE, 458, english, self._set.fitted(english, _SUBTITLE, _COLUMN), self._gold)
        ornament.divider(self._canvas, (_MIDDLE, 443), 150, self._gold)

    def _person(self) -> float:
        lead = f"{self._text.lead_zh} · {self._text.lead_en}"
        self._set.centred(_MIDDLE, 420, lead, _BODY_EN, self._quiet)
        self._name(_NAME.size, 387)
        self._canvas.setStrokeColor(self._gold)
        self._canvas.setLineWidth(0.5)
        self._canvas.line(_MIDDLE - 190, 377, _MIDDLE + 190, 377)
        number = f"{self._labels.employee_id} {self._facts.employee_id}"
        self._set.centred(_MIDDLE, 364, number, self._set.fitted(number, LABEL, _COLUMN), self._quiet)
        y = 362.0
        for text, face, leading, colour in (
            (self._text.body_zh, _BODY_ZH, 19.0, self._ink),
            (self._text.body_en, _BODY_EN, 14.0, self._quiet),
        ):
            for line in self._set.wrapped(text, face, _COLUMN - 40):
                y -= leading
                self._set.centred(_MIDDLE, y, line, face, colour)
        return y

    def _footer(self) -> None:
        facts, labels = self._facts, self._labels
        until = facts.valid_until.isoformat() if facts.valid_until else labels.no_expiry
        rows = (
            (labels.issued_on, facts.issued_on.isoformat()),
            (labels.valid_until, until),
            (labels.policy, f"{facts.policy_id} · {facts.policy_version}"),
            (labels.fingerprint, facts.policy_hash.removeprefix("sha256:")[:16]),
        )
        y = 116.0
        for label, value in rows:
            self._set.left(_LEFT, y, label, LABEL, self._quiet)
            self._set.left(_LEFT + 116, y, value, self._set.fitted(value, _NOTE, 270), self._ink)
            y -= 17
        for box, label in ((SIGNATURE_BOX, labels.signature), (SEAL_BOX, labels.seal)):
            self._box(box, label)

    def _box(self, box: tuple[float, float, float, float], label: str) -> None:
        x, y, width, height = box
        self._canvas.setStrokeColor(self._gold)
        self._canvas.setLineWidth(0.6)
        self._canvas.setDash(2, 2)
        self._canvas.rect(x, y, width, height)
        self._canvas.setDash()
        self._set.left(x + 6, y + height - 11, label, LABEL, self._quiet)
        self._set.centred(x + width / 2, y + height / 2 - 8, self._labels.unsigned, _NOTE, self._accent)
