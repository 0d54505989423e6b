"""Which font draws which character, and small TrueType fonts with just the characters of one document.

The Chinese fonts come as CFF outlines, which reportlab refuses; so the glyphs a document needs, and only
those, are redrawn as quadratic outlines (half a millisecond each; a whole font would take most of a minute).
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib import resources
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Literal

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, TTLibError

from lockstep.ports import Misconfigured, Rejected

Style = Literal["serif", "sans"]
STYLES: tuple[Style, ...] = ("serif", "sans")

_NOTDEF = ".notdef"
_CURVE_ERROR = 1.0  # units of 1/1000 em: not to be seen at any size we print
_CJK_PUNCTUATION = frozenset("·‘’“”…—")  # in both worlds; we print Chinese pages
_SHAPED = frozenset({"Mn", "Mc", "Me"})
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


class Source:
    """A font file on disk. `name` is what documents call it."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self._path = path

    @cached_property
    def _file(self) -> TTFont:
        try:
            # from memory: fontTools never closes a file it reads lazily
            return TTFont(BytesIO(self._path.read_bytes()), lazy=True, fontNumber=0)
        except (OSError, TTLibError) as error:
            raise Misconfigured(
                f"font file {self._path.name} cannot be read ({type(error).__name__}): an operator must"
                " install its package again, or correct the certificate setting `extra_fonts`"
            ) from error

    @cached_property
    def _cmap(self) -> dict[int, str]:
        return self._file.getBestCmap() or {}

    def has(self, char: str) -> bool:
        """Whether this font can draw the character."""
        return ord(char) in self._cmap

    def subset(self, chars: Iterable[str]) -> bytes:
        """A TrueType font of these characters and the space; the same characters give the same bytes."""
        cmap = {ord(c): self._cmap[ord(c)] for c in sorted({*chars, " "})}
        order = [_NOTDEF, *dict.fromkeys(cmap.values())]
        glyphs = self._file.getGlyphSet()
        head, hhea = self._file["head"], self._file["hhea"]
        builder = FontBuilder(head.unitsPerEm, isTTF=True)
        builder.setupGlyphOrder(order)
        builder.setupCharacterMap(cmap)
        builder.setupGlyf({name: self._outline(name, glyphs) for name in order})
        drawn = builder.font["glyf"]
        builder.setupHorizontalMetrics(
            {name: (round(glyphs[name].width), getattr(drawn[name], "xMin", 0)) for name in order}
        )
        builder.setupHorizontalHeader(ascent=hhea.ascent, descent=hhea.descent)
        builder.setupOS2(fsType=self._file["OS/2"].fsType)
        builder.setupNameTable({"familyName": self.name, "styleName": "Regular", "psName": self.name})
        builder.setupPost(keepGlyphNames=False)
        return _saved(builder)

    def _outline(self, name: str, glyphs: Mapping[str, object]) -> object:
        pen = TTGlyphPen(None)
        # PostScript and TrueType outlines run in opposite directions
        quadratic = Cu2QuPen(pen, _CURVE_ERROR, reverse_direction="glyf" not in self._file)
        glyphs[name].draw(DecomposingFilterPen(quadratic, glyphs))  # type: ignore[attr-defined]  # untyped library
        return pen.glyph()


def _saved(builder: FontBuilder) -> bytes:
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    out = BytesIO()
    builder.font.save(out)
    return out.getvalue()


class Library:
    """The installed fonts, and the order in which they are asked for a character."""

    def __init__(self, extra_fonts: Iterable[Path] = ()) -> None:
        chinese, japanese = resources.files("pylopdf_fonts_zh_cn"), resources.files("pylopdf_fonts_cjk")
        western = resources.files("fontpkg_noto_serif") / "files" / "NotoSerif[wdth,wght].ttf"
        self._western = Source("LockstepWestern", Path(str(western)))
        self._sans = Source("LockstepSans", Path(str(chinese / "NotoSansSC-Regular.otf")))
        self._han = [
            Source("LockstepSerif", Path(str(chinese / "NotoSerifSC-Regular.otf"))),
            Source("LockstepRare", Path(str(japanese / "NotoSerifJP-Regular.otf"))),
            *(Source(f"LockstepExtra{i}", path) for i, path in enumerate(extra_fonts)),
        ]

    def source(self, char: str, style: Style) -> Source | None:
        """The font that draws a character in a style; None when none can."""
        return next((source for source in self._order(char, style) if source.has(char)), None)

    def _order(self, char: str, style: Style) -> Iterator[Source]:
        if style == "sans":
            yield self._sans
        if char < "\u3000" and char not in _CJK_PUNCTUATION:
            yield self._western  # whole foreign names in one design: the Chinese fonts lack ş, ł, č
        yield from self._han

    def runs(self, text: str, style: Style) -> list[tuple[str, str]]:
        """A printable text cut where the font changes: (font name, piece)."""
        named = ((source.name, c) for c in text if (source := self.source(c, style)))
        return [(name, "".join(c for _, c in run)) for name, run in groupby(named, key=lambda pair: pair[0])]

    def subsets(self, texts: Iterable[str]) -> dict[str, bytes]:
        """One small font for each source that these texts need in any style, by name."""
        wanted: dict[Source, set[str]] = {}
        for char in sorted(set("".join(texts))):
            for style in STYLES:
                if source := self.source(char, style):
                    wanted.setdefault(source, set()).add(char)
        return {source.name: source.subset(chars) for source, chars in wanted.items()}

    def printable(self, text: str, where: str) -> str:
        """The text as it will be printed. Raises Rejected naming `where` and the character that cannot be."""
        if any(unicodedata.combining(c) for c in text):
            text = unicodedata.normalize("NFC", text)
        text = " ".join(text.split())
        for char in text:
            if problem := self._problem(char):
                raise Rejected(f"certificate, {where}: {_named(char)} {problem}")
        return text

    def _problem(self, char: str) -> str:
        category = unicodedata.category(char)
        if category in _INVISIBLE:
            return "is not a printable character: HR must correct the record"
        if self.source(char, "serif") and category not in _SHAPED and not _right_to_left(char):
            return ""
        if unicodedata.east_asian_width(char) == "W":
            return (
                "is in no installed font: an operator must add a font file that has it to the certificate"
                " setting `extra_fonts` (Debian's fonts-hanazono has nearly every Chinese character)"
            )
        return "is of a script the certificate cannot set: HR must record the passport's Latin line instead"


def _right_to_left(char: str) -> bool:
    return unicodedata.bidirectional(char) in {"R", "AL"}


def _named(char: str) -> str:
    code = f"U+{ord(char):04X}"
    return f"'{char}' ({code})" if char.isprintable() else code
