"""Wage law: a real deduction stands on a document, in a known place, within its caps and floors."""

from collections.abc import Iterator
from decimal import Decimal

from lockstep.authoring.checks.base import stage_courses
from lockstep.authoring.problems import Problem, Sentence, Severity
from lockstep.core.law.pack import LawPack
from lockstep.core.law.packs import PACKS
from lockstep.core.policy.courses import CourseKind
from lockstep.core.policy.pay import PayKind, PayRule
from lockstep.core.policy.policy import Policy

NO_BASIS = Sentence(
    "deduct.no_basis",
    "规则 {rule} 要扣工资，却没有依据文件（pay.basis）；请写明经民主程序通过并公示的制度，或改用 forfeiture",
    "Rule {rule} cuts wages without a basis (pay.basis); name the rule adopted by democratic procedure "
    "and made "
    "known, or use forfeiture",
)
BASIS_DATES = Sentence(
    "deduct.basis_dates",
    "依据文件的公示日期 {announced} 早于通过日期 {adopted}；请核对",
    "The basis was made known on {announced}, before it was adopted on {adopted}; check the dates",
)
UNKNOWN_PLACE = Sentence(
    "deduct.unknown_jurisdiction",
    "规则 {rule} 要扣工资，但地区 {place} 的工资法规没有收录；请在 selects.jurisdictions 写明已知地区："
    "{known}",
    "Rule {rule} cuts wages in {place}, whose wage law is not known here; name known places in "
    "selects.jurisdictions: {known}",
)
NOT_ALLOWED = Sentence(
    "deduct.not_allowed",
    "规则 {rule} 要扣工资，但{place_zh}不允许：{says_zh}",
    "Rule {rule} cuts wages, which {place_en} does not allow: {says_en}",
)
OVER_CAP = Sentence(
    "deduct.over_cap",
    "扣工资合计 {percent}%，超过{place_zh}每月上限 {cap}%",
    "The deductions come to {percent} %, over the monthly cap of {cap} % in {place_en}",
)
BELOW_FLOOR = Sentence(
    "deduct.below_floor",
    "扣工资合计 {percent}%，试用期工资会低于约定工资的 {floor}%（劳动合同法第20条）",
    "The deductions come to {percent} %: pay in probation would fall below {floor} % of the agreed wage "
    "(Labour Contract Law art. 20)",
)
PROBATION_ROOM = Sentence(
    "deduct.probation",
    "试用期内扣工资：如果试用期工资已经是约定工资的 {floor}%，就一分也不能再扣",
    "Wages are cut in probation: where its pay is {floor} % of the agreed wage already, nothing can be "
    "deducted",
    Severity.WARNING,
)
NO_PROBATION = Sentence(
    "deduct.no_probation",
    "要扣工资，却没有写 probation；系统无法判断是否在试用期，{floor}% 的下限无从适用",
    "Wages are cut and probation is not given; the floor of {floor} % in probation cannot be applied",
    Severity.WARNING,
)
MINIMUM_WAGE = Sentence(
    "deduct.minimum_wage",
    "扣工资后不得低于当地最低工资；请确认每个用人单位都填了最低工资，没有填的一分不扣",
    "What is left may not fall below the local minimum wage; make sure each legal entity has one on record, "
    "without it nothing is deducted",
    Severity.WARNING,
)
NATIONAL_ONLY = Sentence(
    "deduct.national_only",
    "扣工资的规则只按全国规定（CN）判断；各地规定不同，请写明省市，如 CN-JS",
    "Deductions are judged by the national rules (CN) only; places differ, name the province such as CN-JS",
    Severity.WARNING,
)
FOR_SAFETY = Sentence(
    "deduct.safety_training",
    "规则 {rule} 因安全培训扣工资；安全培训期间应当支付工资（生产经营单位安全培训规定第23条）",
    "Rule {rule} cuts wages over safety training, during which wages are due (Provisions on Safety "
    "Training art. 23)",
    Severity.WARNING,
)
_WORST = PACKS["CN"]


def deductions_have_a_basis(policy: Policy) -> Iterator[Problem]:
    """A company rule, adopted and made known (劳动合同法 4)."""
    basis = policy.pay.basis if policy.pay else None
    if basis is None:
        for rule in _deductions(policy):
            yield NO_BASIS.at(f"pay.rules.{rule.id}", rule=rule.id)
    elif basis.announced_on < basis.adopted_on:
        yield BASIS_DATES.at("pay.basis", announced=basis.announced_on, adopted=basis.adopted_on)


def deductions_have_a_place(policy: Policy) -> Iterator[Problem]:
    """The place is known, and allows it."""
    for rule in _deductions(policy):
        where = f"pay.rules.{rule.id}"
        for place in policy.selects.jurisdictions:
            pack = PACKS.get(place)
            if pack is None:
                known = ", ".join(PACKS)
                yield UNKNOWN_PLACE.at(where, rule=rule.id, place=place, known=known)
            elif not pack.allows_deduction:
                yield _refusal(pack, where, rule)
    if any(_deductions(policy)) and _WORST.jurisdiction in policy.selects.jurisdictions:
        yield NATIONAL_ONLY.at("selects.jurisdictions")


def _refusal(pack: LawPack, where: str, rule: PayRule) -> Problem:
    title, says = pack.title, pack.sources[0].says
    return NOT_ALLOWED.at(
        where, rule=rule.id, place_zh=title.zh, place_en=title.en, says_zh=says.zh, says_en=says.en
    )


def deductions_keep_the_limits(policy: Policy) -> Iterator[Problem]:
    """All deductions of one month together keep the cap, and in probation the floor."""
    percent = sum((rule.percent for rule in _deductions(policy)), Decimal(0))
    if not percent:
        return
    packs = [PACKS[place] for place in policy.selects.jurisdictions if place in PACKS] or [_WORST]
    for pack in packs:
        if percent > pack.monthly_cap_percent:
            yield OVER_CAP.at(
                "pay.rules",
                percent=percent,
                cap=pack.monthly_cap_percent,
                place_zh=pack.title.zh,
                place_en=pack.title.en,
            )
    floor = max(pack.probation_floor_percent for pack in packs)
    if policy.probation is None:
        yield NO_PROBATION.at("pay", floor=floor)
    elif 100 - percent < floor:
        yield BELOW_FLOOR.at("pay.rules", percent=percent, floor=floor)
    else:
        yield PROBATION_ROOM.at("pay", floor=floor)
    yield MINIMUM_WAGE.at("pay")


def safety_training_is_paid(policy: Policy) -> Iterator[Problem]:
    """Wages are due during safety training."""
    stages = {stage.id: stage for stage in policy.stages}
    for rule in _deductions(policy):
        courses = stage_courses(policy, stages[rule.stage]) if rule.stage in stages else []
        if any(course.kind is CourseKind.SAFETY for course in courses):
            yield FOR_SAFETY.at(f"pay.rules.{rule.id}", rule=rule.id)


def _deductions(policy: Policy) -> list[PayRule]:
    rules = policy.pay.rules if policy.pay else ()
    return [rule for rule in rules if rule.kind is PayKind.DEDUCTION]
