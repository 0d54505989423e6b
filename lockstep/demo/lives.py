"""What the demo's learners do with their lives. Each story is a few lines; add yours to LIVES."""

from collections.abc import Awaitable, Callable, Mapping

from lockstep.core.policy.people import Outcome
from lockstep.demo.learner import Learner

Life = Callable[[Learner], Awaitable[None]]
_TO_PAY_DAY = 40


async def diligent(hire: Learner) -> None:
    """Learns at once and passes with distinction."""
    await hire.study_on(95, a_day=3)
    await hire.days(_TO_PAY_DAY, "passed, waits for pay day")


async def steady(hire: Learner) -> None:
    """Needs a reminder, passes without distinction."""
    await hire.days(2, "has not begun yet")
    await hire.study_on(90)
    await hire.days(_TO_PAY_DAY, "passed, waits for pay day")


async def fails_first(hire: Learner) -> None:
    """Fails the first time, learns again, passes."""
    await hire.study(62, most=1)
    await hire.days(2, "failed, learns again")
    await hire.study_on(91)
    await hire.days(_TO_PAY_DAY, "passed at the second try")


async def late(hire: Learner) -> None:
    """Misses the deadline, is escalated, then passes before pay day."""
    await hire.days(9, "puts it off")
    await hire.study_on(90)
    await hire.days(_TO_PAY_DAY, "passed late")


async def never(hire: Learner) -> None:
    """Does nothing at all."""
    await hire.days(_TO_PAY_DAY, "never learns")


async def on_leave(hire: Learner) -> None:
    """Goes on leave: clocks stop, nobody is disturbed."""
    await hire.days(1)
    await hire.tell("leave_started", leave="family")
    await hire.days(10, "on leave")
    await hire.tell("leave_ended", leave="family")
    await hire.study_on(90)
    await hire.days(_TO_PAY_DAY, "passed after the leave")


def transferred(post: str) -> Life:
    """Is moved to another post half way: what was passed counts, the rest is new."""

    async def life(hire: Learner) -> None:
        await hire.study(91, most=1)
        await hire.days(2)
        await hire.tell("employee_transferred", post=post)
        await hire.days(1, f"transferred to {post}")
        await hire.study_on(92)
        await hire.days(_TO_PAY_DAY, f"passed as {post}")

    return life


async def leaver(hire: Learner) -> None:
    """Resigns in the second week."""
    await hire.study(85, most=1)
    await hire.days(8)
    await hire.tell("employee_left", reason="resigned")
    await hire.days(1, "resigned")


async def no_show(hire: Learner) -> None:
    """Never comes."""
    await hire.days(2)
    await hire.tell("employee_left", reason="no_show")
    await hire.days(1, "never came")


async def appeals(hire: Learner) -> None:
    """Fails narrowly, appeals; HR upholds the appeal and corrects the score."""
    failed = (await hire.todo())[0].course
    await hire.study(78, most=1)
    await hire.days(1, "appeals")
    await hire.ask("appeal", appeal="A1", course=failed, reason="Question 7 has two right answers")
    await hire.days(2)
    for number in (1, 2):
        await hire.ask(
            "decide_appeal", appeal="A1", upheld=True, by=f"HR-{number}", role="hr", score=82,
            reason="Question 7 was ambiguous",
        )  # fmt: skip
    await hire.study_on(88)
    await hire.days(_TO_PAY_DAY, "passed after the appeal")


async def exhausted(hire: Learner) -> None:
    """Uses up every attempt; a human grants another one."""
    for _ in range(8):
        await hire.study(55, most=1)
        await hire.days(2, "fails again")
        if hire.seen and hire.seen.questions:
            await _answer(hire)
            break
    await hire.days(2)
    await hire.study_on(95)
    await hire.days(_TO_PAY_DAY, "after HR's decision")


async def _answer(hire: Learner) -> None:
    assert hire.seen is not None  # noqa: S101 - looked just before
    question = hire.seen.questions[0]
    outcome = Outcome.EXTRA_ATTEMPT if Outcome.EXTRA_ATTEMPT in question.options else question.options[0]
    await hire.ask(
        "decide", question=question.question, outcome=outcome, by="HR-1", role=question.to,
        reason="Struggled with the language, deserves another try",
    )  # fmt: skip


async def waived(hire: Learner) -> None:
    """Holds the licence already: two people sign a waiver of the first course, the rest is learned."""
    course = (await hire.todo())[0].course
    for by, role in (("HR-1", "hr"), ("SAFE-1", "safety_officer"), ("HR-2", "hr")):
        await hire.ask(
            "waive", course=course, by=by, role=role, reason="Certified elsewhere", evidence="cert"
        )
    await hire.study_on(92)
    await hire.days(_TO_PAY_DAY, "waived one course")


LIVES: Mapping[str, Life] = {
    "diligent": diligent,
    "steady": steady,
    "fails_first": fails_first,
    "late": late,
    "never": never,
    "on_leave": on_leave,
    "leaver": leaver,
    "no_show": no_show,
    "appeals": appeals,
    "exhausted": exhausted,
    "waived": waived,
}
