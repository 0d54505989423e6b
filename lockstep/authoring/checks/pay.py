"""Pay rules: each can happen, and none surprises."""

from collections.abc import Iterator

from lockstep.authoring.checks.base import stage_courses
from lockstep.authoring.problems import Problem, Sentence, Severity
from lockstep.core.policy.courses import Course
from lockstep.core.policy.pay import Pay, PayKind, PayRule, ScoreUsed
from lockstep.core.policy.policy import Policy

ADVERSE = (PayKind.FORFEITURE, PayKind.DEDUCTION)
SCORED = (PayKind.AWARD, PayKind.FACTOR)

PERCENT = Sentence(
    "pay.percent",
    "工资规则 {rule} 的 percent 是 {percent}；应大于 0，不超过 100",
    "The percent of pay rule {rule} is {percent}; it must be above 0 and at most 100",
)
MIN_SCORE = Sentence(
    "pay.min_score",
    "奖励规则 {rule} 要写 min_score（多少分以上给奖励），在 0 到 100 之间",
    "Award {rule} needs min_score (from which score on it is paid), from 0 to 100",
)
NO_BANDS = Sentence(
    "pay.no_bands",
    "系数规则 {rule} 没有写 bands（哪个分数段用什么系数）",
    "Factor {rule} has no bands (which score brings which factor)",
)
BAND = Sentence(
    "pay.band",
    "系数规则 {rule} 的第 {number} 段不对：min_score 应在 0 到 100 之间且逐段升高，factor 不能小于 0",
    "Band {number} of factor {rule} is wrong: min_score must be from 0 to 100 and rise, and factor not "
    "below 0",
)
CUTOFF = Sentence(
    "pay.cutoff_day",
    "结算日是每月 {day} 日；应在 1 到 28 之间，每个月都有的日子",
    "The cut-off is day {day} of the month; it must be from 1 to 28, a day every month has",
)
MAX_TIMES = Sentence(
    "pay.max_times",
    "工资规则 {rule} 的 max_times 是 {times}；应在 1 到 12 之间",
    "max_times of pay rule {rule} is {times}; it must be from 1 to 12",
)
WEIGHTS = Sentence(
    "pay.weights",
    "环节 {stage} 按权重算分，但各门考试的 weight 合计不大于 0；请给课程写上 weight",
    "Stage {stage} weights its scores, and the weights of its exams do not add up to more than 0; give "
    "the courses "
    "a weight",
)
WEIGHT_ZERO = Sentence(
    "pay.weight_zero",
    "课程 {course} 的 weight 是 0，它的成绩对工资没有影响",
    "The weight of course {course} is 0: its score does not count for pay",
    Severity.WARNING,
)
WEIGHT_NEGATIVE = Sentence(
    "pay.weight_negative",
    "课程 {course} 的 weight 不能小于 0",
    "The weight of course {course} cannot be below 0",
)
NO_APPEAL = Sentence(
    "pay.no_appeal",
    "工资规则 {rule} 对员工不利，却没有申诉规则（decisions.appeal）；请给员工一个申诉的机会",
    "Pay rule {rule} is against the hire, and there is no appeal (decisions.appeal); give hires a way to "
    "appeal",
    Severity.WARNING,
)
NO_SCORE = Sentence(
    "pay.no_score",
    "工资规则 {rule} 要看分数，但环节 {stage} 没有一门考试",
    "Pay rule {rule} looks at a score, and stage {stage} has no exam",
)
NEVER_DUE = Sentence(
    "pay.never_due",
    "工资规则 {rule} 要等期限过后才生效，但环节 {stage} 的课程都没有期限",
    "Pay rule {rule} waits for a missed deadline, and no course of stage {stage} has one",
)


def amounts_make_sense(policy: Policy) -> Iterator[Problem]:
    """Percentages, scores, factors."""
    if policy.pay is None:
        return
    if not 1 <= policy.pay.cutoff_day <= 28:
        yield CUTOFF.at("pay.cutoff_day", day=policy.pay.cutoff_day)
    for rule in policy.pay.rules:
        place = f"pay.rules.{rule.id}"
        if rule.kind is PayKind.FACTOR:
            yield from _bands(rule, place)
        elif not 0 < rule.percent <= 100:
            yield PERCENT.at(f"{place}.percent", rule=rule.id, percent=rule.percent)
        if rule.kind is PayKind.AWARD and (rule.min_score is None or not 0 <= rule.min_score <= 100):
            yield MIN_SCORE.at(f"{place}.min_score", rule=rule.id)
        if not 1 <= rule.max_times <= 12:
            yield MAX_TIMES.at(f"{place}.max_times", rule=rule.id, times=rule.max_times)


def _bands(rule: PayRule, place: str) -> Iterator[Problem]:
    if not rule.bands:
        yield NO_BANDS.at(place, rule=rule.id)
    for index, band in enumerate(rule.bands):
        rises = index == 0 or band.min_score > rule.bands[index - 1].min_score
        if not rises or not 0 <= band.min_score <= 100 or band.factor < 0:
            yield BAND.at(f"{place}.bands.{index}", rule=rule.id, number=index + 1)


def weights_add_up(policy: Policy) -> Iterator[Problem]:
    """A weighted score has weights."""
    pay = policy.pay
    if pay is None or pay.score is not ScoreUsed.WEIGHTED:
        return
    scored = {rule.stage for rule in pay.rules if rule.kind in SCORED}
    for stage in policy.stages:
        weighted = [course for course in stage_courses(policy, stage) if course.exam is not None]
        if stage.id in scored and weighted and sum(course.weight for course in weighted) <= 0:
            yield WEIGHTS.at("pay.score", stage=stage.id)
    for course in policy.courses:
        place = f"courses.{course.id}.weight"
        if course.weight < 0:
            yield WEIGHT_NEGATIVE.at(place, course=course.id)
        elif course.exam is not None and course.weight == 0:
            yield WEIGHT_ZERO.at(place, course=course.id)


def adverse_pay_is_fair(policy: Policy) -> Iterator[Problem]:
    """What goes against the hire can be appealed."""
    if policy.pay is None or policy.decisions.appeal is not None:
        return
    for rule in policy.pay.rules:
        if rule.kind in ADVERSE:
            yield NO_APPEAL.at(f"pay.rules.{rule.id}", rule=rule.id)


def rules_can_happen(policy: Policy) -> Iterator[Problem]:
    """A rule that looks at scores finds some, one that waits for a deadline too."""
    for rule, courses in _with_courses(policy, policy.pay):
        place = f"pay.rules.{rule.id}.stage"
        if rule.kind in SCORED and not any(course.exam for course in courses):
            yield NO_SCORE.at(place, rule=rule.id, stage=rule.stage)
        if rule.kind in ADVERSE and not any(course.deadline for course in courses):
            yield NEVER_DUE.at(place, rule=rule.id, stage=rule.stage)


def _with_courses(policy: Policy, pay: Pay | None) -> Iterator[tuple[PayRule, list[Course]]]:
    stages = {stage.id: stage for stage in policy.stages}
    for rule in pay.rules if pay else ():
        if rule.stage in stages:
            yield rule, stage_courses(policy, stages[rule.stage])
