"""Workbooks that are broken, hostile or of another program: read whole, or refused in one sentence."""

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lockstep.authoring.problems import Problem, Severity
from lockstep.intake import sentences as say
from lockstep.intake.faults import UnreadableFileError
from lockstep.intake.read import File, read_file
from lockstep.intake.sheet import Sheet
from tests.intake.books import SHEET, STYLES, TYPES, bent, book, packed, parts, saved, without

KNOWN = frozenset({"工号", "姓名"})
ROWS = [["工号", "姓名"], ["E1", "王"], ["E2", "李"]]
GOOD = book(*ROWS)
CELLS = [("E1", "王"), ("E2", "李")]


def read(raw: bytes) -> Sheet:
    return File("x.xlsx", raw).sheet(KNOWN)


def cells(raw: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read(raw).rows]


def refused(raw: bytes) -> Problem:
    with pytest.raises(UnreadableFileError) as caught:
        read(raw)
    [problem] = caught.value.problems
    return problem


def declaring(raw: bytes, size: int) -> bytes:
    """The archive whose last entry says it is `size` bytes large when unpacked."""
    entry = raw.rindex(b"PK\x01\x02")
    return raw[: entry + 24] + struct.pack("<I", size) + raw[entry + 28 :]


def marked(raw: bytes, flag: int, method: int | None = None) -> bytes:
    """The archive whose every entry has a flag set, and perhaps another method of compression."""
    found, changed = -1, bytearray(raw)
    while (found := raw.find(b"PK\x01\x02", found + 1)) >= 0:
        changed[found + 8] |= flag
        if method is not None:
            changed[found + 10] = method
    found = -1
    while (found := raw.find(b"PK\x03\x04", found + 1)) >= 0:
        changed[found + 6] |= flag
        if method is not None:
            changed[found + 8] = method
    return bytes(changed)


def scratched(raw: bytes) -> bytes:
    """The archive with the middle of the sheet's packed bytes overwritten."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        start = archive.getinfo(SHEET).header_offset + 30 + len(SHEET)
    return raw[: start + 20] + b"\xff" * 40 + raw[start + 60 :]


_XML = "ParseError|XMLSyntaxError"  # of Python itself, or of lxml where that is installed
DAMAGED = [
    pytest.param(GOOD[: len(GOOD) // 2], "BadZipFile", id="cut off"),
    pytest.param(b"PK\x03\x04 and nothing", "BadZipFile", id="no archive"),
    pytest.param(scratched(GOOD), "error", id="packed bytes overwritten"),
    pytest.param(declaring(GOOD, 10), "BadZipFile", id="larger than it says"),
    pytest.param(packed({"word/document.xml": b"<w/>"}), "KeyError", id="a Word document"),
    pytest.param(without(GOOD, [SHEET]), "LookupError", id="the sheet left out"),
    pytest.param(packed(parts(GOOD) | {SHEET: b"<worksheet"}), _XML, id="XML cut off"),
    pytest.param(packed(parts(GOOD) | {"xl/workbook.xml": b""}), _XML, id="XML gone"),
    pytest.param(bent(GOOD, SHEET, ('r="A2"', 'r="2A"')), "ValueError", id="no such address"),
    pytest.param(bent(GOOD, SHEET, ('<row r="3"', '<row r="99999999999"')), "ValueError", id="no such row"),
    pytest.param(marked(GOOD, 1), "RuntimeError", id="encrypted"),
    pytest.param(marked(GOOD, 0, method=99), "NotImplementedError", id="packed in a way nobody knows"),
]


@pytest.mark.parametrize(("raw", "reason"), DAMAGED)
def test_a_damaged_workbook_is_refused_in_one_sentence(raw: bytes, reason: str) -> None:
    problem = refused(raw)
    assert (problem.code, problem.line, problem.is_error) == ("file.broken_excel", 1, True)
    named = problem.en.partition("(")[2].partition(")")[0]
    assert named in reason.split("|")
    assert problem.zh == f"Excel 文件已损坏（{named}）；请用 Excel 打开后重新保存"
    assert problem.en == f"The Excel file is damaged ({named}); open it in Excel and save it again"


@settings(max_examples=300)
@given(st.integers(4, len(GOOD) - 1), st.integers(0, 255))
def test_one_wrong_byte_is_noticed_or_does_no_harm(at: int, byte: int) -> None:
    raw = GOOD[:at] + bytes([byte]) + GOOD[at + 1 :]
    try:
        assert cells(raw) == CELLS
    except UnreadableFileError:
        assert refused(raw).code in ("file.broken_excel", "file.too_big")


def test_an_archive_that_unpacks_into_a_flood_is_not_unpacked() -> None:
    *others, _ = (len(content) for content in parts(GOOD).values())
    most = 256 * 1024**2 - sum(others)
    assert cells(declaring(GOOD, most)) == CELLS
    problem = refused(declaring(GOOD, most + 1))
    assert (problem.code, problem.line) == ("file.too_big", 1)
    assert problem.zh == "文件超过 256 MB 上限；请拆成几个文件"
    assert problem.en == "The file is over the limit of 256 MB; split it into several"


def test_an_old_or_locked_workbook_is_told_from_a_text() -> None:
    problem = refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    assert (problem.code, problem.line) == ("file.old_excel", 1)
    assert problem.zh == "这是旧版 .xls 文件，或加了密码；请另存为不带密码的 .xlsx 或 CSV"
    assert problem.en == (
        "This is an old .xls file or one with a password; save it as .xlsx without a password, or as CSV"
    )


@pytest.mark.parametrize("rows", [[], [[None]], [["", " "]]])
def test_an_empty_sheet_is_an_empty_file(rows: list[list[str | None]]) -> None:
    assert refused(book(*rows)) == say.EMPTY.at(line=1)


def test_a_header_alone_is_no_file_of_hires() -> None:
    assert refused(book([], ["工号", "姓名"])) == say.ONLY_HEADER.at(line=2)


def several(*states: str) -> bytes:
    made = openpyxl.Workbook()
    for number, state in enumerate(states):
        sheet = made.create_sheet(f"第{number}页")
        sheet.sheet_state = state
        for row in ROWS:
            sheet.append([*row[:1], f"{row[1]}{number}" if row[0] != "工号" else row[1]])
    made.remove(made.worksheets[0])
    return saved(made)


@pytest.mark.parametrize(
    ("states", "used", "others"),
    [
        (("visible",), 0, 0),
        (("visible", "hidden"), 0, 0),
        (("hidden", "visible"), 1, 0),
        (("veryHidden", "visible", "hidden", "visible", "visible"), 1, 2),
    ],
)
def test_the_first_visible_sheet_is_read(states: tuple[str, ...], used: int, others: int) -> None:
    sheet = read(several(*states))
    assert [row.cells for row in sheet.rows] == [("E1", f"王{used}"), ("E2", f"李{used}")]
    assert len(sheet.problems) == (1 if others else 0)
    for problem in sheet.problems:
        assert (problem.code, problem.severity) == ("file.sheets", Severity.WARNING)
        assert problem.zh == f"只读取第一张可见工作表“第{used}页”；其余 {others} 张不读"
        assert problem.en == f"Only the first visible sheet, 第{used}页, is read; the other {others} are not"


def test_a_workbook_whose_sheets_are_all_hidden_is_empty() -> None:
    raw = bent(GOOD, "xl/workbook.xml", ('state="visible"', 'state="hidden"'))
    assert refused(raw) == say.EMPTY.at(line=1)


@pytest.mark.parametrize("said", ["A1", "A1:B2", "A1:A3", "C9:D12"])
def test_no_row_is_lost_where_the_sheet_understates_its_size(said: str) -> None:
    assert cells(bent(GOOD, SHEET, ('<dimension ref="A1:B3">', f'<dimension ref="{said}">'))) == CELLS


def test_a_sheet_that_says_nothing_of_its_size_is_read() -> None:
    assert cells(bent(GOOD, SHEET, ('<dimension ref="A1:B3"></dimension>', ""))) == CELLS


def test_a_format_that_reaches_to_the_last_row_adds_none() -> None:
    last = '<row r="1048576"><c r="A1048576"/></row></sheetData>'
    assert cells(bent(GOOD, SHEET, ("</sheetData>", last))) == CELLS


def test_texts_kept_apart_from_the_sheet_are_read() -> None:
    # as Excel itself writes them; a text in several fonts is in pieces, and one may say how it is pronounced
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>王</t></si>'
        '<si><r><t>欧</t></r><r><t>阳</t></r><rPh sb="0" eb="1"><t>ouyang</t></rPh></si></sst>'
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    listed = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    raw = bent(
        bent(GOOD, TYPES, ("</Types>", listed)), SHEET,
        ('<c r="B2" t="inlineStr"><is><t>王</t></is></c>', '<c r="B2" t="s"><v>1</v></c>'),
        ('<c r="B3" t="inlineStr"><is><t>李</t></is></c>', '<c r="B3" t="s"><v>0</v></c>'),
    )  # fmt: skip
    raw = packed(parts(raw) | {"xl/sharedStrings.xml": strings.encode()})
    assert cells(raw) == [("E1", "欧阳"), ("E2", "王")]
    assert refused(bent(raw, SHEET, ("<v>1</v>", "<v>7</v>"))).code == "file.broken_excel"


def test_what_openpyxl_would_lose_on_saving_is_no_concern() -> None:
    # a list to choose from, as Excel keeps it since 2010; openpyxl warns of it, and warnings fail this test
    extended = '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    assert cells(bent(GOOD, SHEET, ("</worksheet>", extended))) == CELLS
    assert cells(without(GOOD, [STYLES])) == CELLS


@pytest.mark.parametrize("name", ["x.csv", "x.txt", "x.xls", "x"])
def test_a_workbook_is_known_by_its_bytes_whatever_it_is_called(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(GOOD)
    file = read_file(path)
    assert (file.name, [row.cells for row in file.sheet(KNOWN).rows]) == (name, CELLS)
