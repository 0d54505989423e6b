"""Why something was refused, and what to do instead: one sentence for every `Refusal.problem`."""

from collections.abc import Mapping
from types import MappingProxyType

from lockstep.core.base import Text

PROBLEMS: Mapping[str, Text] = MappingProxyType(
    {
        "journey_closed": Text(
            zh="该员工的入职培训已结束（{reason}），不再接受新的操作。",
            en="This onboarding is over ({reason}); nothing more can be recorded.",
        ),
        "already_left": Text(
            zh="该员工已离职，培训和考试不再登记。",
            en="The employee has left; courses and exams are no longer recorded.",
        ),
        "no_plan": Text(
            zh="培训计划尚未制定，请稍后再试；若一直没有，请人事检查岗位是否有适用的制度。",
            en="There is no training plan yet; try again shortly. If none appears, HR must check that "
            "a policy covers the post.",
        ),
        "unknown_course": Text(
            zh="培训计划中没有课程“{course}”，请核对课程编号。",
            en="The training plan has no course “{course}”; check the course id.",
        ),
        "unknown_stage": Text(
            zh="培训制度中没有环节“{stage}”，请核对环节编号。",
            en="The policy has no stage “{stage}”; check the stage id.",
        ),
        "stage_locked": Text(
            zh="环节“{stage}”尚未放行，还缺：{missing}。请先完成。",
            en="Stage “{stage}” is locked; still missing: {missing}. Complete these first.",
        ),
        "already_earned": Text(
            zh="课程“{course}”无须再做：已通过、已豁免或已由其他课程代替。",
            en="Nothing is left to do for “{course}”: it is passed, waived or replaced by another course.",
        ),
        "prerequisite_open": Text(
            zh="请先通过“{missing}”，再学习“{course}”。",
            en="Pass {missing} first, then “{course}” opens.",
        ),
        "other_content": Text(
            zh="学到的不是计划规定的“{course}”版本，请学习当前版本。",
            en="This is not the version of “{course}” that the plan asks for; learn the current one.",
        ),
        "no_exam": Text(zh="课程“{course}”没有考试。", en="“{course}” has no exam."),
        "no_attempts_left": Text(
            zh="课程“{course}”的{attempts}次考试机会已用完，请等待负责人决定。",
            en="All {attempts} attempts at “{course}” are used; wait for the decision.",
        ),
        "course_before_exam": Text(
            zh="请先学完课程“{course}”，再参加考试。",
            en="Learn “{course}” to its end before its exam.",
        ),
        "relearn_first": Text(
            zh="上次考试未通过，请先重新学完课程“{course}”。",
            en="The last exam was not passed: learn “{course}” again first.",
        ),
        "relearn_sections": Text(
            zh="上次考试未通过，请先重新学习“{course}”的这些部分：{sections}。",
            en="The last exam was not passed: first learn these sections of “{course}” again: {sections}.",
        ),
        "exam_open_already": Text(
            zh="课程“{course}”的第{attempt}次考试正在进行，请先交卷。",
            en="Attempt {attempt} at “{course}” is under way; hand it in first.",
        ),
        "identity_too_weak": Text(
            zh="“{course}”的考试要求身份核验达到“{level}”，本次为“{given}”。请重新核验。",
            en="The exam of “{course}” asks for identity proof “{level}”, this was “{given}”: verify again.",
        ),
        "wait_first": Text(
            zh="课程“{course}”须等到{until}才能再次考试。",
            en="The next attempt at “{course}” may begin at {until}.",
        ),
        "no_such_sitting": Text(
            zh="课程“{course}”没有正在进行的第{attempt}次考试：已交卷、已超时或从未开始。",
            en="No attempt {attempt} at “{course}” is under way: it was handed in, ran out or never began.",
        ),
        "not_in_policy": Text(
            zh="培训制度没有规定“{what}”，因此不能办理。",
            en="The policy does not provide for “{what}”, so it is not possible.",
        ),
        "wrong_role": Text(
            zh="“{what}”须由{roles}决定，{role}无权办理。",
            en="“{what}” is decided by {roles}; {role} may not.",
        ),
        "signed_already": Text(
            zh="{by}已经签过，须由另一人签署。",
            en="{by} has signed already; another person must sign.",
        ),
        "attempts_not_limited": Text(
            zh="课程“{course}”不需要加考：没有次数限制，或已无须再考。",
            en="“{course}” needs no extra attempt: attempts are not limited, or nothing is left to sit.",
        ),
        "appeal_known": Text(
            zh="申诉编号“{appeal}”已被使用，请换一个编号。",
            en="There is an appeal “{appeal}” already; use another id.",
        ),
        "appeal_open": Text(
            zh="课程“{course}”已有一项申诉在处理中，请等待结果。",
            en="An appeal about “{course}” is under way; wait for its decision.",
        ),
        "nothing_to_appeal": Text(
            zh="课程“{course}”还没有可以申诉的成绩或工资调整。",
            en="“{course}” has no result or pay consequence yet that could be appealed.",
        ),
        "appeal_late": Text(
            zh="关于课程“{course}”的申诉期已于{until}结束。",
            en="The time to appeal about “{course}” ended on {until}.",
        ),
        "appeal_unknown": Text(
            zh="没有编号为“{appeal}”的申诉，请核对。",
            en="There is no appeal “{appeal}”; check its id.",
        ),
        "appeal_closed": Text(zh="申诉“{appeal}”已有结论。", en="Appeal “{appeal}” is decided already."),
        "question_unknown": Text(
            zh="没有编号为“{question}”的待决问题，请核对。",
            en="There is no open question “{question}”; check its id.",
        ),
        "question_closed": Text(
            zh="问题“{question}”已经答复：{answer}。",
            en="Question “{question}” is answered already: {answer}.",
        ),
        "question_moot": Text(
            zh="问题“{question}”已不需要答复：情况已经改变。",
            en="Question “{question}” needs no answer any more: things have moved on.",
        ),
        "not_an_option": Text(
            zh="“{outcome}”不在可选范围内，请从中选择：{options}。",
            en="“{outcome}” is not open here; choose one of: {options}.",
        ),
        "extension_needs_date": Text(
            zh="延长须写明延长到哪一天（until）。",
            en="An extension must say until which day (until).",
        ),
        "leave_known": Text(
            zh="假期“{leave}”已登记且尚未结束。",
            en="Leave “{leave}” is on record and has not ended.",
        ),
        "leave_unknown": Text(
            zh="没有登记在休的假期“{leave}”，请先登记休假开始。",
            en="No leave “{leave}” is under way; report its start first.",
        ),
        "same_id_other_content": Text(
            zh="同一编号收到了内容不同的消息，以第一次为准。",
            en="A message came again under the same id with other content; the first one counts.",
        ),
    }
)
