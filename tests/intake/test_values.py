"""What may stand in a cell: every good form becomes one fixed form, exactly and without loss."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lockstep.intake import values as v
from lockstep.intake.faults import WrongValueError

Parse = Callable[[str], str]
PLACE = "工号 (A7)"

GOOD: dict[Parse, dict[str, str]] = {
    v.identifier: {
        "E1": "E1", "00042": "00042", "a.b_c-D": "a.b_c-D", "7": "7", "CN-JS": "CN-JS", "x" * 64: "x" * 64,
    },
    v.employment: {
        "全职": "full_time", "兼职": "part_time", "实习": "intern", "劳务派遣": "dispatched",
        "派遣": "dispatched", "外包": "contractor", "full_time": "full_time", "seasonal": "seasonal",
    },
    v.role: {
        "人事": "hr", "人力资源": "hr", "安全员": "safety_officer", "安全主管": "safety_officer",
        "培训负责人": "trainer", "manager": "manager", "shift_2": "shift_2", "a" + "b" * 40: "a" + "b" * 40,
    },
    v.name: {
        "欧阳𠮷": "欧阳𠮷", "Sofía García Márquez": "Sofía García Márquez", "王": "王", "O'Neill": "O'Neill",
        "艾合买提·买买提": "艾合买提·买买提", "e\u0301": "é", "x" * 100: "x" * 100, "A=B": "A=B",
    },
    v.phone: {
        "13800138000": "+8613800138000", "138 0013 8000": "+8613800138000", "19900000001": "+8619900000001",
        "138-0013-8000": "+8613800138000", "+86 138 0013 8000": "+8613800138000",
        "8613800138000": "+8613800138000", "0086-13800138000": "+8613800138000",
        "１３８００１３８０００": "+8613800138000", "(+86)138.0013.8000": "+8613800138000",
        "+49 1512 3456789": "+4915123456789", "0049 1512 3456789": "+4915123456789",
        "+1 (415) 555-2671": "+14155552671", "＋852 6123 4567": "+85261234567", "+1234567": "+1234567",
        "+123456789012345": "+123456789012345",
    },
    v.email: {
        "a@b.cn": "a@b.cn", "Li.Na+hr@mail.example.com": "Li.Na+hr@mail.example.com",
        "王@公司.中国": "王@公司.中国", "x" * 64 + "@example.com": "x" * 64 + "@example.com",
    },
    v.wecom: {"u100101": "u100101", "li.na_2-x": "li.na_2-x", "li@corp": "li@corp", "x" * 64: "x" * 64},
    v.day: {
        "2026-11-02": "2026-11-02", "2026-1-2": "2026-01-02", "2026/11/2": "2026-11-02",
        "2026.11.02": "2026-11-02", "2026年11月2日": "2026-11-02", "2026年11月2": "2026-11-02",
        "20261102": "2026-11-02", "2026-11-02 00:00:00": "2026-11-02", "2026/11/2 0:00": "2026-11-02",
        "2026-11-02T00:00:00": "2026-11-02", "2028-02-29": "2028-02-29", "２０２６-11-02": "2026-11-02",
        "2000-01-01": "2000-01-01", "2099-12-31": "2099-12-31",
    },
    v.yuan: {
        "6500": "650000", "6200.50": "620050", "6200.5": "620050", "12,000": "1200000", "0.01": "1",
        "1,234,567.89": "123456789", "￥6500": "650000", "¥ 6,500.00": "650000", "6500元": "650000",
        "６５００": "650000", "18888.88": "1888888", "10000000": "1000000000", "007": "700", "1.100": "110",
    },
    v.language: {
        "zh": "zh", "ZH-cn": "zh", "zh_CN": "zh", "中文": "zh", "汉语": "zh", "Chinese": "zh",
        "en": "en", "EN-us": "en", "en_GB": "en", "英文": "en", "英语": "en", "English": "en",
    },
    v.time_zone: {"Asia/Shanghai": "Asia/Shanghai", "Asia/Ho_Chi_Minh": "Asia/Ho_Chi_Minh", "UTC": "UTC"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("parse", "text", "fixed"),
    [(parse, *each) for parse, forms in GOOD.items() for each in forms.items()],
)
def test_every_good_form_becomes_the_fixed_one(parse: Parse, text: str, fixed: str) -> None:
    assert parse(text) == fixed
    if parse is not v.yuan:  # which takes yuan and gives fen
        assert parse(fixed) == fixed, "the fixed form is a good form itself"


@given(st.decimals("0.01", "10000000", places=2))
def test_a_salary_never_loses_a_fen(amount: Decimal) -> None:
    assert Decimal(v.yuan(str(amount))) == amount * 100
    assert v.yuan(f"{amount:,}") == v.yuan(f"￥{amount}元") == v.yuan(str(amount))


@given(st.decimals("0", "10000000", allow_nan=False, allow_infinity=False))
def test_a_salary_is_exact_or_refused(amount: Decimal) -> None:
    try:
        fen = v.yuan(f"{amount:f}")
    except WrongValueError:
        assert amount == 0 or amount * 100 != int(amount * 100)
    else:
        assert amount.as_integer_ratio()[0] * 100 == int(fen) * amount.as_integer_ratio()[1]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_comes_back_however_it_is_written(day: date) -> None:
    iso = day.isoformat()
    written = (
        iso,
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{iso} 00:00:00",
    )
    assert {v.day(text) for text in written} == {iso}


@given(st.sampled_from(sorted(GOOD, key=str)), st.text(max_size=30))
def test_any_text_is_a_fixed_form_or_a_sentence(parse: Parse, text: str) -> None:
    try:
        fixed = parse(text)
    except WrongValueError as wrong:
        said = wrong.at(7, PLACE)
        assert said.zh.startswith(f"{PLACE}：")
        assert said.en.startswith(f"{PLACE}: ")
        return
    assume(parse is not v.yuan)
    assert parse(fixed) == fixed


@given(st.from_regex(r"(\+|00)?[1-9][\d .()-]{6,15}", fullmatch=True))
def test_a_phone_number_is_plus_and_ascii_digits(text: str) -> None:
    try:
        fixed = v.phone(text)
    except WrongValueError:
        return
    assert fixed[0] == "+"
    assert fixed[1:].isascii()
    assert fixed[1:].isdecimal()
