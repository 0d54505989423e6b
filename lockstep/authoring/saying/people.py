"""Who is told, who is asked, who decides, and how one proves who one is."""

from collections.abc import Iterator

from lockstep.authoring.saying.phrases import listed, plural, span, terms
from lockstep.core.base import Lang, Text
from lockstep.core.policy.parts import Assurance, ProofMethod
from lockstep.core.policy.people import DecisionRule, Identity, IdentityRule
from lockstep.core.policy.policy import Policy
from lockstep.core.words import term

_STEPS = {
    "sign_in": Text(zh="登录", en="sign in"),
    "lesson": Text(zh="学习", en="learn"),
    "exam": Text(zh="考试", en="sit an exam"),
    "signature": Text(zh="签字", en="sign"),
}
_METHODS = {
    ProofMethod.FACE: Text(zh="人脸", en="face"),
    ProofMethod.OTP_ATTESTATION: Text(zh="验证码加同事见证", en="a code with a colleague's attestation"),
    ProofMethod.OTP: Text(zh="短信验证码", en="a code"),
    ProofMethod.WITNESS: Text(zh="现场见证", en="a witness in person"),
}


def messages(policy: Policy) -> Iterator[Text]:
    """Reminders, quiet hours, escalation, leave."""
    reminders, hours = policy.reminders, policy.voice.hours
    if reminders is not None:
        first, every = span(reminders.first), span(reminders.every)
        by = " → ".join(reminders.channels)
        yield Text(
            zh=f"课程未完成时，{first.zh}后第一次提醒，之后每 {every.zh}一次，每周最多 "
            f"{reminders.max_per_week} 次；"
            f"依次尝试 {by}，前一个发不出去才用后一个。",
            en=f"While a course is open the first reminder comes after {first.en}, then one every "
            f"{every.en}, "
            f"{reminders.max_per_week} a week at most; by {by}, the next only when the one before refuses.",
        )
    days = Text(zh="每天", en="every day")
    if hours.working_days_only:
        days = Text(zh="工作日", en="on working days")
    yield Text(
        zh=f"只在{days.zh} {hours.start:%H:%M}–{hours.end:%H:%M}（员工当地时间）发消息。",
        en=f"Messages go {days.en} from {hours.start:%H:%M} to {hours.end:%H:%M} only, local time.",
    )
    for rung in policy.escalation:
        after, to = span(rung.after), terms([rung.to])
        yield Text(
            zh=f"逾期 {after.zh}仍未完成，告知{to.zh}。",
            en=f"{after.en} after a missed deadline {to.en} is told.",
        )
    if policy.leave.pauses:
        yield Text(
            zh="请假期间，期限、等待和提醒都暂停。", en="Leave stops deadlines, waiting times and reminders."
        )


def decisions(policy: Policy) -> Iterator[Text]:
    """Waiver, extra attempt, appeal."""
    rules = policy.decisions
    if rules.waiver is not None:
        yield _decision(rules.waiver, Text(zh="豁免一门课程", en="A waiver of a course"))
    else:
        yield Text(zh="课程不能豁免。", en="Courses cannot be waived.")
    if rules.extra_attempt is not None:
        yield _decision(rules.extra_attempt, Text(zh="多给一次考试机会", en="An extra attempt"))
    if rules.appeal is not None:
        within, answer = span(rules.appeal.within), span(rules.appeal.answer_within)
        by = terms(rules.appeal.by, last_zh="或", last_en=" or ")
        held = rules.appeal.holds_pay
        yield Text(
            zh=f"对结果有异议，可在 {within.zh}内申诉，由{by.zh}在 {answer.zh}内答复"
            + ("；答复之前不做对员工不利的工资处理。" if held else "。"),
            en=f"A result may be appealed within {within.en}; {by.en} answers within {answer.en}"
            + (", and nothing adverse is booked before that." if held else "."),
        )


def _decision(rule: DecisionRule, what: Text) -> Text:
    joint = rule.people > 1
    by = terms(rule.by) if joint else terms(rule.by, last_zh="或", last_en=" or ")
    zh = f"{what.zh}须由{by.zh}{f'共 {rule.people} 人同意' if joint else '决定'}"
    en = f"{what.en} is decided by {by.en}" + (f", {rule.people} people together" if joint else "")
    if rule.expires is not None:
        until = span(rule.expires)
        zh, en = f"{zh}，{until.zh}后失效", f"{en}, and holds for {until.en}"
    return Text(zh=f"{zh}。", en=f"{en}.")


def endings(policy: Policy) -> Iterator[Text]:
    """When attempts or the probation end a human answers."""
    if policy.exhausted is not None:
        to = terms([policy.exhausted.ask])
        options = terms(policy.exhausted.options, last_zh="或", last_en=" or ")
        yield Text(
            zh=f"考试次数用完时，请{to.zh}决定：{options.zh}。",
            en=f"When the attempts are used up {to.en} decides: {options.en}.",
        )
    if policy.probation is not None:
        to, before = terms([policy.probation.ask]), span(policy.probation.ask_before)
        options = terms(policy.probation.options, last_zh="或", last_en=" or ")
        months = plural(policy.probation.months, "month")
        yield Text(
            zh=f"试用期 {policy.probation.months} 个月；结束前 {before.zh}流程锁仍未打开时，"
            f"请{to.zh}决定：{options.zh}。",
            en=f"The probation lasts {months}; {before.en} before its end, if a gate is still shut, "
            f"{to.en} decides: "
            f"{options.en}.",
        )
    yield Text(zh="系统不会自行辞退任何人。", en="The machine never dismisses anyone.")


def identity(policy: Policy) -> Iterator[Text]:
    """How each step asks who one is."""
    for name in Identity.model_fields:
        rule: IdentityRule | None = getattr(policy.identity, name)
        if rule is None:
            continue
        step, methods = (
            _STEPS[name],
            listed((_METHODS[m] for m in rule.methods), last_zh="或", last_en=" or "),
        )
        zh, en = f"{step.zh}时任选一种：{methods.zh}", f"To {step.en} one chooses: {methods.en}"
        if rule.level is not Assurance.NONE:
            zh += f"；至少达到{term(rule.level, Lang.ZH)}"
            en += f"; at least {term(rule.level, Lang.EN)}"
        yield Text(zh=f"{zh}。", en=f"{en}.")
