"""Breaking what follows from it: decisions, identity, pay, law, hours, content, and absurd numbers."""

from tests.authoring.case import case

DEDUCT = ("{id: forfeit, kind: forfeiture", "{id: forfeit, kind: deduction")
_NOTES = "deduct.minimum_wage deduct.probation"

PEOPLE = (
    case("decision.nobody", ("{by: [hr, manager], people: 2", "{by: [], people: 2"), at="by: []"),
    case("decision.nobody", ("people: 2", "people: 0"), at="people: 0", name="zero people"),
    case("decision.too_few_roles", ("people: 2", "people: 3"), at="people: 3"),
    case("appeal.short", ("within: 10d", "within: 4d"), at="within: 4d"),
    case("ending.no_options", ("options: [extra_attempt, transfer]", "options: []"), at="exhausted:"),
    case(
        "ending.not_an_answer",
        ("[extra_attempt, transfer]", "[extra_attempt, approve_deduction]"),
        at="approve_deduction",
    ),
    case("probation.too_long", ("{months: 3, ask", "{months: 7, ask"), at="months: 7"),
    case(
        "probation.months",
        ("{months: 3, ask", "{months: 0, ask"),
        at="months: 0",
        also="deadline.beyond_probation exam.wait_beyond_probation",
    ),
    case("probation.ask_before", ("ask_before: 14d", "ask_before: 90d"), at="ask_before: 90d"),
    case("decision.waives_safety", ("decisions:\n", "decisions:\n  waiver: {by: [hr]}\n"), at="waiver:"),
)
IDENTITY = (
    case("identity.face_only", ("methods: [otp, face]", "methods: [face]"), at="methods: [face]}"),
    case("identity.no_method", ("methods: [otp, face]", "methods: []"), at="methods: []"),
    case(
        "identity.level_unreachable",
        ("methods: [face, otp_attestation]", "methods: [otp]"),
        at="methods: [otp]",
    ),
    case(
        "identity.face_only_in_effect",
        ("level: active_challenge", "level: vendor_certified"),
        at="vendor_certified",
    ),
)
PAY = (
    case("pay.percent", ("percent: 5%", "percent: 0%"), at="percent: 0%"),
    case(
        "pay.percent",
        ("percent: 8%", "percent: 101%"),
        at="percent: 101%",
        name="forfeits more than the salary",
    ),
    case("pay.min_score", (", min_score: 90, title", ", title"), at="kind: award"),
    case(
        "pay.no_bands",
        ('      bands: [{min_score: 60, factor: "1"}, {min_score: 90, factor: "1.1"}]\n', ""),
        at="- id: factor",
    ),
    case("pay.band", ("{min_score: 90, factor", "{min_score: 50, factor"), at="min_score: 50"),
    case("pay.cutoff_day", ("cutoff_day: 25", "cutoff_day: 31"), at="cutoff_day: 31"),
    case("pay.max_times", ("max_times: 2", "max_times: 13"), at="max_times: 13"),
    case("pay.weights", ("weight: 2", "weight: 0"), at="score: weighted", also="pay.weight_zero"),
    case(
        "pay.weight_zero",
        ("pass_mark: 80,", "pass_mark: 80,"),
        ("    validity:", "    weight: 0\n    validity:"),
        at="weight: 0",
    ),
    case("pay.weight_negative", ("content: paint\n", "content: paint\n    weight: -1\n"), at="weight: -1"),
    case(
        "pay.no_appeal",
        ("  appeal: {within: 10d, answer_within: 5d, by: [hr], holds_pay: true}\n", ""),
        at="kind: forfeiture",
    ),
    case(
        "pay.no_score",
        ("kind: award, stage: review", "kind: award, stage: gym"),
        ("choices:\n", "  - {id: gym, title: {zh: 健身}, requires: [paint]}\nchoices:\n"),
        at="stage: gym",
    ),
    case(
        "pay.never_due",
        ("kind: forfeiture, stage: review", "kind: forfeiture, stage: gym"),
        ("choices:\n", "  - {id: gym, title: {zh: 健身}, requires: [paint]}\nchoices:\n"),
        ("    deadline: {days: 8}\n", ""),
        at="stage: gym",
        also="deadline.none",
    ),
)
LAW = (
    case("deduct.minimum_wage", DEDUCT, at="pay:", also="deduct.probation"),
    case("deduct.probation", DEDUCT, at="pay:", also="deduct.minimum_wage"),
    case("deduct.no_basis", DEDUCT, at="kind: deduction", also=_NOTES, name="deduction without a basis"),
    case(
        "deduct.basis_dates",
        DEDUCT,
        ("announced_on: 2026-01-12", "announced_on: 2025-01-12"),
        at="basis:",
        also=_NOTES,
    ),
    case(
        "deduct.unknown_jurisdiction",
        DEDUCT,
        ("[CN-JS]", '["*"]'),
        at="kind: deduction",
        also=_NOTES,
        name="anywhere",
    ),
    case("deduct.unknown_jurisdiction", DEDUCT, ("[CN-JS]", "[CN-XX]"), at="kind: deduction", also=_NOTES),
    case("deduct.not_allowed", DEDUCT, ("[CN-JS]", "[CN-GD]"), at="kind: deduction", also=_NOTES),
    case("deduct.national_only", DEDUCT, ("[CN-JS]", "[CN]"), at="jurisdictions: [CN]", also=_NOTES),
    case(
        "deduct.over_cap",
        DEDUCT,
        ("percent: 8%", "percent: 21%"),
        at="rules:",
        also="deduct.below_floor deduct.minimum_wage",
    ),
    case(
        "deduct.below_floor",
        DEDUCT,
        ("percent: 8%", "percent: 20.5%"),
        at="rules:",
        also="deduct.over_cap deduct.minimum_wage",
    ),
    case(
        "deduct.no_probation",
        DEDUCT,
        ("probation: {months: 3, ask_before: 14d, ask: hr, options: [extend, end_onboarding]}\n", ""),
        at="pay:",
        also="deduct.minimum_wage exam.no_end",
    ),
    case(
        "deduct.safety_training",
        DEDUCT,
        ("kind: deduction, stage: review", "kind: deduction, stage: on_duty"),
        at="kind: deduction",
        also=_NOTES,
    ),
)
HOURS = (
    case(
        "training.hours",
        ("kind: safety\n    level: team", "kind: skills\n    level: team"),
        at="risk: general",
        also="training.levels",
    ),
    case(
        "training.hours",
        ("risk: general", "risk: high_risk"),
        at="risk: high_risk",
        also="training.gate_hours",
        name="72 hours in high-risk trades",
    ),
    case("training.gate_hours", ("    hours: {company: 8, workshop: 8, team: 8}\n", ""), at="stages:"),
    case(
        "training.levels",
        ("level: team", "level: workshop"),
        ("team: 8}", "workshop_team: 0}"),
        ("workshop: 8,", "workshop: 16,"),
        at="courses:",
    ),
    case("training.redo_on_transfer", ("    redo_on_transfer: true\n", ""), at="courses:"),
    case(
        "training.redo_after_absence", ("redo_after_absence: 365d", "redo_after_absence: 400d"), at="courses:"
    ),
    case("training.no_risk", ("risk: general", "risk: none"), at="kind: safety"),
)
CONTENT = (
    case("content.missing", ("content: paint", "content: pain"), at="content: pain"),
    case(
        "content.missing",
        ("content: paint", "content: ../content"),
        at="content: ../content",
        name="outside the folder",
    ),
    case(
        "content.no_lesson",
        ("language: zh", "language: en"),
        at="content: company",
        also="bank.unknown_section",
    ),
    case("content.shared", ("content: paint", "content: crane"), at="content: crane"),
    case("bank.missing", ("bank: bank.yaml", "bank: nobank.yaml"), at="bank: nobank.yaml"),
    case("bank.too_small", ("questions: 2", "questions: 3"), at="questions: 3"),
    case(
        "bank.wrong_kind",
        ("{bank: bank.yaml", "{kind: scenario, bank: bank.yaml"),
        at="kind: scenario, bank: bank",
    ),
    case("certificate.missing", ("template: standard", "template: golden"), at="template: golden"),
)
NUMBERS = (
    case("number.too_big", ("minutes: 480", "minutes: 99999999999"), at="minutes: 9"),
    case("number.too_big", ("pass_mark: 80", "pass_mark: 1e999999"), at="1e999999", name="huge exponent"),
    case(
        "number.too_big",
        ("percent: 5%", "percent: 5.0000000001%"),
        at="5.0000000001",
        name="too many decimals",
    ),
    case("span.negative", ("wait: 12h", "wait: -PT12H"), at="-PT12H"),
)

CASES = (*PEOPLE, *IDENTITY, *PAY, *LAW, *HOURS, *CONTENT, *NUMBERS)
