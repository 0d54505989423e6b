"""What training does to pay and attendance."""

from collections.abc import Iterator

from lockstep.authoring.saying.phrases import number
from lockstep.core.base import Lang, Text
from lockstep.core.policy.pay import AttemptUsed, Pay, PayKind, PayRule, SalaryUsed, ScoreUsed
from lockstep.core.policy.policy import Policy

_SCORES = {
    ScoreUsed.MIN: Text(zh="各门中最低的一门", en="the lowest of its exams"),
    ScoreUsed.MEAN: Text(zh="各门的平均分", en="the mean of its exams"),
    ScoreUsed.WEIGHTED: Text(zh="各门的加权平均分", en="the weighted mean of its exams"),
    ScoreUsed.EACH: Text(zh="每一门分别计算", en="each exam by itself"),
}
_ATTEMPTS = {
    AttemptUsed.BEST: Text(zh="最好的一次", en="the best sitting"),
    AttemptUsed.FIRST: Text(zh="第一次", en="the first sitting"),
    AttemptUsed.LAST: Text(zh="最后一次", en="the last sitting"),
}
_SALARIES = {
    SalaryUsed.AT_CUTOFF: Text(zh="结算日的月工资", en="the monthly salary on the cut-off day"),
    SalaryUsed.TIME_WEIGHTED: Text(zh="当月按日加权的月工资", en="the month's day-weighted salary"),
}


def pay(policy: Policy) -> Iterator[Text]:
    """The cut-off, then each rule."""
    if policy.pay is None:
        yield Text(zh="培训不影响工资。", en="Training does not touch pay.")
        return
    base = _SALARIES[policy.pay.salary]
    yield Text(
        zh=f"每月 {policy.pay.cutoff_day} 日结算；百分比按{base.zh}计算，四舍五入到分。",
        en=f"Settled on day {policy.pay.cutoff_day} of each month; percentages are of {base.en}, rounded "
        f"to the fen.",
    )
    titles = {stage.id: stage.title for stage in policy.stages}
    for rule in policy.pay.rules:
        yield _rule(rule, titles.get(rule.stage, Text(zh=rule.stage)), policy.pay)
    if policy.pay.late_pass_reverses:
        yield Text(
            zh="逾期后又合格的，已扣的予以冲回。",
            en="Who passes late gets back what was held or cut, by a counter-entry.",
        )
    if policy.pay.basis is not None:
        basis = policy.pay.basis
        yield Text(
            zh=f"依据：《{basis.title.zh}》（{basis.document}），{basis.adopted_on} 通过，"
            f"{basis.announced_on} 公示。",
            en=f"Basis: “{basis.title.to(Lang.EN)}” ({basis.document}), adopted on {basis.adopted_on}, "
            f"made known on "
            f"{basis.announced_on}.",
        )


def _rule(rule: PayRule, stage: Text, terms: Pay) -> Text:
    percent, score, sitting = number(rule.percent), _SCORES[terms.score], _ATTEMPTS[terms.attempt]
    zh, en, at = rule.title.zh, rule.title.to(Lang.EN), stage.to(Lang.EN)
    judged_zh, judged_en = f"（取{score.zh}，{sitting.zh}）", f"({score.en}, {sitting.en})"
    match rule.kind:
        case PayKind.ALLOWANCE:
            return Text(
                zh=f"{zh}：“{stage.zh}”的课程全部通过后，发一次，月工资的 {percent}%。",
                en=f"{en}: {percent} % of a month's salary, once, when all of “{at}” is passed.",
            )
        case PayKind.AWARD:
            least = number(rule.min_score) if rule.min_score is not None else "—"
            return Text(
                zh=f"{zh}：通过且成绩达到 {least} 分{judged_zh}，再发月工资的 {percent}%。",
                en=f"{en}: a further {percent} % once, when “{at}” is passed with {least} points or more "
                f"{judged_en}.",
            )
        case PayKind.FORFEITURE | PayKind.DEDUCTION:
            return _adverse(rule, stage)
        case PayKind.FACTOR:
            bands = "，".join(f"{number(b.min_score)} 分起 ×{b.factor}" for b in rule.bands)
            bands_en = ", ".join(f"from {number(b.min_score)} points ×{b.factor}" for b in rule.bands)
            return Text(
                zh=f"{zh}：“{stage.zh}”通过后按成绩定系数{judged_zh}：{bands}。",
                en=f"{en}: set by the score once “{at}” is passed {judged_en}: {bands_en}.",
            )


def _adverse(rule: PayRule, stage: Text) -> Text:
    """A bonus not earned, or a wage deduction."""
    percent, zh, en, at = number(rule.percent), rule.title.zh, rule.title.to(Lang.EN), stage.to(Lang.EN)
    if rule.kind is PayKind.FORFEITURE:
        return Text(
            zh=f"{zh}：结算日时“{stage.zh}”的课程已逾期而未通过，当月相当于月工资 {percent}% "
            f"的绩效奖金不发，"
            f"最多 {rule.max_times} 次；这是没有取得的奖金，不是扣工资。",
            en=f"{en}: a bonus worth {percent} % is not earned in a month at whose cut-off a course "
            f"of “{at}” is "
            f"overdue, {rule.max_times} at most; it is a bonus not earned, no wage is cut.",
        )
    return Text(
        zh=f"{zh}：结算日时“{stage.zh}”的课程已逾期而未通过，经人批准后扣当月工资的 {percent}%，"
        f"最多 {rule.max_times} 次，且不突破法定上限和最低工资。",
        en=f"{en}: {percent} % is deducted from a month at whose cut-off a course of “{at}” is "
        f"overdue, "
        f"{rule.max_times} at most, after a human's approval and within the legal caps and floors.",
    )


def attendance(policy: Policy) -> Iterator[Text]:
    """The marks attendance gets."""
    rules = policy.attendance
    if rules.abnormal_when_overdue:
        yield Text(
            zh="逾期期间考勤标记“异常”。", en="While a course is overdue attendance is marked abnormal."
        )
    stage = next((stage for stage in policy.stages if stage.id == rules.qualified_stage), None)
    if stage is not None:
        yield Text(
            zh=f"进入“{stage.title.zh}”时标记“培训合格”。",
            en=f"With “{stage.title.to(Lang.EN)}” it is marked qualified.",
        )
