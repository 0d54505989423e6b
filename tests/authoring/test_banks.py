from dataclasses import replace
from pathlib import Path

import pytest

from lockstep.authoring.banks import read_bank
from tests.authoring.sample import CLEAN, QUIZ, TALK, problems, surroundings

FAULTS = [
    pytest.param("bank.yaml", QUIZ, ("{zh: 二, right: true}", "{zh: 二}"), "options", id="no right answer"),
    pytest.param("bank.yaml", QUIZ, ("  - id: two", "  - id: one"), "one", id="an id twice"),
    pytest.param("bank.yaml", QUIZ, ("    ask: {zh: 一加一}\n", ""), "ask", id="a question without words"),
    pytest.param("bank.yaml", QUIZ, ("questions:", "qestions:"), "questions", id="an unknown key"),
    pytest.param("bank.yaml", QUIZ, ("questions:", "questions: &all"), "&", id="an anchor"),
    pytest.param(
        "talk.yaml", TALK, ("next: parting", "next: nowhere"), "end", id="a reply that leads nowhere"
    ),
    pytest.param(
        "talk.yaml", TALK, ("{zh: 再见, points: 1}", "{zh: 再见, next: opening}"), "loop", id="a loop"
    ),
    pytest.param("talk.yaml", TALK.replace("points: 1", "points: 0"), ("x", "x"), "point", id="no points"),
]


@pytest.mark.parametrize(("file", "text", "change", "says"), FAULTS)
def test_a_faulty_bank_is_told_where_the_policy_names_it(
    file: str, text: str, change: tuple[str, str], says: str, tmp_path: Path
):
    context = surroundings(tmp_path / "content")
    course = "skills" if file == "talk.yaml" else "company"
    (tmp_path / "content" / course / file).write_text(text.replace(*change, 1), encoding="utf-8")
    found = problems(CLEAN, context)
    assert {problem.code for problem in found} == {"bank.fault"}
    assert says in found[0].en
    assert f"bank: {file}" in CLEAN.splitlines()[found[0].line - 1]


def test_a_section_the_lesson_lacks_cannot_be_learned_again(tmp_path: Path):
    context = surroundings(tmp_path / "content")
    (tmp_path / "content" / "company" / "bank.yaml").write_text(
        QUIZ.replace("section: basics", "section: advanced", 1), encoding="utf-8"
    )
    assert [problem.code for problem in problems(CLEAN, replace(context))] == ["bank.unknown_section"]


def test_a_very_long_dialogue_is_judged_at_once(tmp_path: Path):
    reply = "{{zh: 答, next: s{0}}}, {{zh: 否, next: s{0}}}"
    scenes = "".join(
        f"      - {{id: s{i}, says: {{zh: 话}}, replies: [{reply.format(i + 1)}]}}\n" for i in range(600)
    )
    path = tmp_path / "talk.yaml"
    path.write_text(
        f"dialogues:\n  - id: long\n    section: a\n    title: {{zh: 长}}\n    scenes:\n{scenes}",
        encoding="utf-8",
    )
    _, found = read_bank(path)
    assert [problem.code for problem in found] == ["bank.endless"]
