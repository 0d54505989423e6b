from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lockstep.authoring.calendars import china
from lockstep.authoring.checks.base import Context
from lockstep.authoring.lint import compile_policies, lint, policy_files
from lockstep.authoring.problems import UnusablePolicyError
from tests.authoring.sample import CLEAN, edited, problems

TODAY = date(2026, 11, 23)


def written(folder: Path, **texts: str) -> list[Path]:
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return [folder / f"{name}.yaml" for name in texts]


def test_two_policies_of_equal_priority_for_one_hire_are_an_error_in_the_second(
    tmp_path: Path, context: Context
):
    paths = written(tmp_path, a=CLEAN, b=edited(("id: sample", "id: other"), ("[full_time]", '["*"]')))
    (problem,) = lint(paths, context).problems
    assert problem.code == "selects.overlap"
    assert problem.file == str(paths[1])
    assert str(paths[0]) in problem.en


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("priority: 1", "priority: 2"), id="a higher priority"),
        pytest.param(("posts: [operator]", "posts: [driver]"), id="another post"),
        pytest.param(("entities: [acme]", "entities: [zenith]"), id="another entity"),
        pytest.param(("[full_time]", "[intern]"), id="another employment type"),
        pytest.param(("[CN-JS]", "[CN-SH]"), id="another jurisdiction"),
    ],
)
def test_policies_that_differ_in_one_respect_do_not_overlap(
    change: tuple[str, str], tmp_path: Path, context: Context
):
    paths = written(tmp_path, a=CLEAN, b=edited(("id: sample", "id: other"), change))
    assert lint(paths, context).problems == ()


def test_a_policy_id_is_used_in_one_file_only(tmp_path: Path, context: Context):
    paths = written(tmp_path, a=CLEAN, b=CLEAN)
    assert [problem.code for problem in lint(paths, context).problems] == ["policy.repeated"]


def test_a_file_that_cannot_be_read_does_not_hide_what_is_wrong_with_the_others(
    tmp_path: Path, context: Context
):
    written(tmp_path, a="a: [", b=edited(("attempts: 3", "attempts: 0")), c="id: *x")
    codes = [problem.code for problem in lint([tmp_path], context).problems]
    assert codes == ["yaml.syntax", "file.not_checked", "exam.attempts", "yaml.anchor", "file.not_checked"]


def test_a_folder_stands_for_its_policies_and_a_file_is_read_once(tmp_path: Path):
    paths = written(tmp_path, b=CLEAN, a=CLEAN)
    (tmp_path / "schema.json").write_text("{}", encoding="utf-8")
    assert policy_files([tmp_path, paths[0]]) == sorted(paths)


def test_a_folder_without_policies_is_a_problem(tmp_path: Path, context: Context):
    assert [problem.code for problem in lint([tmp_path], context).problems] == ["file.none"]


def test_a_missing_message_template_is_named(context: Context):
    lacking = replace(context, missing_templates=lambda policy: [f"reminder/{policy.id}.zh.j2"])
    (problem,) = problems(CLEAN, lacking)
    assert problem.code == "template.missing"
    assert "reminder/sample.zh.j2" in problem.zh


def test_a_policy_without_stages_or_courses_says_so(context: Context):
    text = 'id: bare\nversion: "1"\ntitle: {zh: 空}\nselects: {posts: [x]}\nstages: []\ncourses: []\n'
    assert {problem.code for problem in problems(text, context)} == {"stage.none", "course.none"}


def test_compiling_gives_all_snapshots_or_every_error(tmp_path: Path, context: Context):
    written(tmp_path, a=CLEAN)
    (pinned,) = compile_policies([tmp_path], context, china(TODAY))
    assert pinned.policy.id == "sample"
    written(
        tmp_path,
        b=edited(("id: sample", "id: b"), ("attempts: 3", "attempts: 0"), ("any_of: 1", "any_of: 7")),
    )
    with pytest.raises(UnusablePolicyError) as refused:
        compile_policies([tmp_path], context, china(TODAY))
    assert {p.code for p in refused.value.problems} >= {"exam.attempts", "choice.any_of", "selects.overlap"}
    assert "考试次数" in str(refused.value)
