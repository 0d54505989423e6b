"""A file's bytes to text: UTF-8 with or without its mark, or GBK. Anything else is refused, not guessed."""

import re

from lockstep.intake import sentences as say
from lockstep.intake.faults import UnreadableFileError, WrongValueError

_MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LOST = re.compile("[\ufffd\ud800-\udfff]")  # what stands for a lost one, or half of one
# Of real GBK text nearly every sign is common; of Big5, Shift_JIS or Latin-1 read as GBK less than half are
# (tests/intake/test_decode.py measures both). EUC-JP and EUC-KR cannot be told from it in this way: they
# write their everyday signs with the same bytes. Their headings are none that we know.
_COMMON_ENOUGH = 0.6


def decode(raw: bytes) -> str:
    """The text. Raises UnreadableFileError with the sentence why not."""
    if raw.startswith(_MARKS_OF_UTF16):
        raise UnreadableFileError(say.UTF16.at(line=1))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        text = _gbk(raw, bad.start)
    _refuse_flaw(text)
    return text


def _gbk(raw: bytes, first_bad: int) -> str:
    not_text = UnreadableFileError(say.NOT_TEXT.at(line=raw.count(b"\n", 0, first_bad) + 1))
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        raise not_text from None
    foreign = [char for char in text if char > "\x7f"]
    common = sum(1 for char in foreign if _is_common(char))
    if common < _COMMON_ENOUGH * len(foreign):
        raise not_text
    return text


def _is_common(char: str) -> bool:
    """Whether the sign is in the first level of GB 2312: the 3,755 everyday ideographs, or punctuation."""
    try:
        first = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return first in (0xA1, 0xA3) or 0xB0 <= first <= 0xD7


def flaw(text: str) -> tuple[int, WrongValueError] | None:
    """Where the first sign is that nobody typed, and the sentence about it."""
    if found := _CONTROL.search(text):
        return found.start(), WrongValueError(say.CONTROL_CHARACTER, code=f"U+{ord(found.group()):04X}")
    if found := _LOST.search(text):
        return found.start(), WrongValueError(say.LOST_CHARACTER)
    return None


def _refuse_flaw(text: str) -> None:
    if found := flaw(text):
        at, wrong = found
        line = len(re.findall("\r\n|\r|\n", text[:at])) + 1
        raise UnreadableFileError(wrong.at(line, ""))
