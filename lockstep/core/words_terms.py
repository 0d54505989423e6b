"""Single words: roles, outcomes, statuses, what the hire has to do, what a step does."""

from collections.abc import Mapping
from types import MappingProxyType

from lockstep.core.base import Text

TERMS: Mapping[str, Text] = MappingProxyType(
    {
        "hr": Text(zh="人事", en="HR"),
        "manager": Text(zh="直属主管", en="the manager"),
        "safety_officer": Text(zh="安全负责人", en="the safety officer"),
        "trainer": Text(zh="培训负责人", en="the trainer"),
        "waiver": Text(zh="豁免", en="waiver"),
        "extra_attempt": Text(zh="加考", en="extra attempt"),
        "appeal": Text(zh="申诉", en="appeal"),
        "question": Text(zh="待决问题", en="open question"),
        "extend": Text(zh="延长", en="extend"),
        "transfer": Text(zh="转岗", en="transfer"),
        "targeted_training": Text(zh="针对性培训", en="targeted training"),
        "end_onboarding": Text(zh="终止入职培训", en="end the onboarding"),
        "approve_deduction": Text(zh="批准扣减", en="approve the deduction"),
        "reject_deduction": Text(zh="不批准扣减", en="reject the deduction"),
        "none": Text(zh="无", en="none"),
        "passive": Text(zh="静默核验", en="passive check"),
        "active_challenge": Text(zh="动作核验", en="active challenge"),
        "vendor_certified": Text(zh="机构认证", en="vendor certified"),
        "completed": Text(zh="全部完成", en="completed"),
        "resigned": Text(zh="辞职", en="resigned"),
        "no_show": Text(zh="未报到", en="no-show"),
        "ended": Text(zh="终止", en="ended"),
        "other": Text(zh="其他", en="other"),
        "already_onboarded": Text(zh="此次入职早已办结", en="onboarded before"),
        "abnormal": Text(zh="异常", en="abnormal"),
        "normal": Text(zh="正常", en="normal"),
        "qualified": Text(zh="培训合格", en="qualified"),
        "locked": Text(zh="未解锁", en="locked"),
        "learning": Text(zh="学习中", en="learning"),
        "exam": Text(zh="待考试", en="exam open"),
        "sitting": Text(zh="考试中", en="sitting the exam"),
        "exhausted": Text(zh="机会用完", en="attempts used up"),
        "earned": Text(zh="已完成", en="earned"),
        "released": Text(zh="无须完成", en="released"),
        "passed": Text(zh="通过", en="passed"),
        "credited": Text(zh="以往通过", en="credited"),
        "waived": Text(zh="豁免", en="waived"),
        "pending": Text(zh="处理中", en="pending"),
        "posted": Text(zh="已登记", en="posted"),
        "reversing": Text(zh="冲回中", en="being reversed"),
        "reversed": Text(zh="已冲回", en="reversed"),
        "refused": Text(zh="被拒绝", en="refused"),
        "expired": Text(zh="未能完成", en="given up"),
        "unknown": Text(zh="结果未知，须人工核对", en="unknown: a human must look"),
        "done": Text(zh="完成", en="done"),
        "under_way": Text(zh="进行中", en="under way"),
        "planning": Text(zh="制定计划", en="planning"),
        "allowance": Text(zh="培训补贴", en="allowance"),
        "award": Text(zh="优秀奖励", en="award"),
        "forfeiture": Text(zh="绩效奖金未取得", en="bonus not earned"),
        "deduction": Text(zh="工资扣减", en="wage deduction"),
        "factor": Text(zh="提成系数", en="commission factor"),
    }
)

TO_DO: Mapping[str, Text] = MappingProxyType(
    {
        "await_plan": Text(zh="等待培训计划。", en="Wait for the training plan."),
        "learn": Text(zh="请学习“{course}”。", en="Learn “{course}”."),
        "learn_by": Text(
            zh="请最晚于{deadline}学完“{course}”。", en="Learn “{course}”, on {deadline} at the latest."
        ),
        "learn_late": Text(
            zh="“{course}”应于{deadline}学完，已逾期，请尽快学完。",
            en="“{course}” was due on {deadline}: learn it as soon as you can.",
        ),
        "relearn": Text(zh="请重新学习“{course}”。", en="Learn “{course}” again."),
        "relearn_sections": Text(
            zh="请重新学习“{course}”的：{sections}。",
            en="Learn these sections of “{course}” again: {sections}.",
        ),
        "sit_exam": Text(zh="请参加“{course}”的考试。", en="Sit the exam of “{course}”."),
        "sit_exam_from": Text(
            zh="{until}起可再次参加“{course}”的考试。",
            en="The exam of “{course}” may be sat again from {until}.",
        ),
        "hand_in": Text(
            zh="请完成并提交“{course}”的考卷。", en="Finish the exam of “{course}” and hand it in."
        ),
        "await_decision": Text(
            zh="“{course}”的考试机会已用完，等待负责人决定。",
            en="All attempts at “{course}” are used: wait for the decision.",
        ),
        "pass_first": Text(zh="请先通过：{missing}。", en="Pass first: {missing}."),
        "choose": Text(
            zh="下列课程任选{n}门通过（已通过{have}门）：{courses}。",
            en="Pass any {n} of these (passed: {have}): {courses}.",
        ),
        "hours": Text(
            zh="“{level}”学时已有{have}，须达{need}。", en="Training hours “{level}”: {have} of {need}."
        ),
        "earlier_stage": Text(zh="须先放行“{stage}”。", en="“{stage}” has to open first."),
        "nothing": Text(zh="“{course}”无须再做。", en="Nothing is left to do for “{course}”."),
        "rest": Text(zh="目前没有要做的。", en="There is nothing to do at present."),
        "over": Text(zh="入职培训已结束（{reason}）。", en="The onboarding is over ({reason})."),
    }
)

DEEDS: Mapping[str, Text] = MappingProxyType(
    {
        "plan_made": Text(
            zh="采用制度 {policy}（版本 {version}）", en="Pinned policy {policy}, version {version}"
        ),
        "gate_opened": Text(zh="放行“{stage}”", en="Opened “{stage}”"),
        "gate_shut": Text(zh="锁定“{stage}”", en="Locked “{stage}”"),
        "attempt_expired": Text(
            zh="“{course}”第{attempt}次考试超时", en="Attempt {attempt} at “{course}” ran out of time"
        ),
        "reopened": Text(zh="重新安排“{course}”", en="Gave “{course}” again"),
        "closed": Text(zh="结束入职培训（{reason}）", en="Closed the onboarding ({reason})"),
        "make_plan": Text(zh="制定培训计划", en="Make the training plan"),
        "remind": Text(zh="第{round}次提醒：{courses}", en="Reminder {round}: {courses}"),
        "escalate": Text(zh="升级至{to}：{courses}", en="Escalate to {to}: {courses}"),
        "ask_decision": Text(zh="请{to}决定：{options}", en="Ask {to} to decide: {options}"),
        "notify": Text(zh="通知本人：{event}", en="Tell the hire: {event}"),
        "issue_certificate": Text(zh="颁发“{stage}”证书", en="Issue the certificate of “{stage}”"),
        "file_record": Text(zh="归档培训记录", en="File the training record"),
        "mark_attendance": Text(zh="考勤标记 {day}：{mark}", en="Attendance mark {day}: {mark}"),
        "settle": Text(
            zh="登记 {period} 的工资调整：{rules}", en="Book the adjustments of {period}: {rules}"
        ),
        "reverse": Text(zh="冲回 {period} 的“{rule}”", en="Take back “{rule}” of {period}"),
        "waived": Text(
            zh="{by}（{role}）签署“{course}”的豁免", en="{by} ({role}) signed a waiver of “{course}”"
        ),
        "attempt_granted": Text(
            zh="{by}（{role}）签署“{course}”的加考", en="{by} ({role}) signed an extra attempt at “{course}”"
        ),
        "appeal_upheld": Text(
            zh="{by}（{role}）认定申诉“{appeal}”成立", en="{by} ({role}) upheld appeal “{appeal}”"
        ),
        "appeal_rejected": Text(
            zh="{by}（{role}）认定申诉“{appeal}”不成立", en="{by} ({role}) rejected appeal “{appeal}”"
        ),
        "decided": Text(
            zh="{by}（{role}）答复“{question}”：{outcome}",
            en="{by} ({role}) answered “{question}”: {outcome}",
        ),
    }
)

NOTICES: Mapping[str, Text] = MappingProxyType(
    {
        "welcome": Text(zh="欢迎", en="welcome"),
        "gate_opened": Text(zh="放行", en="gate opened"),
        "gate_shut": Text(zh="重新锁定", en="gate locked again"),
        "certificate": Text(zh="证书", en="certificate"),
        "result_failed": Text(zh="考试未通过", en="exam not passed"),
        "adjustment": Text(zh="工资调整", en="pay adjustment"),
        "appeal_decided": Text(zh="申诉结果", en="outcome of the appeal"),
    }
)
