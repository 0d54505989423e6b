"""What a hire learns, and which gates it opens."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from lockstep.authoring.saying.phrases import listed, number, plural, span
from lockstep.core.base import Lang, Text
from lockstep.core.policy.courses import Course, Exam, ExamKind, Relearn
from lockstep.core.policy.parts import Deadline
from lockstep.core.policy.policy import Policy

_AGAIN = {
    Relearn.WHOLE: Text(zh="整门重学", en="learns all of it again"),
    Relearn.FAILED_SECTIONS: Text(zh="重学没过的章节", en="learns the failed sections again"),
    Relearn.NONE: Text(zh="不必重学", en="need not learn again"),
}


def stages(policy: Policy) -> Iterator[Text]:
    """Each gate and what it waits for."""
    for stage in policy.stages:
        wanted = listed(_required(policy, name) for name in stage.requires)
        title_en = stage.title.to(Lang.EN)
        zh, en = f"通过{wanted.zh}", f"passing {wanted.to(Lang.EN)}"
        if any(stage.hours.values()):
            total = sum(stage.hours.values(), Decimal(0))
            levels = "、".join(f"{level} {number(hours)}" for level, hours in stage.hours.items())
            zh += f"，并达到 {number(total)} 学时（{levels}）"
            en += f", with {number(total)} training hours ({levels.replace('、', ', ')})"
        yield Text(zh=f"{zh}，才能进入“{stage.title.zh}”。", en=f"“{title_en}” opens by {en}.")
        if stage.certificate is not None:
            award = stage.certificate.title
            yield Text(
                zh=f"进入“{stage.title.zh}”时颁发《{award.zh}》。",
                en=f"With “{title_en}” comes the certificate “{award.to(Lang.EN)}”.",
            )
    if len(policy.stages) > 1:
        order = " → ".join(stage.title.zh for stage in policy.stages)
        order_en = " → ".join(stage.title.to(Lang.EN) for stage in policy.stages)
        yield Text(zh=f"依次打开：{order}。", en=f"They open in order: {order_en}.")


def _required(policy: Policy, name: str) -> Text:
    choice = policy.choice_by_id.get(name)
    if choice is not None:
        options = listed(_title(policy, course) for course in choice.courses)
        return Text(
            zh=f"“{choice.title.zh}”中的任意 {choice.any_of} 门（{options.zh}）",
            en=f"any {choice.any_of} of “{choice.title.to(Lang.EN)}” ({options.to(Lang.EN)})",
        )
    return _title(policy, name)


def _title(policy: Policy, name: str) -> Text:
    course = policy.course_by_id.get(name)
    title = course.title if course else Text(zh=name)
    return Text(zh=f"“{title.zh}”", en=f"“{title.to(Lang.EN)}”")


def courses(policy: Policy) -> Iterator[Text]:
    """Each course in a sentence or three."""
    for course in policy.courses:
        yield _course(policy, course)
        if course.exam is not None:
            yield _exam(course, course.exam)
        yield from _again(course)


def _course(policy: Policy, course: Course) -> Text:
    zh, en = f"“{course.title.zh}”约 {course.minutes} 分钟", f"“{course.title.to(Lang.EN)}” takes about "
    en += plural(course.minutes, "minute")
    if course.hours:
        zh += f"，计 {number(course.hours)} 学时"
        en += f" and counts {plural(course.hours, 'training hour')}"
    if course.after:
        before = listed(_title(policy, name) for name in course.after)
        zh, en = f"{zh}，先通过{before.zh}才能学", f"{en}, after {before.to(Lang.EN)}"
    if course.deadline is not None:
        due = _deadline(course.deadline)
        zh, en = f"{zh}，{due.zh}", f"{en}; {due.to(Lang.EN)}"
    return Text(zh=f"{zh}。", en=f"{en}.")


def _deadline(deadline: Deadline) -> Text:
    if deadline.working:
        days = plural(deadline.days, "working day")
        return Text(
            zh=f"可以学习之日起 {deadline.days} 个工作日内完成", en=f"due within {days} of being assigned"
        )
    zh = f"可以学习之日起 {deadline.days} 天内完成"
    en = f"due within {plural(deadline.days, 'day')} of being assigned"
    if deadline.roll:
        return Text(zh=f"{zh}（遇休息日顺延）", en=f"{en} (moved on to a working day)")
    return Text(zh=zh, en=en)


def _exam(course: Course, exam: Exam) -> Text:
    scenario = exam.kind is ExamKind.SCENARIO
    drawn_zh = f"抽 {exam.questions} {'段对话' if scenario else '题'}"
    drawn_en = plural(exam.questions, "dialogue" if scenario else "question")
    again, limit = _AGAIN[exam.relearn], span(exam.time_limit)
    zh = f"{course.title.zh}考试{drawn_zh}，限时 {limit.zh}，{number(exam.pass_mark)} 分合格；"
    en = f"Its exam draws {drawn_en}, allows {limit.en} and is passed with {number(exam.pass_mark)} points; "
    if exam.attempts == "until_passed":
        zh, en = (
            f"{zh}不合格则{again.zh}再补考，直至合格",
            f"{en}who fails {again.en} and retakes it until passed",
        )
    else:
        zh = f"{zh}最多考 {exam.attempts} 次，不合格{again.zh}"
        en = f"{en}{plural(exam.attempts, 'attempt')} at most, and who fails {again.en}"
    if exam.wait > timedelta(0):
        pause = span(exam.wait)
        zh, en = f"{zh}，两次之间至少隔 {pause.zh}", f"{en}, {pause.en} later at the earliest"
    return Text(zh=f"{zh}。", en=f"{en}.")


def _again(course: Course) -> Iterator[Text]:
    title_en = course.title.to(Lang.EN)
    if course.validity is not None:
        before, months = span(course.validity.recertify), course.validity.months
        yield Text(
            zh=f"“{course.title.zh}”合格后有效 {months} 个月，到期前 {before.zh}安排复训。",
            en=f"A pass of “{title_en}” is valid for {plural(months, 'month')}; it is given again "
            f"{before.en} before.",
        )
    if course.redo_on_transfer:
        yield Text(zh=f"转岗后重学“{course.title.zh}”。", en=f"“{title_en}” is given again after a transfer.")
    if course.redo_after_absence is not None:
        away = span(course.redo_after_absence)
        yield Text(
            zh=f"离岗满 {away.zh}后重学“{course.title.zh}”。",
            en=f"“{title_en}” is given again after an absence of {away.en}.",
        )
