import pytest

from lockstep.authoring.checks.base import Context
from lockstep.core.base import Lang
from tests.authoring import cases_of_consequences, cases_of_learning
from tests.authoring.case import Case
from tests.authoring.sample import CLEAN, edited, problems

CASES = (*cases_of_learning.CASES, *cases_of_consequences.CASES)


def test_the_sample_has_no_problem(context: Context):
    assert problems(CLEAN, context) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_a_fault_is_found_at_its_line_and_nothing_else_is(case: Case, context: Context):
    text = edited(*case.changes)
    if case.name == "deduction without a basis":
        text = without_basis(text)
    found = problems(text, context)
    lines = text.splitlines()
    # an item's line is that of its id; the next one tells which of two with the same id is meant
    told = ["\n".join(lines[p.line - 1 : p.line + 1]) for p in found if p.code == case.code]
    assert any(case.at in place for place in told), told
    assert {problem.code for problem in found} - case.also == {case.code}


def without_basis(text: str) -> str:
    before, _, rest = text.partition("  basis:\n")
    return before + rest[rest.index("  rules:") :] if rest else text


@pytest.mark.parametrize("lang", Lang)
def test_every_sentence_is_complete_in_both_languages(lang: Lang, context: Context):
    for case in CASES:
        for problem in problems(edited(*case.changes), context):
            said = problem.sentence(lang)
            assert said
            assert "{" not in said.replace("{#", "").replace("{zh", "")


def test_there_are_far_more_checks_than_the_twenty_five_asked_for():
    assert len({case.code for case in CASES}) >= 80
