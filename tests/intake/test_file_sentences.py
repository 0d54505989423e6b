"""Every sentence about a personnel file is there in Chinese and English, complete and of one shape."""

import re
import string
from collections.abc import Mapping
from pathlib import Path

import pytest

from lockstep.authoring.problems import Problem, Sentence, Severity
from lockstep.intake import sentences

ROOT = Path(__file__).parents[2]
ALL: Mapping[str, Sentence] = {
    name: value for name, value in vars(sentences).items() if isinstance(value, Sentence)
}
CHINESE = re.compile("[\u4e00-\u9fff]")
WARNINGS = {
    "OTHER_SHEETS",
    "UNKNOWN_COLUMN",
    "UNKNOWN_COLUMN_BUT",
    "NO_ADDRESS",
    "UNKNOWN_MANAGER",
    "NO_SALARY",
}


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def filled(sentence: Sentence) -> Problem:
    words: dict[str, object] = {name: f"<{name}>" for name in blanks(sentence.zh) | blanks(sentence.en)}
    return sentence.at("", line=3, **words)


def test_every_sentence_is_said_somewhere() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "lockstep/intake").glob("*.py"))
    assert [name for name in ALL if not re.search(rf"\bsay\.{name}\b", code)] == []
    assert len(ALL) > 50


@pytest.mark.parametrize("name", ALL)
def test_it_is_complete_in_both_languages(name: str) -> None:
    problem = filled(ALL[name])
    for said in (problem.zh, problem.en):
        assert said
        assert said == said.strip()
        assert not re.search(r"[{}]", said)
        assert "\n" not in said
    assert CHINESE.search(problem.zh)
    assert not CHINESE.search(problem.en)


@pytest.mark.parametrize("name", [name for name in ALL if name != "NO_POLICY"])
def test_both_languages_say_the_same_words(name: str) -> None:
    sentence = ALL[name]
    assert blanks(sentence.zh) == blanks(sentence.en)


def test_only_the_reason_of_a_policy_has_two_languages_itself() -> None:
    assert (blanks(sentences.NO_POLICY.zh), blanks(sentences.NO_POLICY.en)) == ({"zh"}, {"en"})


@pytest.mark.parametrize("name", ALL)
def test_what_is_legal_but_unwise_is_a_warning_and_all_else_an_error(name: str) -> None:
    assert ALL[name].severity is (Severity.WARNING if name in WARNINGS else Severity.ERROR)


@pytest.mark.parametrize("name", ALL)
def test_a_code_is_short_and_stable(name: str) -> None:
    assert re.fullmatch(r"(file|columns|row|cell|value|rows)\.[a-z_]+", ALL[name].code)


@pytest.mark.parametrize("name", [name for name in ALL if ALL[name].code.startswith(("cell.", "value."))])
def test_what_is_said_of_a_cell_names_the_cell_first(name: str) -> None:
    problem = filled(ALL[name])
    assert problem.zh.startswith("<column>：")
    assert problem.en.startswith("<column>: ")


@pytest.mark.parametrize("word", ["name", "phone", "email", "wecom_id", "monthly_salary", "row", "cell"])
def test_no_sentence_repeats_personal_data(word: str) -> None:
    assert not [name for name, each in ALL.items() if word in blanks(each.zh) | blanks(each.en)]


def test_only_a_day_and_a_time_zone_are_repeated_as_they_were_typed() -> None:
    repeating = {name for name, each in ALL.items() if "value" in blanks(each.zh)}
    assert repeating == {"DATE_ORDER", "NO_SUCH_DAY", "ODD_YEAR", "BAD_ZONE", "ERROR_CELL"}
