"""Lines of mixed Chinese and Western text on a reportlab canvas: measured, shrunk to fit, wrapped, drawn."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock

from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from lockstep.adapters.render.fonts import Library, Style
from lockstep.core.base import Frozen

_WORD = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+\s*|.\s*")
_DRAWING = Lock()
_NEVER_FIRST = frozenset(",.;:!?)]，。；：！？、）》】”’…")
_NEVER_LAST = frozenset("([（《【“‘")


class Face(Frozen):
    """How a text looks. Sizes in points; `spacing` is added after each character, `weight` thickens it."""

    size: float
    style: Style = "serif"
    spacing: float = 0.0
    weight: float = 0.0

    def sized(self, size: float) -> "Face":
        """The same face at another size, spacing and weight in proportion."""
        ratio = size / self.size
        return self.model_copy(
            update={"size": size, "spacing": self.spacing * ratio, "weight": self.weight * ratio}
        )


def _to_unicode(name: str, codes: list[int]) -> str:
    """A ToUnicode map in UTF-16BE, so that characters beyond the basic plane are found and copied."""
    pairs = [f"<{i:02X}> <{chr(c).encode('utf-16-be').hex().upper()}>" for i, c in enumerate(codes) if c]
    blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]  # 100 is the format's limit
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            f"/CMapName /{name} def /CMapType 2 def",
            "1 begincodespacerange <00> <FF> endcodespacerange",
            *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    )


rl_config.useA85 = 0  # streams as they are: base 85 makes them a quarter larger
# reportlab 5.1 writes the bare code point, so that 𠮷 (U+20BB7) is drawn well but extracted as ₻ (U+20BB)
ttfonts.makeToUnicodeCMap = _to_unicode


@contextmanager
def fonts_for(library: Library, texts: Iterable[str]) -> Iterator[list[str]]:
    """Small fonts that draw these texts, known to reportlab until the end of the block; yields their names.

    reportlab's table of fonts is global, and its `registerFont` keeps the first font of a name for ever:
    hence one document at a time, and the table itself.
    """
    with _DRAWING:
        names = []
        try:
            for name, content in library.subsets(texts).items():
                pdfmetrics._fonts[name] = ttfonts.TTFont(name, BytesIO(content), asciiReadable=False)  # noqa: SLF001
                names.append(name)
            yield names
        finally:
            for name in names:
                del pdfmetrics._fonts[name]  # noqa: SLF001


class Typesetter:
    """Sets text on one canvas, in the fonts of its `fonts_for` block."""

    def __init__(self, library: Library, canvas: Canvas) -> None:
        self._library = library
        self._canvas = canvas

    def _runs(self, text: str, style: Style) -> list[tuple[str, str]]:
        runs = self._library.runs(text, style)
        for name, piece in runs:
            if not {ord(c) for c in piece} <= pdfmetrics.getFont(name).face.charToGlyph.keys():
                raise LookupError(f"a text drawn in {name} was not among the texts of this document")
        return runs

    def width(self, text: str, face: Face) -> float:
        """In points, without the spacing after the last character."""
        runs = self._runs(text, face.style)
        letters = sum(float(pdfmetrics.stringWidth(piece, name, face.size)) for name, piece in runs)
        return letters + face.spacing * max(len(text) - 1, 0)

    def fitted(self, text: str, face: Face, width: float) -> Face:
        """The face at the largest size, not above its own, at which the text is no wider than `width`."""
        natural = self.width(text, face)
        return face if natural <= width else face.sized(face.size * width / natural)

    def wrapped(self, text: str, face: Face, width: float) -> list[str]:
        """Lines no wider than `width`, as even as can be: cut between Han characters and Western words."""
        lines = self._broken(text, face, width)
        for narrower in range(int(width) - 10, 0, -10):
            tighter = self._broken(text, face, narrower)
            if len(tighter) > len(lines):
                break
            lines = tighter
        return lines

    def _broken(self, text: str, face: Face, width: float) -> list[str]:
        lines, line = [], ""
        for word in self._words(text, face, width):
            full = self.width((line + word).rstrip(), face) > width
            if line and full and word[0] not in _NEVER_FIRST and line[-1] not in _NEVER_LAST:
                lines.append(line.rstrip())
                line = ""
            line += word
        return [*lines, line.rstrip()] if line.strip() else lines

    def _words(self, text: str, face: Face, width: float) -> Iterable[str]:
        for word in _WORD.findall(text):
            if self.width(word.rstrip(), face) <= width:
                yield word
            else:
                yield from word  # a word longer than the line is broken anywhere

    def left(self, x: float, y: float, text: str, face: Face, colour: Color) -> None:
        """Draw with the left end at x; y is the base line."""
        canvas = self._canvas
        ink = canvas.beginText(x, y)
        ink.setFillColor(colour)
        ink.setStrokeColor(colour)
        ink.setCharSpace(face.spacing)
        ink.setTextRenderMode(2 if face.weight else 0)
        for name, piece in self._runs(text, face.style):
            ink.setFont(name, face.size)
            ink.textOut(piece)
        canvas.saveState()
        canvas.setLineWidth(face.weight)
        canvas.setLineJoin(1)
        # wide spacing reads as blanks between letters; ActualText keeps 王小芳 one word to search for
        canvas.addLiteral(f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>>> BDC")
        canvas.drawText(ink)
        canvas.addLiteral("EMC")
        canvas.restoreState()

    def centred(self, x: float, y: float, text: str, face: Face, colour: Color) -> None:
        """Draw with the middle at x."""
        self.left(x - self.width(text, face) / 2, y, text, face, colour)

    def right(self, x: float, y: float, text: str, face: Face, colour: Color) -> None:
        """Draw with the right end at x."""
        self.left(x - self.width(text, face), y, text, face, colour)
