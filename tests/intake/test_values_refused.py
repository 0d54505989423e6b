"""What may not stand in a cell: each bad form has its sentence, in both languages."""

from collections.abc import Callable, Iterator

import pytest

from lockstep.authoring.problems import Problem, Sentence
from lockstep.intake import sentences as say
from lockstep.intake import values as v
from lockstep.intake.faults import WrongValueError

Parse = Callable[[str], str]
PLACE = "工号 (A7)"


def refusal(parse: Parse, text: str) -> Problem:
    with pytest.raises(WrongValueError) as caught:
        parse(text)
    return caught.value.at(7, PLACE)


# sentences that repeat the value are given it; no other words come from the text
BAD: list[tuple[Parse, Sentence, dict[str, str], list[str]]] = [
    (
        v.identifier, say.BAD_ID, {},
        ["", "-1", "_a", ".a", "E 1", "E/1", "工号1", "x" * 65, "E1\n", "Ｅ1", "=1", "E\x001", "E１"],
    ),
    (v.employment, say.BAD_ID, {}, ["临时", "full time", ""]),
    (
        v.role, say.BAD_ROLE, {},
        ["HR", "总经理", "1st", "_hr", "", "a" + "b" * 41, "h r", "hr\n", "safety-officer"],
    ),
    (v.name, say.BAD_NAME, {"limit": "100"}, ["x" * 101, "王" * 101]),
    *((v.name, say.FORMULA, {"start": at}, [f"{at}SUM(A1)", at]) for at in "=+-@＝＋－＠"),
    (v.phone, say.PHONE_ROUNDED, {}, ["1.38E+10", "1.38001e10", "1E+10", "1.99E10"]),
    (
        v.phone, say.BAD_PHONE, {},
        [
            "", "12345", "12800138000", "1380013800", "138001380000", "010-12345678", "+86 10 12345678",
            "+86138001380000", "0086 123", "+123456", "+1234567890123456", "+0123456789", "13800138OOO",
            "=13800138000", "13800138000 13900139000", "13800138000/13900139000", "１３８", "1.38E-10",
        ],
    ),
    (v.phone, say.BAD_PHONE, {}, ["138\u0660\u0660138000", "+49\u0661\u0662\u0663\u0664\u0665\u0666\u0667"]),
    (
        v.email, say.BAD_EMAIL, {},
        [
            "", "a", "a@", "b.cn", "a@b", "a@b.", "a@.cn", "a@b..cn", "a b@c.cn", "a@b.c", "a@b@c.cn",
            "a@b.cn;c@d.cn", "a@b.cn,c@d.cn", "Li <a@b.cn>", '"a"@b.cn', "x" * 65 + "@b.cn",
            "a@" + "x" * 64 + ".cn", "a@b." + "x" * 64,
        ],
    ),
    (v.email, say.FORMULA, {"start": "="}, ["=a@b.cn"]),
    (v.email, say.FORMULA, {"start": "@"}, ["@b.cn"]),
    (v.wecom, say.BAD_WECOM, {}, ["", "李娜", "li na", "x" * 65, "a/b", "a\n"]),
    (v.wecom, say.FORMULA, {"start": "@"}, ["@lina"]),
    (v.wecom, say.FORMULA, {"start": "-"}, ["-1"]),
    (
        v.day, say.BAD_DATE, {},
        [
            "", "46328", "2026", "2026-11", "尽快", "2026-11-02 08:30", "20261102x", "-1", "26年1月2日",
            "2026-011-02", "2026-11-02-", "202611021", "2026 11 02", "=TODAY()", "20261-1-1",
        ],
    ),
    (v.day, say.DATE_ORDER, {"value": ""}, ["11/02/2026", "2.11.26", "02-11-2026", "1/2/026"]),
    (
        v.day, say.NO_SUCH_DAY, {"value": ""},
        [
            "2026-02-30", "2026/2/30", "2026年2月30日", "20260230", "2026-02-29", "2100-02-29",
            "2026-04-31", "2026-13-01", "2026-00-10", "2026-11-00", "0000-01-01", "2026-02-30 00:00:00",
        ],
    ),
    (v.day, say.ODD_YEAR, {"value": ""}, ["1999-12-31", "2100-01-01", "0026-11-02", "9999-12-31"]),
    (
        v.yuan, say.BAD_SALARY, {},
        [
            "", "面议", "1,2000", "12 000", "1.2.3", "1e4", "6500 RMB", "$6500", "12k", ".5", "5.", ",500",
            "1,000,00", "6500/月", "NaN", "Infinity", "¥", "+6500", "=6500", "１２，００", "六千",
        ],
    ),
    (v.yuan, say.NEGATIVE_SALARY, {}, ["0", "0.00", "-1", "-6,500", "-0.001", "-0"]),
    (v.yuan, say.SALARY_TOO_BIG, {"limit": "10,000,000"}, ["10000000.01", "10,000,001", "9" * 400]),
    (v.yuan, say.SALARY_TOO_FINE, {}, ["0.001", "6500.123", "1,000.005"]),
    # longer than Decimal's own precision
    (v.yuan, say.SALARY_TOO_FINE, {}, ["6500.5" + "0" * 27 + "1", "0.00" + "9" * 30, "9.99" + "9" * 300]),
    (v.language, say.BAD_LANGUAGE, {}, ["", "de", "日语", "zh-TW", "中英", "e n"]),
    (
        v.time_zone, say.BAD_ZONE, {"value": ""},
        ["北京", "Asia/Peking", "GMT+25", "../../etc/passwd", "/etc/localtime", "Asia", "x\0y", "x" * 300],
    ),
    (v.time_zone, say.FORMULA, {"start": "+"}, ["+08:00"]),
    (v.time_zone, say.FORMULA, {"start": "-"}, ["-5"]),
]  # fmt: skip


def refused() -> Iterator[tuple[Parse, str, Problem]]:
    for parse, sentence, words, texts in BAD:
        for text in texts:
            filled: dict[str, object] = {key: value or text for key, value in words.items()}
            yield parse, text, sentence.at("", line=7, column=PLACE, **filled)


@pytest.mark.parametrize(("parse", "text", "said"), list(refused()))
def test_every_bad_form_has_its_sentence(parse: Parse, text: str, said: Problem) -> None:
    assert refusal(parse, text) == said


WORD_BY_WORD = [
    (v.identifier, "工 号", "只能用字母、数字、点、下划线、连字符，以字母或数字开头，不超过 64 个字符",
     "only letters, digits, dot, underscore and hyphen, starting with a letter or digit, at most 64"),
    (v.phone, "123", "不是手机号；中国大陆写 11 位数字，其他地区写 + 和国家代码，如 +49 1512 3456789",
     "not a mobile number; 11 digits in mainland China, elsewhere + and the country code"),
    (v.day, "2026-02-30", "没有 2026-02-30 这一天", "there is no day 2026-02-30"),
    (v.day, "2.11.26", "2.11.26 分不清月和日；请写成 年-月-日，如 2026-11-02",
     "in 2.11.26 day and month cannot be told apart; write year-month-day, such as 2026-11-02"),
    (v.day, "1026-11-02", "1026-11-02 的年份不对吧？", "is the year of 1026-11-02 right?"),
    (v.name, "=1+1", "以 = 开头的内容会被表格软件当作公式执行，不能导入；请改成普通文字",
     "a spreadsheet would run what starts with = as a formula; write plain text instead"),
    (v.yuan, "99999999", "超过 10,000,000 元；单位是元，不是分",
     "above 10,000,000 yuan; the unit is yuan, not fen"),
    (v.yuan, "1.005", "最小到分，小数最多两位", "at most two decimals (fen)"),
    (v.time_zone, "北京", "不认识时区 北京；请写 Asia/Shanghai 这样的名称",
     "unknown time zone 北京; use a name such as Asia/Shanghai"),
]  # fmt: skip


@pytest.mark.parametrize(("parse", "text", "zh", "en"), WORD_BY_WORD)
def test_the_sentence_word_by_word(parse: Parse, text: str, zh: str, en: str) -> None:
    problem = refusal(parse, text)
    assert (problem.zh, problem.en) == (f"{PLACE}：{zh}", f"{PLACE}: {en}")
    assert (problem.line, problem.is_error) == (7, True)
