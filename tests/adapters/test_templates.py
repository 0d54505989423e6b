"""The words of every message: they exist, name only their facts, and read as they should."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from lockstep.core.base import Lang, Text
from lockstep.ports import About, Misconfigured, PayAbout, Person
from lockstep.words import check
from lockstep.words.facts import FACTS
from lockstep.words.templates import EVENTS, Templates

ROOT = Path(__file__).parents[2]
TEMPLATES = Templates(ROOT / "templates")
CHANNELS = ("sms", "wecom", "email")
EVERY = list(product(EVENTS, CHANNELS, Lang))
HIRE = Person(employee_id="E1", name="王小芳")
BOSS = Person(employee_id="M1", name="Łukasz & Söhne <b>")
COURSE = Text(zh="岗位技能", en="Post skills")
SHANGHAI = "Asia/Shanghai"

FULL = About(
    employee_id="E1",
    tz=SHANGHAI,
    courses=(COURSE, Text(zh="企业文化", en="Corporate culture")),
    stage=Text(zh="上岗", en="On duty"),
    due=datetime(2026, 11, 26, 16, tzinfo=UTC),
    days_left=3,
    retake_from=datetime(2026, 11, 24, 1, 30, tzinfo=UTC),
    pay=(
        PayAbout(
            title=Text(zh="培训补贴", en="Allowance"),
            period="2026-12",
            percent=Decimal("5.0"),
            score=Decimal(92),
        ),
        PayAbout(title=Text(zh="绩效奖金", en="Bonus"), period="2026-12", percent=Decimal(-8)),
        PayAbout(
            title=Text(zh="提成", en="Commission"),
            period="2026-12",
            percent=Decimal(0),
            factor=Decimal("1.10"),
        ),
    ),
    question="exhausted/skills/1.3",
    options=("extra_attempt", "transfer"),
    upheld=True,
    appeal_days=7,
)
LEAST = FULL.model_copy(
    update={
        "courses": (COURSE,), "due": None, "days_left": None, "retake_from": None,
        "pay": FULL.pay[1:2], "upheld": False, "appeal_days": None,
    }
)  # fmt: skip


def said(event: str, channel: str, lang: Lang = Lang.ZH, about: About = FULL) -> tuple[str, str]:
    return TEMPLATES.compose(event, channel, lang, about, reader=BOSS, hire=HIRE)


@pytest.mark.parametrize(("days", "text"), [
    (3, "您有1门课程未完成,请于3日内学习"),
    (0, "您有1门课程未完成,请于今日内学习"),
    (None, "您有1门课程未完成,请尽快学习"),
])  # fmt: skip
def test_the_reminder_by_sms_reads_like_the_documents(days: int | None, text: str) -> None:
    assert said("reminder", "sms", about=LEAST.model_copy(update={"days_left": days})) == ("", text)


@pytest.mark.parametrize("days", [None, 0, 1, 365])
@pytest.mark.parametrize("courses", [1, 99])
def test_the_reminder_is_one_segment_of_sms(days: int | None, courses: int) -> None:
    about = FULL.model_copy(update={"days_left": days, "courses": (COURSE,) * courses})
    assert len(said("reminder", "sms", about=about)[1]) <= 70
    english = said("reminder", "sms", Lang.EN, about)[1]
    assert len(english) <= 160
    assert english.isascii()


@pytest.mark.parametrize(("event", "channel", "lang"), EVERY)
@pytest.mark.parametrize("about", [FULL, LEAST], ids=["every fact", "fewest facts"])
def test_every_message_has_words(event: str, channel: str, lang: Lang, about: About) -> None:
    subject, body = said(event, channel, lang, about)
    assert bool(subject) == (channel == "email")
    assert len(body) > 9
    assert "{" not in subject + body
    assert "None" not in body
    assert "\n" not in subject
    assert not [line for line in body.splitlines() if line != line.strip()]
    if channel == "sms":
        assert "\n" not in body
        assert "http" not in body  # mainland carriers refuse links


def test_no_template_is_missing_and_none_has_a_problem() -> None:
    assert TEMPLATES.missing(EVENTS, CHANNELS) == []
    assert TEMPLATES.problems(EVENTS, CHANNELS) == []


def test_no_file_lies_in_the_folder_that_nothing_would_send() -> None:
    wanted = {f"{event}/{channel}.{lang}.j2" for event, channel, lang in EVERY} | {"channels.toml"}
    folder = ROOT / "templates" / "messages"
    assert {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} == wanted


def test_the_list_of_courses_is_in_the_language_of_the_reader() -> None:
    _, chinese = said("reminder", "wecom")
    _, english = said("reminder", "wecom", Lang.EN)
    assert "· 岗位技能\n· 企业文化\n最早的期限：11月26日。" in chinese
    assert "· Post skills\n· Corporate culture\nThe first one is due on 2026-11-26." in english
    assert "2 courses" in english
    assert "1 course to" in said("reminder", "wecom", Lang.EN, LEAST)[1]


def test_times_are_those_of_the_hire() -> None:
    assert "11月24日 09:30起" in said("result_failed", "sms")[1]
    assert "2026-11-24 09:30" in said("result_failed", "sms", Lang.EN)[1]


def test_an_adjustment_says_its_basis_its_sign_and_how_to_appeal() -> None:
    _, body = said("adjustment", "email")
    assert "· 2026-12 培训补贴：+5%（月工资），依据成绩 92 分" in body
    assert "· 2026-12 绩效奖金：−8%（月工资）" in body
    assert "· 2026-12 提成：提成系数 1.1" in body
    assert "7 日内提出申诉" in body
    assert "如有异议，请联系人事。" in said("adjustment", "email", about=LEAST)[1]


def test_a_question_is_put_in_words_with_the_id_the_answer_needs() -> None:
    _, body = said("decision_needed", "email")
    assert "考试机会已用完" in body
    assert "· 加考\n· 转岗" in body
    assert "exhausted/skills/1.3" in body
    assert "王小芳（工号 E1）" in body
    unknown = FULL.model_copy(update={"question": "novel/question"})
    assert "novel/question" in said("decision_needed", "email", about=unknown)[1]


def test_people_are_called_what_they_are_called() -> None:
    subject, body = said("escalation", "email", Lang.EN)
    assert body.startswith("Dear Łukasz & Söhne <b>,")
    assert subject == "Training overdue: 王小芳"


def test_a_line_break_in_a_title_begins_no_line() -> None:
    nasty = FULL.model_copy(update={"courses": (Text(zh="技能\nBcc: a@b.c\r\n"),)})
    subject, body = said("result_failed", "email", about=nasty)
    assert subject == "考试未通过：技能 Bcc: a@b.c"
    assert "\nBcc" not in body


@pytest.mark.parametrize(("event", "about", "problem"), [
    ("gate_opened", FULL.model_copy(update={"stage": None}), r"message gate_opened about E1: stage \("),
    ("reminder", FULL.model_copy(update={"courses": ()}), r"message reminder about E1: courses \("),
    ("appeal_decided", FULL.model_copy(update={"upheld": None}), r"upheld \("),
    ("farewell", FULL, "no message is called 'farewell': there are welcome, reminder,"),
])  # fmt: skip
def test_a_missing_fact_is_named_without_anybodys_name(event: str, about: About, problem: str) -> None:
    with pytest.raises(Misconfigured, match=problem) as failure:
        said(event, "sms", about=about)
    assert BOSS.name not in str(failure.value)
    assert failure.value.__cause__ is None


def test_a_channel_without_words_is_named() -> None:
    with pytest.raises(
        Misconfigured,
        match=r"channel 'fax' has no words: an operator must add it to templates/messages/channels\.toml",
    ):
        said("reminder", "fax")
    assert TEMPLATES.missing(["reminder"], ["fax"]) == ["reminder/fax.en.j2", "reminder/fax.zh.j2"]


def folder_with(tmp_path: Path, template: str) -> Templates:
    (tmp_path / "messages" / "left").mkdir(parents=True)
    (tmp_path / "messages" / "channels.toml").write_text('fax = "sms"\n')
    (tmp_path / "messages" / "left" / "sms.zh.j2").write_text(template)
    return Templates(tmp_path)


def test_a_channel_may_speak_the_words_of_another(tmp_path: Path) -> None:
    templates = folder_with(tmp_path, "再见，{{ name }}")
    assert templates.compose("left", "fax", Lang.ZH, LEAST, reader=HIRE, hire=HIRE) == ("", "再见，王小芳")
    assert templates.missing(["left"], ["fax"]) == ["left/sms.en.j2"]
    with pytest.raises(
        Misconfigured, match=r"templates/messages/left/sms\.en\.j2 is missing: HR must write it"
    ):
        templates.compose("left", "fax", Lang.EN, LEAST, reader=HIRE, hire=HIRE)


@pytest.mark.parametrize(("template", "problem"), [
    ("{{ salary }}", "line 1: this message has no fact 'salary'"),
    ("a\n{{ name.upper() }}", "line 2: call is not allowed: only facts, if and for"),
    ("{{ name.__class__ }}", "line 1: no fact has a part '__class__'"),
    ("{{ name|upper }}", "line 1: filter is not allowed: only facts, if and for"),
    ("{% set x = 1 %}", "line 1: assign is not allowed: only facts, if and for"),
    ("{% include 'x' %}", "line 1: include is not allowed: only facts, if and for"),
    ("{{ name[0] }}", "line 1: getitem is not allowed: only facts, if and for"),
    ("{{ 1 + 1 }}", "line 1: add is not allowed: only facts, if and for"),
    ("{% if name %}", "line 1: Unexpected end of template"),
])  # fmt: skip
def test_a_template_with_more_than_facts_if_and_for_is_refused(
    tmp_path: Path, template: str, problem: str
) -> None:
    found = folder_with(tmp_path, template).problems(["left"], ["fax"])
    assert len(found) >= 1
    assert found[0].startswith(f"templates/messages/left/sms.zh.j2: {problem}")


def test_a_template_that_names_an_unknown_fact_does_not_send_a_gap(tmp_path: Path) -> None:
    templates = folder_with(tmp_path, "您好{{ salary }}")
    with pytest.raises(Misconfigured, match=r"left/sms\.zh\.j2: 'salary' is undefined: HR must correct it"):
        templates.compose("left", "fax", Lang.ZH, LEAST, reader=HIRE, hire=HIRE)


def test_a_template_reaches_nothing_of_python(tmp_path: Path) -> None:
    templates = folder_with(tmp_path, "{{ name.__class__.__mro__ }}")
    with pytest.raises(Misconfigured, match="unsafe"):
        templates.compose("left", "fax", Lang.ZH, LEAST, reader=HIRE, hire=HIRE)


def test_every_fact_is_said_by_some_template() -> None:
    sources = {
        event: "".join(path.read_text("utf-8") for path in (ROOT / "templates/messages" / event).iterdir())
        for event in EVENTS
    }
    unsaid = {
        event: [name for name in model.model_fields if name not in sources[event]]
        for event, model in FACTS.items()
    }
    assert not {event: names for event, names in unsaid.items() if names}


def test_loops_may_ask_where_they_are() -> None:
    assert (
        check.problems(
            "{% for c in courses %}{% if loop.last %}{{ c }}{% endif %}{% endfor %}", FACTS["reminder"]
        )
        == []
    )
    assert check.problems("{% for c in courses %}{{ loop.changed }}{% endfor %}", FACTS["reminder"]) != []
