"""Whatever HR does to a shipped policy: an answer, never a crash."""

import random
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from lockstep.authoring.checks.base import Context
from lockstep.authoring.content import Content
from lockstep.authoring.drawing.svg import svg
from lockstep.authoring.lint import check, check_alone
from lockstep.authoring.load import load_bytes
from lockstep.authoring.problems import Problem
from lockstep.authoring.saying.policy import as_markdown
from lockstep.core.base import Lang
from tests.authoring.sample import nothing_missing

ROOT = Path(__file__).parents[2]
SHIPPED = [path.read_bytes() for path in sorted((ROOT / "policies").glob("*.yaml"))]
CONTEXT = Context(
    content=Content(ROOT / "content"),
    certificates=frozenset({"standard"}),
    channels=frozenset({"sms", "wecom", "email"}),
    calendars=frozenset({"CN"}),
    missing_templates=nothing_missing,
)
VALUES = (
    *("", "~", "0", "-1", "9" * 5000, "1e999999", "-0.0", "NaN", "[]", "{}", "[[]]", "{a: b}", "*", '"*"'),
    *("&a", "*a", "!!x", "|", ">", "%", "@", "\t", "：", "on_duty", "basics", "99999d", "-3d", "0m", "24:61"),
    *(
        "until_passed",
        "on",
        "null",
        "'\\x00'",
        '"\\0"',
        '"\\ud83d\\ude00"',
        '"\\ud800"',
        "../..",
        "/etc/passwd",
    ),
)


def answered(raw: bytes) -> list[Problem]:
    """The problems; and a policy that has none can be said and drawn."""
    loaded = load_bytes(raw, "p.yaml")
    problems = check(loaded, CONTEXT)
    assert (loaded.policy is None) == any(p in problems for p in loaded.problems)
    if loaded.policy is not None and not any(p.is_error for p in check_alone(loaded.policy)):
        for lang in Lang:
            assert as_markdown(loaded.policy, lang)
            assert svg(loaded.policy, lang)
    for problem in problems:
        assert problem.line >= 1
        assert problem.zh
        assert problem.en
    return problems


@given(st.sampled_from(SHIPPED), st.randoms(use_true_random=False), st.integers(1, 4))
@settings(deadline=None, max_examples=250)
def test_lines_lost_doubled_moved_and_values_replaced(raw: bytes, dice: random.Random, times: int):
    lines = raw.decode().split("\n")
    for _ in range(times):
        at = dice.randrange(len(lines))
        match dice.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(dice.randrange(len(lines)), lines[at])
            case 2:
                lines[at] = lines[at].replace("  ", " " * dice.randrange(5), 1)
            case 3:
                head, colon, _ = lines[at].partition(":")
                lines[at] = head + colon + " " + dice.choice(VALUES)
            case 4:
                lines[at] = lines[at].replace(dice.choice(lines[at] or " "), dice.choice(VALUES), 1)
            case _:
                words = lines[at].split(" ")
                words[dice.randrange(len(words))] = dice.choice(lines).strip().split(" ")[0]
                lines[at] = " ".join(words)
        lines = lines or [""]
    answered("\n".join(lines).encode("utf-8", "surrogatepass"))


@given(st.sampled_from(SHIPPED), st.data())
@settings(deadline=None, max_examples=150)
def test_bytes_changed_at_random(raw: bytes, data: st.DataObject):
    changed = bytearray(raw)
    for _ in range(data.draw(st.integers(1, 6))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    answered(bytes(changed))


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")))
@settings(deadline=None, max_examples=200)
@example(b"\xff\xfe")
@example(b"? ")
@example(b"[a, ")
def test_any_bytes_at_all(raw: bytes):
    answered(raw)
