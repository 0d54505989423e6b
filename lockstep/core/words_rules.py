"""The reason of a decision: one sentence for every `Why.rule` (and every limit of the wage law)."""

from collections.abc import Mapping
from types import MappingProxyType

from lockstep.core.base import Text

RULES: Mapping[str, Text] = MappingProxyType(
    {
        "plan_for_hire": Text(
            zh="新员工入职，按岗位选用培训制度。", en="A new hire: the policy of the post applies."
        ),
        "plan_for_transfer": Text(
            zh="转岗到 {post}，按新岗位选用培训制度。",
            en="Moved to {post}: the policy of the new post applies.",
        ),
        "plan_made": Text(zh="培训计划已经制定。", en="The training plan is made."),
        "plan_after_transfer": Text(
            zh="转岗后按新岗位的制度继续。", en="After the transfer the policy of the new post applies."
        ),
        "plan_adopted": Text(
            zh="改用另一项制度或制度的新版本。", en="Another policy, or another version of it, was adopted."
        ),
        "reminder_due": Text(
            zh="仍有课程未完成，按制度发出第{round}次提醒。",
            en="Courses are still open: reminder {round} is due by the policy.",
        ),
        "deadline_missed": Text(
            zh="“{item}”超过期限仍未完成。", en="“{item}” was not completed by its deadline."
        ),
        "nothing_overdue": Text(zh="已没有逾期的课程。", en="Nothing is overdue any more."),
        "time_limit": Text(
            zh="“{course}”的考试时限{minutes}分钟已到，没有交卷。",
            en="The {minutes} minutes of the exam of “{course}” ran out with nothing handed in.",
        ),
        "exam_timed_out": Text(
            zh="“{course}”的考试时限已到，没有交卷。",
            en="The time of the exam of “{course}” ran out with nothing handed in.",
        ),
        "attempts_exhausted": Text(
            zh="“{course}”的{attempts}次考试机会已用完，须由人决定如何继续。",
            en="All {attempts} attempts at “{course}” are used: a human decides how to go on.",
        ),
        "probation_ending": Text(
            zh="试用期将满而“{stage}”尚未放行，须由人决定如何继续。",
            en="Probation is about to end with “{stage}” still locked: a human decides how to go on.",
        ),
        "exam_failed": Text(zh="“{item}”的考试未通过。", en="The exam of “{item}” was not passed."),
        "all_earned": Text(
            zh="“{stage}”要求的课程和学时已全部取得。", en="Everything that “{stage}” requires is earned."
        ),
        "no_longer_earned": Text(
            zh="“{stage}”的要求不再满足：{missing}。",
            en="What “{stage}” requires no longer holds: {missing}.",
        ),
        "gate_open": Text(zh="“{item}”已放行。", en="“{item}” is open."),
        "gate_shut": Text(zh="“{item}”已重新锁定。", en="“{item}” is locked again."),
        "certificate_earned": Text(
            zh="“{stage}”已放行，取得证书。", en="“{stage}” is open and earns its certificate."
        ),
        "recertify": Text(
            zh="“{course}”的合格即将到期，重新安排学习和考试。",
            en="The pass of “{course}” is about to lapse: it is given again.",
        ),
        "waiver_ended": Text(
            zh="“{course}”的豁免到期，重新安排学习和考试。",
            en="The waiver of “{course}” has ended: it is given again.",
        ),
        "pay_cutoff": Text(zh="{period} 的工资截止日已到。", en="The pay cut-off of {period} is reached."),
        "pay_allowance": Text(
            zh="要求的课程已全部通过：计发“{rule}”，为月工资的{percent}%（{period}）。",
            en="All required courses are passed: “{rule}”, {percent} % of the monthly salary ({period}).",
        ),
        "pay_award": Text(
            zh="成绩{score}分达到优秀标准：计发“{rule}”，为月工资的{percent}%（{period}）。",
            en="A score of {score} earns “{rule}”, {percent} % of the monthly salary ({period}).",
        ),
        "pay_forfeiture": Text(
            zh="到{period}工资截止日，有课程逾期未通过：“{rule}”未取得，为月工资的{percent}%。",
            en="At the pay cut-off of {period} a course was overdue and not passed: “{rule}” is not earned, "
            "{percent} % of the monthly salary.",
        ),
        "pay_deduction": Text(
            zh="到{period}工资截止日，有课程逾期未通过：按“{rule}”扣减月工资的{percent}%，须经人批准。",
            en="At the pay cut-off of {period} a course was overdue and not passed: “{rule}” takes "
            "{percent} % of the monthly salary, once a human approves.",
        ),
        "pay_factor": Text(
            zh="成绩{score}分对应“{rule}”系数 {factor}（{period}）。",
            en="A score of {score} sets “{rule}” to the factor {factor} ({period}).",
        ),
        "settled": Text(zh="一项工资调整已登记。", en="A pay adjustment was booked."),
        "appeal_decided": Text(zh="申诉“{item}”已有结论。", en="Appeal “{item}” is decided."),
        "appeal_upheld": Text(
            zh="申诉成立：{period} 的“{rule}”冲回。",
            en="The appeal was upheld: “{rule}” of {period} is taken back.",
        ),
        "late_pass_forgiven": Text(
            zh="其后已通过，按制度冲回 {period} 的“{rule}”。",
            en="Passed since: by the policy “{rule}” of {period} is taken back.",
        ),
        "not_owed": Text(
            zh="后到的消息表明 {period} 的“{rule}”当时并不成立，予以冲回。",
            en="News that came late shows that “{rule}” of {period} was not owed: it is taken back.",
        ),
        "journey_over": Text(zh="入职培训结束：{reason}。", en="The onboarding is over: {reason}."),
        "nothing_due": Text(zh="目前没有到期事项，等待新的消息。", en="Nothing is due; waiting for news."),
        "deduction_not_allowed": Text(
            zh="该地区不允许（或尚未确认允许）这类扣工资。",
            en="The jurisdiction does not allow such a deduction, or nobody has confirmed that it does.",
        ),
        "monthly_cap": Text(
            zh="每月扣减不得超过当月工资的法定比例。",
            en="A month's deduction may not exceed the statutory share of the month's pay.",
        ),
        "minimum_wage": Text(
            zh="扣减后不得低于最低工资。", en="What is left may not fall below the minimum wage."
        ),
        "minimum_wage_unknown": Text(
            zh="没有登记最低工资标准，不得扣减；请人事登记。",
            en="No minimum wage is on record, so nothing may be deducted; HR must enter it.",
        ),
        "probation_floor": Text(
            zh="试用期工资不得低于约定工资的法定比例。",
            en="Pay in probation may not fall below the statutory share of the agreed wage.",
        ),
    }
)
