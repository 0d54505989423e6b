import pytest

from lockstep.authoring.checks.base import Context
from lockstep.authoring.load import load_bytes
from lockstep.authoring.problems import Problem
from tests.authoring.sample import edited, problems

WRONG = [
    pytest.param("version:", "verison:", "key.unknown", "did you mean version?", id="a slip of the finger"),
    pytest.param(
        "    content: paint\n",
        "    content: paint\n    pass_mark: 60\n",
        "key.unknown",
        "pass_mark belongs under exam",
        id="a key in the wrong section",
    ),
    pytest.param(
        "pass_mark: 80,", "pass_score: 80,", "key.unknown", "did you mean pass_mark?", id="a synonym"
    ),
    pytest.param(
        "risk: general", "colour: red", "key.unknown", "policies/FIELDS.md", id="a word of no meaning"
    ),
    pytest.param('version: "1"\n', "", "key.missing", "version is missing", id="a missing key"),
    pytest.param("id: paint", "id: Paint Shop", "value.id", 'not "Paint Shop"', id="an id with a space"),
    pytest.param(
        "title: {zh: 样例, en: Sample}", "title: 样例", "value.section", "keys of its own", id="a bare title"
    ),
    pytest.param(
        "title: {zh: 喷涂}", "title: {zh: [喷涂]}", "value.text", "must be a text", id="a list as a text"
    ),
    pytest.param("posts: [operator]", "posts: operator", "value.list", "must be a list", id="no brackets"),
    pytest.param("minutes: 480", "minutes: eight", "value.integer", "whole number", id="a word for a number"),
    pytest.param("pass_mark: 80,", "pass_mark: 八十,", "value.number", 'not "八十"', id="a Chinese numeral"),
    pytest.param("pass_mark: 80,", "pass_mark: nan,", "value.number", "finite", id="not a number"),
    pytest.param("wait: 12h", "wait: 12", "value.span", "30m (minutes)", id="a span without its unit"),
    pytest.param('"08:00"', '"8 a.m."', "value.time", "09:00", id="a time in words"),
    pytest.param(
        "adopted_on: 2026-01-10", "adopted_on: 2026-02-30", "value.date", "2026-11-23", id="30 February"
    ),
    pytest.param("pauses: true", "pauses: maybe", "value.yes_no", "true or false", id="maybe"),
    pytest.param("kind: safety", "kind: security", "value.choice", "onboarding, safety", id="no such kind"),
    pytest.param("attempts: 3", "attempts: often", "value.choice", "until_passed", id="often"),
    pytest.param("attempts: 3", "attempts: ~", "value.choice", "nothing is given", id="nothing"),
    pytest.param(
        "hours: {company: 8, workshop: 8, team: 8}",
        "hours: 24",
        "value.section",
        "key: value",
        id="hours in one",
    ),
    pytest.param(
        "leave: {pauses: true}", "leave: [yes]", "value.section", "not a list", id="a list for a section"
    ),
]


@pytest.mark.parametrize(("old", "new", "code", "says"), WRONG)
def test_what_the_model_refuses_is_said_at_its_line(old: str, new: str, code: str, says: str):
    text = edited((old, new))
    loaded = load_bytes(text.encode(), "p.yaml")
    assert loaded.policy is None
    (about,) = [problem for problem in loaded.problems if problem.code == code]
    assert says in about.en
    if code != "key.missing":
        assert new.strip().splitlines()[-1] in text.splitlines()[about.line - 1]


def test_the_line_is_that_of_the_wrong_value():
    text = edited(("minutes: 480", "minutes: eight"))
    (about,) = load_bytes(text.encode(), "p.yaml").problems
    assert text.splitlines()[about.line - 1] == "    minutes: eight"


def test_one_mistyped_value_does_not_hide_the_other_faults(context: Context):
    text = edited(
        ("minutes: 480", "minutes: eight"),
        ("after: [workshop]", "after: [team]"),
        ("pass_mark: 60", "pass_mark: x"),
    )
    assert codes(problems(text, context)) == {"value.integer", "value.number", "course.cycle"}


def test_what_could_not_be_read_is_not_judged_further(context: Context):
    """Left out, the deadline would be missed by the checks; it is there, only mistyped."""
    text = edited(("deadline: {days: 7}", "deadline: {days: seven}"), ("title: {zh: 吊装}", "title: 吊装"))
    assert codes(problems(text, context)) == {"value.integer", "value.section"}


def test_where_too_much_is_wrong_we_say_that_the_rest_was_not_checked(context: Context):
    found = problems(edited(("- id: crane", "- id: Crane")), context)
    assert codes(found) == {"value.id", "file.not_checked"}


def test_many_faults_come_in_the_order_of_the_file(context: Context):
    text = edited(("minutes: 480", "minutes: x"), ("any_of: 1", "any_of: 5"), ("first: 1d", "first: 9d"))
    lines = [problem.line for problem in problems(text, context)]
    assert len(lines) == 3
    assert lines == sorted(lines)


def codes(found: list[Problem]) -> set[str]:
    return {problem.code for problem in found}
