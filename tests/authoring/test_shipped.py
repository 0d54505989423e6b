import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from lockstep.authoring.lint import check
from lockstep.authoring.load import load, load_bytes
from lockstep.authoring.schema import fields_text, schema_text
from lockstep.core.base import Lang
from lockstep.core.policy.policy import Policy
from tests.authoring.sample import CLEAN, edited
from tests.authoring.test_mutations import CONTEXT, ROOT

POLICIES = sorted((ROOT / "policies").glob("*.yaml"))
COURSES = sorted(path.parent for path in (ROOT / "content").rglob("bank.yaml"))
STALE = "run `lockstep policy schema` as docs/how-to-add-a-policy.md says"


def named(path: Path) -> str:
    return path.stem if path.suffix else f"{path.parent.name}-{path.name}"


def readable(path: Path) -> Policy:
    policy = load(path).policy
    assert policy is not None
    return policy


def test_the_four_shipped_policies_are_there():
    assert [path.stem for path in POLICIES] == ["internet", "manufacturing", "retail", "tech"]


@pytest.mark.parametrize("path", POLICIES, ids=named)
def test_a_shipped_policy_has_no_error_and_no_warning(path: Path):
    assert check(load(path), CONTEXT) == []


@pytest.mark.parametrize("path", POLICIES, ids=named)
def test_everything_people_read_has_english_beside_the_chinese(path: Path):
    policy = readable(path)
    items = (*policy.stages, *policy.courses, *policy.choices, *(policy.pay.rules if policy.pay else ()))
    for title in (policy.title, *(item.title for item in items)):
        assert title.en
        assert re.search(r"[\u4e00-\u9fff]", title.zh)


@pytest.mark.parametrize("folder", COURSES, ids=named)
def test_a_shipped_course_is_a_real_lesson_in_two_languages_with_questions(folder: Path):
    name = folder.relative_to(ROOT / "content").as_posix()
    bank, problems = CONTEXT.content.bank(name, "bank.yaml")
    assert problems == ()
    assert bank is not None
    for lang in ("zh", "en"):
        lesson = CONTEXT.content.lesson(name, lang) or ""
        assert len(lesson) > 250
        assert {section for section in bank.sections if f"{{#{section}}}" in lesson} == bank.sections
    steps = len(bank.questions) + sum(len(dialogue.scenes) for dialogue in bank.dialogues)
    assert steps >= 5
    assert all(question.ask.en and question.because.en for question in bank.questions)
    assert all(option.en for question in bank.questions for option in question.options)


def test_every_shipped_course_is_used():
    used = {course.content for path in POLICIES for course in readable(path).courses}
    assert used == {folder.relative_to(ROOT / "content").as_posix() for folder in COURSES}


def test_the_schema_for_editors_is_current():
    assert (ROOT / "policies" / "schema.json").read_text(encoding="utf-8") == schema_text(), STALE


def test_the_page_of_all_keys_is_current():
    assert (ROOT / "policies" / "FIELDS.md").read_text(encoding="utf-8") == fields_text(), STALE


def as_an_editor_reads_it(text: str) -> object:
    """YAML 1.1 turns dates into objects; editors keep them as text."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


@pytest.mark.parametrize("text", [*(path.read_text(encoding="utf-8") for path in POLICIES), CLEAN])
def test_editors_accept_good_policies(text: str):
    jsonschema.validate(as_an_editor_reads_it(text), json.loads(schema_text()))


@pytest.mark.parametrize(
    "change",
    [("pass_mark: 80,", "pass_score: 80,"), ("risk: general", "risk: some"), ("wait: 12h", "wait: soon"),
     ('"08:00"', '"8 am"'), ("posts: [operator]", "posts: operator"), ('version: "1"\n', "")],
)  # fmt: skip
def test_editors_refuse_what_we_refuse(change: tuple[str, str]):
    assert load_bytes(edited(change).encode(), "p.yaml").policy is None
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(as_an_editor_reads_it(edited(change)), json.loads(schema_text()))


def test_the_worked_example_of_the_guide_is_clean():
    guide = (ROOT / "policies" / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    found = check(load_bytes(example.encode(), "policies/service.yaml"), CONTEXT)
    assert [problem.code for problem in found] == []


def test_the_mistake_the_guide_shows_is_told_in_just_those_words():
    guide = (ROOT / "policies" / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    broken = example.replace("pass_mark: 80", "pass_mark: 八十", 1)
    (problem,) = check(load_bytes(broken.encode(), "policies/service.yaml"), CONTEXT)
    assert problem.text(Lang.ZH) in guide
