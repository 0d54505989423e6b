"""Content: the lesson, the question bank and the certificate a policy names are there and fit it."""

from collections.abc import Iterator

from lockstep.authoring.banks import Bank
from lockstep.authoring.checks.base import Context, exams
from lockstep.authoring.load import NO_CONTENT
from lockstep.authoring.problems import Problem, Sentence, Severity
from lockstep.core.policy.courses import Course, Exam, ExamKind
from lockstep.core.policy.policy import Policy

NO_LESSON = Sentence(
    "content.no_lesson",
    "课程 {course}：content/{folder} 里没有 lesson.{lang}.md；没有正文就无法学习",
    "Course {course}: content/{folder} has no lesson.{lang}.md; there is nothing to learn",
)
SHARED = Sentence(
    "content.shared",
    "课程 {course} 与 {other} 用同一份内容 {folder}；学过一门，另一门会被当作已学",
    "Courses {course} and {other} share the content {folder}: a pass of one counts as a pass of the other",
    Severity.WARNING,
)
NO_BANK = Sentence(
    "bank.missing",
    "课程 {course}：题库文件 content/{folder}/{bank} 不存在",
    "Course {course}: there is no question bank content/{folder}/{bank}",
)
BANK_FAULT = Sentence(
    "bank.fault",
    "课程 {course} 的题库 {bank} 第 {row} 行：{zh}",
    "The bank {bank} of course {course}, line {row}: {en}",
)
TOO_SMALL = Sentence(
    "bank.too_small",
    "课程 {course} 每次抽 {wanted} 题，题库只有 {count} 题",
    "Course {course} draws {wanted} questions, the bank has {count}",
)
WRONG_KIND = Sentence(
    "bank.wrong_kind",
    "课程 {course} 的考试方式是 {kind}，题库里却没有 {needed}",
    "The exam of course {course} is a {kind}, and its bank has no {needed}",
)
UNKNOWN_SECTION = Sentence(
    "bank.unknown_section",
    "课程 {course}：题库提到的章节 {section} 在 lesson.{lang}.md 里没有（标题后写 {{#{section}}}）",
    "Course {course}: the bank asks about section {section}, which lesson.{lang}.md lacks (write "
    "{{#{section}}} "
    "after its heading)",
)
NO_CERTIFICATE = Sentence(
    "certificate.missing",
    "环节 {stage} 的证书模板 {template} 不存在；请在 templates/certificates/ 下建立",
    "The certificate template {template} of stage {stage} is missing; create it under "
    "templates/certificates/",
)


def content_is_there(policy: Policy, context: Context) -> Iterator[Problem]:
    """Each course has its own folder with a lesson in the policy's language."""
    lang = policy.voice.language.value
    used: dict[str, str] = {}
    for course in policy.courses:
        place, folder = f"courses.{course.id}.content", course.content
        if context.content.folder(folder) is None:
            yield NO_CONTENT.at(place, course=course.id, folder=folder)
            continue
        if context.content.lesson(folder, lang) is None:
            yield NO_LESSON.at(place, course=course.id, folder=folder, lang=lang)
        other = used.setdefault(folder, course.id)
        if other != course.id:
            yield SHARED.at(place, course=course.id, other=other, folder=folder)


def banks_are_there(policy: Policy, context: Context) -> Iterator[Problem]:
    """Each exam has a bank of its kind with enough in it."""
    lang = policy.voice.language.value
    for course, exam in exams(policy):
        if context.content.folder(course.content) is None:
            continue
        place, name = f"courses.{course.id}.exam.bank", exam.bank[:80]
        bank, faults = context.content.bank(course.content, exam.bank)
        if bank is None and not faults:
            yield NO_BANK.at(place, course=course.id, folder=course.content, bank=name)
        for fault in faults:
            yield BANK_FAULT.at(place, course=course.id, bank=name, row=fault.line, zh=fault.zh, en=fault.en)
        if bank is not None:
            yield from _fits(course, exam, bank)
            lesson = context.content.lesson(course.content, lang) or ""
            for section in sorted(bank.sections):
                if f"{{#{section}}}" not in lesson:
                    yield UNKNOWN_SECTION.at(place, course=course.id, section=section, lang=lang)


def _fits(course: Course, exam: Exam, bank: Bank) -> Iterator[Problem]:
    scenario = exam.kind is ExamKind.SCENARIO
    count = len(bank.dialogues if scenario else bank.questions)
    if count == 0:
        needed = "dialogues" if scenario else "questions"
        place = f"courses.{course.id}.exam.kind"
        yield WRONG_KIND.at(place, course=course.id, kind=exam.kind.value, needed=needed)
    elif exam.questions > count:
        place = f"courses.{course.id}.exam.questions"
        yield TOO_SMALL.at(place, course=course.id, wanted=exam.questions, count=count)


def certificates_are_there(policy: Policy, context: Context) -> Iterator[Problem]:
    """Each certificate has a template."""
    for stage in policy.stages:
        template = stage.certificate.template if stage.certificate else None
        if template is not None and template not in context.certificates:
            yield NO_CERTIFICATE.at(
                f"stages.{stage.id}.certificate.template", stage=stage.id, template=template[:80]
            )
