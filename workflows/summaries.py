"""What an operator reads in the Temporal UI beside each activity and timer: short, Chinese first."""

from collections.abc import Iterable

from lockstep.core import steps as s
from lockstep.core.base import Why
from lockstep.core.policy.policy import Policy

_NOTICES = {
    "welcome": "欢迎 · Welcome",
    "gate_opened": "放行通知 · Gate opened",
    "gate_shut": "锁定通知 · Gate shut",
    "certificate": "发送证书 · Send certificate",
    "result_failed": "未通过通知 · Exam failed",
    "adjustment": "工资调整通知 · Pay notice",
    "appeal_decided": "申诉结果 · Appeal decided",
}
_WAITS = {
    "reminder_due": "下次提醒 next reminder",
    "deadline_missed": "学习期限 deadline",
    "pay_cutoff": "工资结算日 pay cut-off",
    "time_limit": "考试时限 exam time limit",
    "probation_ending": "试用期临近结束 end of probation",
    "recertify": "复训 recertification",
    "waiver_ended": "豁免到期 waiver ends",
    "no_longer_earned": "资格到期 pass lapses",
    "journey_over": "申诉期结束 end of the time to appeal",
    "plan_made": "到岗日 first day",
}
_MARKS = {"abnormal": "异常 abnormal", "normal": "正常 normal", "qualified": "培训合格 qualified"}


def of_effect(step: s.Effect, policy: Policy | None) -> str:
    """What the effect does."""
    match step:
        case s.MakePlan():
            return "制定培训计划 · Make the plan"
        case s.Remind(round=number, courses=courses):
            return f"第{number}次提醒 · Reminder {number}: {_titles(policy, courses)}"
        case s.Escalate(to=to, courses=courses):
            return f"升级至{to} · Escalate to {to}: {_titles(policy, courses)}"
        case s.AskDecision(to=to, question=question):
            return f"请{to}决定 · Ask {to}: {question}"
        case s.Notify(event=event):
            return _NOTICES.get(event, event)  # a label is no reason to stop a life
        case s.IssueCertificate(stage=stage):
            return f"颁发证书 · Issue certificate: {stage}"
        case s.FileRecord():
            return "归档培训记录 · File the training record"
        case s.MarkAttendance(mark=mark, day=day):
            return f"考勤标记 · Attendance {day}: {_MARKS[mark]}"
        case s.Settle(period=period, lines=lines):
            return f"工资结算 {period} · Settle: {', '.join(line.rule for line in lines)}"
        case s.Reverse(line=line):
            return f"冲回 · Reverse {line.key}"


def of_wait(why: Why) -> str:
    """What a timer waits for."""
    return f"等待 · Waiting: {_WAITS.get(why.rule, why.rule)}"


def _titles(policy: Policy | None, courses: Iterable[str]) -> str:
    known = policy.course_by_id if policy else {}
    titles = (known[c].title.zh if c in known else c for c in courses)
    return "、".join(titles)
