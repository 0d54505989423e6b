"""Excel workbooks for tests: written by openpyxl, or bent afterwards into what other programs write."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"
STYLES = "xl/styles.xml"
TYPES = "[Content_Types].xml"


def book(*rows: list[Any], formats: dict[str, str] | None = None, title: str = "名单") -> bytes:
    """A workbook of one sheet; `formats` are number formats by address."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for address, shown in (formats or {}).items():
        sheet[address].number_format = shown
    return saved(made)


def saved(made: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def parts(raw: bytes) -> dict[str, bytes]:
    """The files in the archive."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    """An archive of these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def bent(raw: bytes, part: str, *changes: tuple[str, str]) -> bytes:
    """The workbook with texts in one of its parts replaced, each of them there once at least."""
    files = parts(raw)
    # canonical: openpyxl writes empty elements and Chinese otherwise where lxml is installed
    text = ET.canonicalize(files[part].decode())
    for old, new in changes:
        assert old in text, f"{old} is not in {part}: {text}"
        text = text.replace(old, new)
    return packed(files | {part: text.encode()})


def without(raw: bytes, names: Iterable[str]) -> bytes:
    """The workbook without some of its parts."""
    return packed({name: content for name, content in parts(raw).items() if name not in set(names)})
