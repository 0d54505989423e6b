"""CSV text to rows: its delimiter, its quotes, and the line each row starts on."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockstep.authoring.problems import Problem
from lockstep.intake.delimited import read_delimited
from lockstep.intake.faults import UnreadableFileError
from lockstep.intake.sheet import Sheet

KNOWN = frozenset({"工号", "姓名", "岗位", "employeeid", "name"})
Cells = tuple[str, ...]


def lines(sheet: Sheet) -> list[tuple[int, Cells]]:
    return [(row.line, row.cells) for row in sheet.rows]


def refused(text: str) -> Problem:
    with pytest.raises(UnreadableFileError) as caught:
        read_delimited(text, KNOWN)
    [problem] = caught.value.problems
    return problem


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，"])
def test_the_delimiter_is_the_one_that_makes_a_header_we_know(delimiter: str) -> None:
    others = "".join({",", ";", "|", "，"} - {delimiter})
    rows = [("工号", "姓名", "岗位"), ("E1", f"王{others}", "operator"), ("E2", "李", "welder")]
    sheet = read_delimited("\n".join(delimiter.join(row) for row in rows), KNOWN)
    assert sheet.header.cells == rows[0]
    assert lines(sheet) == [(2, rows[1]), (3, rows[2])]
    assert (sheet.addressed, sheet.problems) == (False, ())


def test_a_file_of_one_column_is_read() -> None:
    sheet = read_delimited("工号\nE1\nE2\n", KNOWN)
    assert (sheet.header.cells, lines(sheet)) == (("工号",), [(2, ("E1",)), (3, ("E2",))])


READ = [
    pytest.param('E1,"王,建国",x', (2, ("E1", "王,建国", "x")), id="delimiter in quotes"),
    pytest.param('E1,"a ""b"" c",x', (2, ("E1", 'a "b" c', "x")), id="doubled quotes"),
    pytest.param('E1,5" ,x', (2, ("E1", '5"', "x")), id="a quote within an unquoted cell"),
    pytest.param('E1,"王\n建国",x', (2, ("E1", "王\n建国", "x")), id="line break in quotes"),
    pytest.param('E1,"王\r\n建国",x', (2, ("E1", "王\r\n建国", "x")), id="Windows line break in quotes"),
    pytest.param('E1,"王\n\n",x', (2, ("E1", "王", "x")), id="line breaks at a cell's end"),
    pytest.param(" E1 ,\t王\u3000,\xa0x", (2, ("E1", "王", "x")), id="space around"),
    pytest.param('"E1","","x"', (2, ("E1", "", "x")), id="empty in quotes"),
    pytest.param("\n\n \n,,\nE1,王,x", (6, ("E1", "王", "x")), id="blank lines before"),
    pytest.param("E1", (2, ("E1",)), id="short row"),
    pytest.param("E1,王,x,,", (2, ("E1", "王", "x", "", "")), id="long row"),
]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("text", "row"), READ)
def test_a_row_is_read_with_the_line_it_starts_on(text: str, row: tuple[int, Cells], ending: str) -> None:
    body = text if "\r" in text else text.replace("\n", ending)
    line, cells = row
    wanted = tuple(cell if "\r" in cell else cell.replace("\n", ending) for cell in cells)
    body_lines = len(body.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    after = (body_lines + 2, ("E9", "z", "y"))
    sheet = read_delimited(f"工号,姓名,岗位{ending}{body}{ending}E9,z,y{ending}", KNOWN)
    assert lines(sheet) == [(line, wanted), after]


def test_the_last_line_needs_no_end() -> None:
    assert lines(read_delimited("工号,姓名\nE1,王", KNOWN)) == [(2, ("E1", "王"))]


QUOTES = (
    '从这一行起引号 " 没有配对；请补上或删掉',
    'From this line on a quotation mark (") is not closed; close or remove it',
)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，"])
@pytest.mark.parametrize(
    ("rows", "line"),
    [
        pytest.param(['E1,"王,x', "E2,李,y"], 2, id="open in the first row"),
        pytest.param(["E1,王,x", "", 'E2,"李,y', "E3,张,z"], 4, id="open in a later row"),
        pytest.param(["E1,王,x", 'E2,"李"四,y'], 3, id="text after the closing one"),
        pytest.param(['E1,"王\n",x', 'E2,李,"y'], 4, id="after a row of two lines"),
        pytest.param([*(f"E{n},王,x" for n in range(40)), 'E,"李,y'], 42, id="below what is looked at first"),
    ],
)
def test_an_open_quote_is_told_by_the_line_its_row_starts_on(
    rows: list[str], line: int, delimiter: str
) -> None:
    problem = refused("\n".join(["工号,姓名,岗位", *rows]).replace(",", delimiter))
    assert (problem.code, problem.line, problem.is_error) == ("file.quotes", line, True)
    assert (problem.zh, problem.en) == QUOTES


EMPTY = ("file.empty", "文件是空的", "The file is empty")
ONLY_HEADER = ("file.only_header", "只有表头，没有数据行", "There is a header and no row below it")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, EMPTY),
        ("\n \n,,\n\t\n", 1, EMPTY),
        ("\n工号,姓名\n", 2, ONLY_HEADER),
        ("工号,姓名\n\n,\n", 1, ONLY_HEADER),
    ],
)
def test_a_file_of_nothing_is_told(text: str, line: int, said: tuple[str, str, str]) -> None:
    problem = refused(text)
    assert (problem.code, problem.zh, problem.en) == said
    assert problem.line == line


@pytest.mark.parametrize("titles", [1, 5, 9])
def test_titles_above_the_header_are_passed_over(titles: int) -> None:
    text = "".join(f"新员工名单第 {n} 页,,\n" for n in range(titles)) + "\n工号,姓名\nE1,王\n"
    sheet = read_delimited(text, KNOWN)
    assert (sheet.header.line, sheet.header.cells) == (titles + 2, ("工号", "姓名"))
    assert lines(sheet) == [(titles + 3, ("E1", "王"))]


def test_a_line_that_names_the_delimiter_for_excel_is_a_title() -> None:
    sheet = read_delimited("sep=;\r\n工号;姓名\r\nE1;王\r\n", KNOWN)
    assert (sheet.header.cells, lines(sheet)) == (("工号", "姓名"), [(3, ("E1", "王"))])


cells = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12).map(str.strip)


@given(st.lists(st.tuples(cells.filter(bool), cells, cells), min_size=1, max_size=8))
def test_whatever_is_written_as_csv_is_read_back(rows: list[Cells]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([("工号", "姓名", "岗位"), *rows])
    assert [row.cells for row in read_delimited(file.getvalue(), KNOWN).rows] == rows
