"""Breaking what is learned: selection, names, ladder, stages, exams, deadlines, messages."""

from tests.authoring.case import case

_SKILLS_EXAM = "attempts: until_passed"

SELECTION = (
    case("selects.nobody", ("posts: [operator]", "posts: []"), at="posts: []"),
    case("selects.impossible", ("posts: [operator]", "posts: [操作工]"), at="操作工"),
    case("calendar.unknown", ("calendar: CN", "calendar: FR"), at="calendar: FR"),
)
NAMES = (
    case(
        "id.repeated",
        ("  - id: paint", "  - id: crane"),
        at="title: {zh: 喷涂}",
        name="course twice",
        also="choice.unknown_course",
    ),
    case(
        "id.repeated",
        ("  - id: review", "  - id: on_duty"),
        at="title: {zh: 考核}",
        name="stage twice",
        also="pay.unknown_stage",
    ),
    case("id.repeated", ("id: award, kind", "id: allowance, kind"), at="kind: award", name="rule twice"),
    case(
        "id.repeated",
        ("  - id: electives", "  - id: paint"),
        ("skills, electives]", "skills, paint]"),
        at="title: {zh: 选修}",
        name="choice called like a course",
    ),
    case(
        "course.unknown_prerequisite",
        ("after: [workshop]", "after: [workshp]"),
        at="after: [workshp]",
        also="course.unreachable",
    ),
    case(
        "course.after_choice",
        ("content: skills\n    after: [company]", "content: skills\n    after: [electives]"),
        at="after: [electives]",
        also="course.unreachable",
    ),
    case("stage.unknown_requirement", ("[skills, electives]", "[skills, electives, yoga]"), at="yoga"),
    case("choice.unknown_course", ("[crane, paint]", "[crane, paint, yoga]"), at="yoga"),
    case("pay.unknown_stage", ("kind: award, stage: review", "kind: award, stage: revue"), at="revue"),
    case(
        "attendance.unknown_stage",
        ("qualified_stage: on_duty", "qualified_stage: duty"),
        at="qualified_stage: duty",
    ),
)
LADDER = (
    case(
        "course.cycle",
        ("    level: company\n", "    level: company\n    after: [team]\n"),
        at="after: [team]",
        also="course.unreachable",
    ),
    case(
        "course.cycle", ("after: [workshop]", "after: [team]"), at="after: [team]", name="course after itself"
    ),
    case(
        "course.unreachable",
        ("after: [company]\n    deadline: {days: 4}", "after: [nobody]\n    deadline: {days: 4}"),
        at="after: [workshop]",
        also="course.unknown_prerequisite",
        name="behind a course nobody knows",
    ),
    case("course.optional", ("[skills, electives]", "[electives]"), at="- id: skills", also="pay.no_score"),
    case(
        "course.after_alternative",
        ("content: skills\n    after: [company]", "content: skills\n    after: [crane]"),
        at="after: [crane]",
    ),
    case("choice.any_of", ("any_of: 1", "any_of: 3"), at="any_of: 3"),
    case("choice.any_of", ("any_of: 1", "any_of: 0"), at="any_of: 0", name="any of none"),
    case("choice.unused", ("[skills, electives]", "[skills, crane, paint]"), at="- id: electives"),
)
STAGES = (
    case(
        "stage.no_requirement",
        ("requires: [skills, electives]", "requires: []"),
        at="requires: []",
        also="course.optional choice.unused pay.no_score pay.never_due",
    ),
    case("stage.nothing_opens", ("team: 8}", "crew: 8}"), at="crew: 8"),
    case("stage.hours_promised", ("team: 8}", "team: 9}"), at="team: 9"),
    case("course.hours_without_level", ("content: paint\n", "content: paint\n    hours: 2\n"), at="hours: 2"),
    case(
        "course.hours",
        ("content: paint\n", "content: paint\n    hours: -2\n    level: team\n"),
        at="hours: -2",
        also="stage.hours_promised",
    ),
    case("course.minutes", ("minutes: 480", "minutes: 0"), at="minutes: 0"),
)
EXAMS = (
    case("exam.attempts", ("attempts: 3", "attempts: 0"), at="attempts: 0"),
    case("exam.pass_mark", ("pass_mark: 80", "pass_mark: 101"), at="pass_mark: 101"),
    case("exam.pass_mark", ("pass_mark: 80", "pass_mark: 0"), at="pass_mark: 0", name="pass mark 0"),
    case("exam.questions", ("questions: 2", "questions: 0"), at="questions: 0"),
    case("exam.time_limit", ("time_limit: 30m", "time_limit: 0m"), at="time_limit: 0m"),
    case(
        "exam.endless",
        ("options: [extend, end_onboarding]", "options: []"),
        at=_SKILLS_EXAM,
        also="ending.no_options",
    ),
    case(
        "exam.no_end",
        ("probation: {months: 3, ask_before: 14d, ask: hr, options: [extend, end_onboarding]}\n", ""),
        at=_SKILLS_EXAM,
    ),
    case(
        "exam.nobody_asked",
        ("exhausted: {ask: hr, options: [extra_attempt, transfer]}\n", ""),
        at="attempts: 3",
    ),
    case(
        "exam.wait_beyond_probation",
        ("wait: 12h", "wait: 60d"),
        at="wait: 60d",
        also="exam.wait_beyond_deadline",
    ),
    case("exam.wait_beyond_deadline", ("wait: 12h", "wait: 4d"), at="wait: 4d"),
)
DEADLINES = (
    case("deadline.days", ("deadline: {days: 8}", "deadline: {days: 0}"), at="days: 0"),
    case(
        "deadline.days",
        ("deadline: {days: 8}", "deadline: {days: -1}"),
        at="days: -1",
        name="negative deadline",
    ),
    case(
        "deadline.days",
        ("deadline: {days: 8}", "deadline: {days: 9999}"),
        at="days: 9999",
        also="deadline.beyond_probation",
        name="deadline in 27 years",
    ),
    case(
        "deadline.on_day_off",
        ("{days: 6, working: false}", "{days: 6, working: false, roll: false}"),
        at="roll: false",
    ),
    case("deadline.none", ("    deadline: {days: 7}\n", ""), at="- id: crane"),
    case("deadline.beyond_probation", ("deadline: {days: 8}", "deadline: {days: 90}"), at="days: 90"),
    case("validity.months", ("{months: 12, recertify: 30d}", "{months: 0, recertify: 30d}"), at="months: 0"),
    case("validity.recertify", ("recertify: 30d", "recertify: 336d"), at="recertify: 336d"),
)
MESSAGES = (
    case("reminder.after_deadline", ("first: 1d", "first: 4d"), at="first: 4d"),
    case("reminder.first", ("first: 1d", "first: 0m"), at="first: 0m"),
    case("reminder.every", ("every: 2d", "every: 5m"), at="every: 5m"),
    case("reminder.max_per_week", ("max_per_week: 3", "max_per_week: 22"), at="max_per_week: 22"),
    case("reminder.max_per_week", ("max_per_week: 3", "max_per_week: 0"), at="max_per_week: 0", name="never"),
    case(
        "reminder.none",
        ("reminders: {first: 1d, every: 2d, channels: [wecom, sms], max_per_week: 3}\n", ""),
        at="id: sample",
    ),
    case("reminder.no_channel", ("[wecom, sms]", "[]"), at="channels: []"),
    case("channel.unknown", ("[wecom, sms]", "[wecom, pigeon]"), at="pigeon"),
    case("channel.twice", ("[wecom, sms]", "[wecom, wecom]"), at="[wecom, wecom]"),
    case("hours.empty", ('end: "20:00"', 'end: "08:00"'), at='end: "08:00"'),
    case("hours.night", ('end: "20:00"', 'end: "23:30"'), at='end: "23:30"'),
    case("escalation.order", ("{after: 3d, to: hr}", "{after: 1d, to: hr}"), at="to: hr}"),
)

CASES = (*SELECTION, *NAMES, *LADDER, *STAGES, *EXAMS, *DEADLINES, *MESSAGES)
