from datetime import date
from pathlib import Path

import pytest

from lockstep.authoring.calendars import china
from lockstep.authoring.checks.base import Context
from lockstep.authoring.load import load_bytes, pin, snapshot
from lockstep.authoring.problems import UnusablePolicyError
from lockstep.core.policy.policy import Snapshot
from tests.authoring.sample import CLEAN, edited, surroundings

CALENDAR = china(date(2026, 11, 23))


def pinned(text: str, context: Context) -> Snapshot:
    loaded = load_bytes(text.encode(), "p.yaml")
    assert loaded.policy is not None
    return pin(loaded.policy, loaded, context.content, CALENDAR)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("courses.company.deadline", "    deadline: {days: 3}"),
        ("courses.skills.exam.pass_mark", "    exam: {kind: scenario,"),
        ("reminders", "reminders:"),
        ("pay.rules.award", "    - {id: award"),
        ("stages.on_duty", "  - id: on_duty"),
        ("choices.electives.any_of", "    any_of: 1"),
        ("escalation.1", "  - {after: 3d"),
        ("decisions.appeal", "  appeal:"),
    ],
)
def test_a_reason_can_cite_the_line_of_the_policy(path: str, line: str, context: Context):
    found = pinned(CLEAN, context)
    assert CLEAN.splitlines()[found.lines[path] - 1].startswith(line)
    assert found.file == "p.yaml"


def test_comments_and_the_order_of_keys_do_not_change_the_hash(context: Context):
    other = "# note\n" + edited(("risk: general\n", "")) + "risk: general\n"
    assert pinned(other, context).hash == pinned(CLEAN, context).hash


@pytest.mark.parametrize(
    "change",
    [("pass_mark: 80", "pass_mark: 81"), ("percent: 5%", "percent: 5.5%"), ("{zh: 喷涂}", "{zh: 涂装}")],
)
def test_any_change_of_the_policy_changes_the_hash(change: tuple[str, str], context: Context):
    assert pinned(edited(change), context).hash != pinned(CLEAN, context).hash


def test_a_change_of_the_content_changes_its_hash_and_the_policys(tmp_path: Path):
    context = surroundings(tmp_path / "content")
    before = pinned(CLEAN, context)
    (tmp_path / "content" / "crane" / "lesson.zh.md").write_text("别的\n", encoding="utf-8")
    after = pinned(CLEAN, context)
    changed = {name for name in before.content if before.content[name] != after.content[name]}
    assert changed == {"crane"}
    assert before.hash != after.hash


def test_renaming_or_adding_a_file_changes_the_content_hash_and_hidden_files_do_not(tmp_path: Path):
    content = surroundings(tmp_path / "content").content
    folder, seen = tmp_path / "content" / "paint", [content.digest("paint")]
    (folder / ".DS_Store").write_bytes(b"x")
    assert content.digest("paint") == seen[0]
    (folder / "extra.md").write_bytes(b"x")
    seen.append(content.digest("paint"))
    (folder / "extra.md").rename(folder / "other.md")
    seen.append(content.digest("paint"))
    assert len(set(seen)) == 3


def test_a_snapshot_survives_the_wire(context: Context):
    found = pinned(CLEAN, context)
    assert Snapshot.model_validate_json(found.model_dump_json()) == found


def test_a_snapshot_stays_small_enough_for_a_workflow_history(context: Context):
    assert len(pinned(CLEAN, context).model_dump_json()) < 16_000


def test_money_never_passes_through_a_float(context: Context):
    policy = pinned(edited(("percent: 5%", "percent: 0.1")), context).policy
    assert policy.pay is not None
    assert str(policy.pay.rules[0].percent * 3) == "0.3"


def test_a_snapshot_of_a_faulty_file_tells_every_fault(tmp_path: Path):
    file = tmp_path / "p.yaml"
    file.write_text(
        edited(("minutes: 480", "minutes: x"), ("risk: general", "rsk: general")), encoding="utf-8"
    )
    with pytest.raises(UnusablePolicyError) as refused:
        snapshot(file, tmp_path, CALENDAR)
    assert [problem.code for problem in refused.value.problems] == ["key.unknown", "value.integer"]


def test_a_snapshot_needs_all_content(tmp_path: Path):
    file = tmp_path / "p.yaml"
    file.write_text(CLEAN, encoding="utf-8")
    with pytest.raises(UnusablePolicyError) as refused:
        snapshot(file, tmp_path, CALENDAR)
    assert len(refused.value.problems) == 6
    surroundings(tmp_path / "content")
    assert snapshot(file, tmp_path / "content", CALENDAR).policy.id == "sample"
