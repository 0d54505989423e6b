"""A whole policy in plain sentences, for whoever must agree to it without reading YAML."""

from collections.abc import Iterator

from lockstep.authoring.saying.learning import courses, stages
from lockstep.authoring.saying.pay import attendance, pay
from lockstep.authoring.saying.people import decisions, endings, identity, messages
from lockstep.authoring.saying.phrases import Chapter, named
from lockstep.core.base import Lang, Text
from lockstep.core.law.packs import PACKS
from lockstep.core.policy.pay import PayKind
from lockstep.core.policy.policy import Policy, Risk


def explain(policy: Policy) -> tuple[Chapter, ...]:
    """The chapters of a policy; a chapter with nothing to say is left out."""
    chapters = (
        Chapter(title=Text(zh="适用于谁", en="Who it is for"), sentences=tuple(_selects(policy))),
        Chapter(
            title=Text(zh="环节与流程锁", en="Stages and the process lock"), sentences=tuple(stages(policy))
        ),
        Chapter(title=Text(zh="课程与考试", en="Courses and exams"), sentences=tuple(courses(policy))),
        Chapter(
            title=Text(zh="提醒与升级", en="Reminders and escalation"), sentences=tuple(messages(policy))
        ),
        Chapter(title=Text(zh="工资", en="Pay"), sentences=tuple(pay(policy))),
        Chapter(title=Text(zh="考勤", en="Attendance"), sentences=tuple(attendance(policy))),
        Chapter(title=Text(zh="由人决定", en="What people decide"), sentences=tuple(decisions(policy))),
        Chapter(title=Text(zh="到头的时候", en="Where the road ends"), sentences=tuple(endings(policy))),
        Chapter(title=Text(zh="身份核验", en="Proof of identity"), sentences=tuple(identity(policy))),
        Chapter(title=Text(zh="法律依据", en="The law behind it"), sentences=tuple(_law(policy))),
    )
    return tuple(chapter for chapter in chapters if chapter.sentences)


def as_markdown(policy: Policy, lang: Lang) -> str:
    """The chapters as Markdown."""
    lines = [f"# {policy.title.to(lang)}", "", f"`{policy.id}` {policy.version}"]
    for chapter in explain(policy):
        lines += ["", f"## {chapter.title.to(lang)}", ""]
        lines += [f"- {sentence.to(lang)}" for sentence in chapter.sentences]
    return "\n".join(lines) + "\n"


def _selects(policy: Policy) -> Iterator[Text]:
    chosen = policy.selects
    posts, entities = named(chosen.posts), named(chosen.entities)
    types, places = named(chosen.employment_types), named(chosen.jurisdictions)
    yield Text(
        zh=f"岗位：{posts.zh}；用人单位：{entities.zh}；用工形式：{types.zh}；地区：{places.zh}。",
        en=f"Posts: {posts.to(Lang.EN)}; legal entities: {entities.to(Lang.EN)}; employment: "
        f"{types.to(Lang.EN)}; "
        f"jurisdictions: {places.to(Lang.EN)}.",
    )
    if chosen.priority:
        yield Text(
            zh=f"与其他制度同时适用时，优先级是 {chosen.priority}，数字大的优先。",
            en=f"Where others apply too its priority is {chosen.priority}; the higher number wins.",
        )


def _law(policy: Policy) -> Iterator[Text]:
    if policy.risk is not Risk.NONE:
        hours = policy.risk.hours
        yield Text(
            zh=f"上岗前安全培训不得少于 {hours} 学时（生产经营单位安全培训规定第 13 条）。",
            en=f"At least {hours} hours of safety training before duty (Provisions on Safety Training "
            f"art. 13).",
        )
    rules = policy.pay.rules if policy.pay else ()
    if not any(rule.kind is PayKind.DEDUCTION for rule in rules):
        return
    for place in policy.selects.jurisdictions:
        for source in PACKS[place].sources if place in PACKS else ():
            yield Text(
                zh=f"{source.article}：{source.says.zh}。", en=f"{source.article}: {source.says.to(Lang.EN)}."
            )
