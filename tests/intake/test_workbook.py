"""An Excel workbook to texts: each cell as somebody would type it, or its sentence with its address."""

from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.formula import ArrayFormula

from lockstep.authoring.problems import Problem
from lockstep.intake import sentences as say
from lockstep.intake.sheet import FAULTY, Sheet
from lockstep.intake.workbook import read_workbook
from tests.intake.books import SHEET, STYLES, bent, book, saved

KNOWN = frozenset({"工号", "值"})


def read(raw: bytes) -> Sheet:
    return read_workbook(raw, KNOWN)


def told(raw: bytes) -> list[Problem]:
    return list(read(raw).problems)


@pytest.mark.parametrize(
    ("value", "shown", "text"),
    [
        ("E1", "General", "E1"),
        (" 欧阳𠮷\u3000", "General", "欧阳𠮷"),
        ("王\n建国", "General", "王\n建国"),
        (None, "General", ""),
        ("", "General", ""),
        (42, "General", "42"),
        (42, "0", "42"),
        (42, "00000", "00042"),
        (123456, "00000", "123456"),
        (42, '"E"00000', "E00042"),
        (-42, "00000", "-42"),
        (42, "0.00", "42"),
        (42, "#,##0", "42"),
        ("00042", "@", "00042"),
        (0, "General", "0"),
        (-5, "General", "-5"),
        (13800138000, "General", "13800138000"),
        (13800138000, "0.00E+00", "13800138000"),
        (6500.5, "General", "6500.5"),
        (18888.88, "#,##0.00", "18888.88"),
        (6200 * 1.1, "General", "6820"),
        (0.1 + 0.2, "General", "0.3"),
        (6500.123, "0", "6500.123"),
        (0.5, "0%", "0.5"),
        (date(2026, 11, 2), "yyyy-mm-dd", "2026-11-02"),
        (date(2026, 11, 2), 'yyyy"年"m"月"d"日"', "2026-11-02"),
        (date(2026, 11, 2), "mm-dd-yy", "2026-11-02"),
        (date(2026, 11, 2), "[$-804]yyyy/m/d;@", "2026-11-02"),
        (datetime(2026, 11, 2, 8, 30), "yyyy-mm-dd hh:mm", "2026-11-02"),  # noqa: DTZ001 - Excel has no zone
        (46328, "yyyy-mm-dd", "2026-11-02"),
        (46328, "General", "46328"),
    ],
)
def test_a_cell_is_read_as_somebody_would_type_it(value: Any, shown: str, text: str) -> None:
    sheet = read(book(["工号", "值", "末"], ["E1", value, "x"], formats={"B2": shown}))
    assert (sheet.problems, [row.cells for row in sheet.rows]) == ((), [("E1", text, "x")])


@pytest.mark.parametrize(
    ("number", "shown", "text"),
    [("42.0", "00000", "00042"), ("1.3800138E10", "0", "13800138000"), ("6500.0", "0.00", "6500")],
)
def test_whole_numbers_are_read_alike_whatever_program_wrote_them(number: str, shown: str, text: str) -> None:
    raw = book(["工号", "值"], ["E1", 4711], formats={"B2": shown})
    assert read(bent(raw, SHEET, ("<v>4711</v>", f"<v>{number}</v>"))).rows[0].cells == ("E1", text)


@pytest.mark.parametrize("number", [27, 30, 31, 36, 50, 55, 57, 58])
def test_dates_in_the_formats_of_a_chinese_excel_are_dates(number: int) -> None:
    # such a format has a number and no code in the file: 31 is yyyy"年"m"月"d"日"
    raw = book(["工号", "值"], ["E1", 46328], ["E2", 46328.5], formats={"B2": "0.00", "B3": "0.00"})
    chinese = bent(raw, STYLES, ('numFmtId="2"', f'numFmtId="{number}"'))
    assert [row.cells[1] for row in read(chinese).rows] == ["2026-11-02", "2026-11-02"]


@pytest.mark.parametrize(("number", "text"), [("99999999", "99999999"), ("-1", "1899-12-29")])
def test_a_number_no_calendar_has_stays_one(number: str, text: str) -> None:
    raw = book(["工号", "值"], ["E1", int(number)], formats={"B2": "0.00"})
    chinese = bent(raw, STYLES, ('numFmtId="2"', 'numFmtId="31"'))
    assert (read(chinese).rows[0].cells, told(chinese)) == (("E1", text), [])


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.worksheets[0].append(["工号", "值"])
    made.worksheets[0].append(["E1", date(2026, 11, 2)])
    assert read(saved(made)).rows[0].cells == ("E1", "2026-11-02")
    made.worksheets[0]["B2"] = 46328 - 1462
    made.worksheets[0]["B2"].number_format = "0.00"
    chinese = bent(saved(made), STYLES, ('numFmtId="2"', 'numFmtId="31"'))
    assert read(chinese).rows[0].cells == ("E1", "2026-11-02")


@pytest.mark.parametrize("value", [True, False, time(8, 30), timedelta(hours=30)])
def test_a_time_of_day_and_true_or_false_cannot_stand_anywhere(value: Any) -> None:
    sheet = read(book(["工号", "值"], ["E1", value]))
    assert sheet.rows[0].cells == ("E1", FAULTY)
    assert sheet.problems == (say.WRONG_KIND.at(line=2, column="B2"),)
    assert sheet.problems[0].zh == "B2：这里不能是时间或是/否；请写成文字"
    assert sheet.problems[0].en == "B2: a time of day or true/false cannot stand here; write text"


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "=A1", '=HYPERLINK("http://example.com")', "=", ArrayFormula("B2:B2", "=SUM(A1:A1)")],
)
def test_a_formula_is_refused_by_its_cell(formula: Any) -> None:
    raw = book(["工号", "值", "末"], ["E1", formula, "x"])
    if formula == "=":  # which openpyxl writes as text
        raw = bent(raw, SHEET, ('<c r="B2" t="inlineStr"><is><t>=</t></is></c>', '<c r="B2"><f></f></c>'))
    sheet = read(raw)
    assert sheet.rows[0].cells == ("E1", FAULTY, "x")
    [problem] = sheet.problems
    assert (problem.code, problem.line, problem.is_error) == ("cell.formula", 2, True)
    assert problem.zh == "B2：是公式；请“复制、选择性粘贴为数值”后再导入"
    assert problem.en == "B2: is a formula; copy and paste it as a value first"


def test_a_formula_is_refused_though_its_value_is_in_the_file() -> None:
    raw = bent(book(["工号", "值"], ["E1", "=1+1"]), SHEET, ("<v></v>", "<v>2</v>"))
    assert told(raw) == [say.FORMULA_CELL.at(line=2, column="B2")]


def test_formulas_that_share_one_text_are_each_refused() -> None:
    raw = book(["工号", "值"], ["E1", "=A1"], ["E2", "=A2"])
    first, second = '<f t="shared" ref="B2:B3" si="0">A1</f>', '<f t="shared" si="0"/>'
    shared = bent(raw, SHEET, ("<f>A1</f>", first), ("<f>A2</f>", second))
    assert told(shared) == [say.FORMULA_CELL.at(line=line, column=f"B{line}") for line in (2, 3)]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?"])
def test_an_error_of_the_spreadsheet_is_refused_by_its_cell(error: str) -> None:
    [problem] = told(book(["工号", "值"], [], ["E1", error]))
    assert (problem.code, problem.line) == ("cell.error", 3)
    assert problem.zh == f"B3：是表格错误值 {error}；请改正"
    assert problem.en == f"B3: holds the spreadsheet error {error}; mend it"


def test_a_date_no_calendar_has_is_an_error_of_the_spreadsheet() -> None:
    raw = book(["工号", "值"], ["E1", 99999999], formats={"B2": "yyyy-mm-dd"})
    assert told(raw) == [say.ERROR_CELL.at(line=2, column="B2", value="#VALUE!")]


def test_a_formula_among_the_headings_is_told_once() -> None:
    sheet = read(book(["工号", "=A1", "值"], ["E1", "x", "y"]))
    assert sheet.problems == (say.FORMULA_CELL.at(line=1, column="B1"),)
    assert sheet.header.cells == ("工号", "", "值")


def test_a_number_among_the_headings_is_read() -> None:
    assert read(book(["工号", 2026, date(2026, 11, 2)], ["E1", 1, 2])).header.cells == (
        "工号",
        "2026",
        "2026-11-02",
    )


def test_rows_keep_their_numbers_and_their_columns() -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet["A1"], sheet["C3"], sheet["E3"] = "新员工名单", "工号", "值"
    sheet["C7"], sheet["E7"], sheet["E9"] = "E1", "x", "y"
    found = read(saved(made))
    assert (found.header.line, found.header.cells) == (3, ("", "", "工号", "", "值"))
    assert [(row.line, row.cells) for row in found.rows] == [
        (7, ("", "", "E1", "", "x")),
        (9, ("", "", "", "", "y")),
    ]
    assert found.addressed
    assert found.place(found.rows[0], 2) == "工号 (C7)"


def test_cells_left_out_at_the_end_of_a_row_are_empty() -> None:
    rows = read(book(["工号", "名", "值"], ["E1"], ["E2", "x", "y", "z"])).rows
    assert [row.cells for row in rows] == [("E1", "", ""), ("E2", "x", "y", "z")]
