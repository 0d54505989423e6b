"""Who decides: somebody can, enough of them, in time, and only what may be decided."""

from collections.abc import Iterator
from datetime import timedelta

from lockstep.authoring.checks.base import probation_days
from lockstep.authoring.problems import Problem, Sentence, Severity
from lockstep.core.law.packs import PACKS
from lockstep.core.policy.people import AppealRule, DecisionRule, Outcome
from lockstep.core.policy.policy import Policy, Risk

NOBODY = Sentence(
    "decision.nobody",
    "{place}：没有人可以决定；by 至少写一个角色，people 至少是 1",
    "{place}: nobody may decide; name one role at least in by, and let people be 1 or more",
)
TOO_FEW_ROLES = Sentence(
    "decision.too_few_roles",
    "{place}：要 {people} 个人同意，by 却只有 {roles} 个角色（每个角色一人）；永远凑不齐",
    "{place}: {people} people must agree, and by names {roles} roles of one person each; that can never "
    "be met",
)
SHORT_APPEAL = Sentence(
    "appeal.short",
    "申诉期限只有 {days} 天；少于 5 天，员工可能来不及申诉",
    "Appeals are open for {days} days only; under 5 days a hire may not manage to appeal",
    Severity.WARNING,
)
NO_OPTIONS = Sentence(
    "ending.no_options",
    "{place}：没有给出可选的处理办法（options）；被询问的人无法回答",
    "{place}: options is empty; whoever is asked has nothing to answer",
)
NOT_AN_ANSWER = Sentence(
    "ending.not_an_answer",
    "{place}：{option} 只用于批准扣工资，不能作为这里的处理办法",
    "{place}: {option} answers only whether a wage deduction may be booked; it cannot stand here",
)
PROBATION_TOO_LONG = Sentence(
    "probation.too_long",
    "试用期 {months} 个月超过法定上限 {most} 个月（劳动合同法第19条）",
    "A probation of {months} months is over the statutory {most} (Labour Contract Law art. 19)",
)
PROBATION_MONTHS = Sentence(
    "probation.months",
    "试用期应至少 1 个月；没有试用期请删掉 probation",
    "A probation lasts a month at least; without one, remove the section probation",
)
ASKED_TOO_EARLY = Sentence(
    "probation.ask_before",
    "试用期结束前 {days} 天就询问，试用期总共只有 {probation} 天",
    "HR is asked {days} days before the end of a probation of {probation} days",
)
WAIVES_SAFETY = Sentence(
    "decision.waives_safety",
    "有安全培训的岗位允许豁免：未经培训合格不得上岗（安全生产法第28条）；请只豁免非安全课程",
    "Waivers are possible on a post with safety training: nobody may work untrained (Work Safety Law "
    "art. 28); "
    "waive other courses only",
    Severity.WARNING,
)
NATIONAL = PACKS["CN"]


def decisions_can_be_made(policy: Policy) -> Iterator[Problem]:
    """Every decision has enough people to make it."""
    for name in ("waiver", "extra_attempt", "appeal"):
        rule: DecisionRule | AppealRule | None = getattr(policy.decisions, name)
        if rule is None:
            continue
        place, roles = f"decisions.{name}", len(set(rule.by))
        if not roles or rule.people < 1:
            yield NOBODY.at(f"{place}.by", place=place)
        elif rule.people > roles:
            yield TOO_FEW_ROLES.at(f"{place}.people", place=place, people=rule.people, roles=roles)


def appeals_are_possible(policy: Policy) -> Iterator[Problem]:
    """There is time to appeal."""
    appeal = policy.decisions.appeal
    if appeal is not None and appeal.within < timedelta(days=5):
        yield SHORT_APPEAL.at("decisions.appeal.within", days=round(appeal.within / timedelta(days=1), 1))


def questions_can_be_answered(policy: Policy) -> Iterator[Problem]:
    """Whoever is asked has an answer to give, and only such as fit the question."""
    for place, ending in (("exhausted", policy.exhausted), ("probation", policy.probation)):
        if ending is None:
            continue
        if not ending.options:
            yield NO_OPTIONS.at(f"{place}.options", place=place)
        for index, option in enumerate(ending.options):
            if option in (Outcome.APPROVE_DEDUCTION, Outcome.REJECT_DEDUCTION):
                yield NOT_AN_ANSWER.at(f"{place}.options.{index}", place=place, option=option.value)


def probation_is_lawful(policy: Policy) -> Iterator[Problem]:
    """A probation has one to six months, and HR is asked inside it."""
    probation, days = policy.probation, probation_days(policy)
    if probation is None or days is None:
        return
    if probation.months > NATIONAL.max_probation_months:
        most = NATIONAL.max_probation_months
        yield PROBATION_TOO_LONG.at("probation.months", months=probation.months, most=most)
    if probation.months < 1:
        yield PROBATION_MONTHS.at("probation.months")
    elif probation.ask_before >= timedelta(days=days):
        place, before = "probation.ask_before", probation.ask_before.days
        yield ASKED_TOO_EARLY.at(place, days=before, probation=days)


def safety_is_not_waived(policy: Policy) -> Iterator[Problem]:
    """Safety training before duty is the law's, not HR's, to waive."""
    if policy.risk is not Risk.NONE and policy.decisions.waiver is not None:
        yield WAIVES_SAFETY.at("decisions.waiver")
