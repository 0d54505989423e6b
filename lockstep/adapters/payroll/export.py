"""A statement as files for the payroll office: an Excel workbook, or CSV with a cover sheet beside it.

Employee numbers stay text, no cell is ever a formula, and the same statement gives the same bytes again.
"""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from lockstep.adapters.payroll.statement import Entry, Statement
from lockstep.ports import Component

Cell = str | Decimal | int | None

_COLUMNS = {
    "员工工号 Employee no.": 18,
    "姓名 Name": 16,
    "期间 Period": 12,
    "所属期间 For period": 18,
    "项目 Item": 34,
    "金额(元) Amount (yuan)": 22,
    "币种 Currency": 14,
    "系数 Factor": 12,
    "依据 Basis": 60,
    "生效日 Effective": 16,
    "凭证号 Voucher": 30,
    "冲销凭证 Reverses": 30,
}
_FACTOR_COLUMN = get_column_letter(list(_COLUMNS).index("系数 Factor") + 1)
_ITEMS = {
    Component.ALLOWANCE: "培训补贴 Training allowance",
    Component.AWARD: "优秀奖励 Excellence award",
    Component.FORFEITURE: "绩效奖金未获 Bonus forfeiture",
    Component.DEDUCTION: "工资扣款 Wage deduction",
    Component.FACTOR: "提成系数 Commission factor",
}
_AMOUNT, _FACTOR, _COUNT, _TEXT = "#,##0.00", "0.0000", "0", "@"
# also the full-width signs, which a Chinese or Japanese Excel takes for the same
_STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
# what XML cannot say; a spreadsheet would call the whole file damaged
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767  # characters, Excel's limit
_WRITTEN_AT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def batch_id(statement: Statement) -> str:
    """Names one export: the same entries give the same id."""
    return f"{statement.entity}-{statement.period}-{statement.digest[:12]}"


def to_excel(statement: Statement, names: Mapping[str, str]) -> bytes:
    """The workbook: a cover sheet and the entries. `names` maps employee numbers to names, where known."""
    book = Workbook()
    cover = book.active
    if not isinstance(cover, Worksheet):
        raise TypeError("openpyxl made a workbook without a sheet")
    cover.title = "封面 Cover"
    _fill(cover, _cover(statement))
    cover.column_dimensions["A"].width = 34
    cover.column_dimensions["B"].width = 72
    sheet = book.create_sheet("明细 Entries")
    _fill(sheet, [list(_COLUMNS), *_rows(statement, names)])
    for column, width in enumerate(_COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.cell(1, column).font = Font(bold=True)
    for cell in sheet[_FACTOR_COLUMN][1:]:
        cell.number_format = _FACTOR
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    raw = io.BytesIO()
    book.save(raw)
    return _without_the_clock(raw.getvalue(), datetime.fromisoformat(f"{statement.period}-01"))


def to_csv(statement: Statement, names: Mapping[str, str]) -> bytes:
    """The entries as CSV, UTF-8 with the byte-order mark that Excel looks for."""
    return _csv([list(_COLUMNS), *_rows(statement, names)])


def cover_csv(statement: Statement) -> bytes:
    """The cover sheet that goes with `to_csv`."""
    return _csv(_cover(statement))


def _cover(statement: Statement) -> list[list[Cell]]:
    state = (
        "已关账 closed"
        if statement.closed
        else "未关账，仅供核对 open: for checking only, do not pay from this"
    )
    return [
        ["工资调整明细 Pay adjustments", None],
        ["批次号 Batch", batch_id(statement)],
        ["用人单位 Legal entity", statement.entity],
        ["期间 Period", statement.period],
        ["状态 State", state],
        ["摘要 SHA-256 of the entries", statement.digest],
        ["行数 Rows", len(statement.entries)],
        *_totals(statement),
    ]


def _totals(statement: Statement) -> list[list[Cell]]:
    sums: Counter[tuple[str, str]] = Counter()
    booked = [entry.adjustment for entry in statement.entries]
    for adjustment in sorted(booked, key=lambda each: list(_ITEMS).index(each.component)):
        if adjustment.component is not Component.FACTOR:
            sums[adjustment.currency, _ITEMS[adjustment.component]] += adjustment.amount_fen
    for adjustment in booked:
        sums[adjustment.currency, "全部 All"] += adjustment.amount_fen
    return [[f"合计 Total: {item}, {currency}", _yuan(fen)] for (currency, item), fen in sums.items()]


def _rows(statement: Statement, names: Mapping[str, str]) -> list[list[Cell]]:
    return [_row(entry, names) for entry in statement.entries]


def _row(entry: Entry, names: Mapping[str, str]) -> list[Cell]:
    adjustment = entry.adjustment
    return [
        adjustment.employee_id,
        names.get(adjustment.employee_id, ""),
        entry.booked_period,
        adjustment.for_period,
        _ITEMS[adjustment.component],
        _yuan(adjustment.amount_fen),
        adjustment.currency,
        adjustment.factor,
        adjustment.basis,
        adjustment.effective.isoformat(),
        entry.entry_id,
        entry.reverses or "",
    ]


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def _fill(sheet: Worksheet, rows: Iterable[Sequence[Cell]]) -> None:
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            if value == "":
                continue
            if isinstance(value, str):
                cell.value = _sayable(value)
                cell.data_type = "s"  # openpyxl takes "=1+1" for a formula
                cell.number_format = _TEXT
            else:
                cell.value = value
                cell.number_format = _AMOUNT if isinstance(value, Decimal) else _COUNT


def _csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_csv_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(value: Cell) -> str:
    if isinstance(value, str):
        text = _sayable(value)
        return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
    return "" if value is None else format(value, "f" if isinstance(value, Decimal) else "d")


def _sayable(text: str) -> str:
    whole = _UNSAYABLE.sub("\ufffd", text)
    return whole if len(whole) <= _LONGEST_CELL else whole[: _LONGEST_CELL - 1] + "…"


def _without_the_clock(workbook: bytes, at: datetime) -> bytes:
    # a workbook says three times when it was written; all of them become the period's first day
    stamp = f"{at:%Y-%m-%dT%H:%M:%SZ}".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _WRITTEN_AT.sub(rb"\g<1>" + stamp + rb"\g<2>", part)
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return out.getvalue()
