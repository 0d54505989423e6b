"""A policy without a fault that uses every key, and what surrounds it: tests break it one line at a time."""

from pathlib import Path

from lockstep.authoring.checks.base import Context
from lockstep.authoring.content import Content
from lockstep.authoring.lint import check
from lockstep.authoring.load import load_bytes
from lockstep.authoring.problems import Problem
from lockstep.core.policy.policy import Policy

FILE = "policies/sample.yaml"
CLEAN = """\
id: sample
version: "1"
title: {zh: 样例, en: Sample}
calendar: CN
risk: general
credit_max_age: 180d
selects:
  posts: [operator]
  entities: [acme]
  employment_types: [full_time]
  jurisdictions: [CN-JS]
  priority: 1
voice:
  language: zh
  hours: {start: "08:00", end: "20:00", working_days_only: true}
stages:
  - id: on_duty
    title: {zh: 上岗}
    requires: [company, workshop, team]
    hours: {company: 8, workshop: 8, team: 8}
    certificate: {title: {zh: 证书}, template: standard}
  - id: review
    title: {zh: 考核}
    requires: [skills, electives]
choices:
  - id: electives
    title: {zh: 选修}
    any_of: 1
    courses: [crane, paint]
courses:
  - id: company
    title: {zh: 厂级}
    content: company
    kind: safety
    level: company
    hours: 8
    minutes: 480
    deadline: {days: 3}
    exam: {bank: bank.yaml, questions: 2, pass_mark: 80, attempts: 3, wait: 12h, time_limit: 30m}
    validity: {months: 12, recertify: 30d}
  - id: workshop
    title: {zh: 车间级}
    content: workshop
    kind: safety
    level: workshop
    hours: 8
    after: [company]
    deadline: {days: 4}
    redo_on_transfer: true
    redo_after_absence: 365d
  - id: team
    title: {zh: 班组级}
    content: team
    kind: safety
    level: team
    hours: 8
    after: [workshop]
    deadline: {days: 5}
  - id: skills
    title: {zh: 技能}
    content: skills
    after: [company]
    deadline: {days: 6, working: false}
    exam: {kind: scenario, bank: talk.yaml, questions: 1, pass_mark: 60, attempts: until_passed}
    weight: 2
  - id: crane
    title: {zh: 吊装}
    content: crane
    deadline: {days: 7}
  - id: paint
    title: {zh: 喷涂}
    content: paint
    deadline: {days: 8}
reminders: {first: 1d, every: 2d, channels: [wecom, sms], max_per_week: 3}
escalation:
  - {after: 1d, to: manager}
  - {after: 3d, to: hr}
leave: {pauses: true}
decisions:
  extra_attempt: {by: [hr, manager], people: 2, expires: 30d}
  appeal: {within: 10d, answer_within: 5d, by: [hr], holds_pay: true}
identity:
  sign_in: {methods: [otp, face]}
  exam: {methods: [face, otp_attestation], level: active_challenge}
pay:
  cutoff_day: 25
  score: weighted
  basis:
    document: HR-7
    title: {zh: 培训管理办法}
    adopted_on: 2026-01-10
    announced_on: 2026-01-12
  rules:
    - {id: allowance, kind: allowance, stage: review, percent: 5%, title: {zh: 补贴}}
    - {id: award, kind: award, stage: review, percent: 3%, min_score: 90, title: {zh: 奖励}}
    - {id: forfeit, kind: forfeiture, stage: review, percent: 8%, max_times: 2, title: {zh: 绩效}}
    - id: factor
      kind: factor
      stage: review
      title: {zh: 系数}
      bands: [{min_score: 60, factor: "1"}, {min_score: 90, factor: "1.1"}]
attendance: {abnormal_when_overdue: true, qualified_stage: on_duty}
exhausted: {ask: hr, options: [extra_attempt, transfer]}
probation: {months: 3, ask_before: 14d, ask: hr, options: [extend, end_onboarding]}
"""

QUIZ = """\
questions:
  - id: one
    section: basics
    ask: {zh: 一加一}
    options: [{zh: 二, right: true}, {zh: 三}]
    because: {zh: 算术}
  - id: two
    section: basics
    ask: {zh: 二加二}
    options: [{zh: 四, right: true}, {zh: 五}]
    because: {zh: 算术}
"""
TALK = """\
dialogues:
  - id: greet
    section: basics
    title: {zh: 问候}
    scenes:
      - id: opening
        says: {zh: 你好}
        replies: [{zh: 您好, points: 1, next: parting}, {zh: 嗯}]
      - id: parting
        says: {zh: 再见}
        replies: [{zh: 再见, points: 1}]
"""
_LESSON = "# 课\n\n## 基础 {#basics}\n\n正文。\n"


def surroundings(folder: Path) -> Context:
    """Content for CLEAN in a folder of its own."""
    for course in ("company", "workshop", "team", "skills", "crane", "paint"):
        (folder / course).mkdir(parents=True)
        (folder / course / "lesson.zh.md").write_text(_LESSON, encoding="utf-8")
    (folder / "company" / "bank.yaml").write_text(QUIZ, encoding="utf-8")
    (folder / "skills" / "talk.yaml").write_text(TALK, encoding="utf-8")
    return Context(
        content=Content(folder),
        certificates=frozenset({"standard"}),
        channels=frozenset({"sms", "wecom", "email"}),
        calendars=frozenset({"CN"}),
        missing_templates=nothing_missing,
    )


def nothing_missing(policy: Policy) -> tuple[str, ...]:
    return ()


def edited(*changes: tuple[str, str]) -> str:
    """CLEAN with each first text replaced by the second; every first text must be there."""
    text = CLEAN
    for old, new in changes:
        assert old in text, f"{old!r} is not in the sample"
        text = text.replace(old, new, 1)
    return text


def problems(text: str, context: Context) -> list[Problem]:
    """Every problem of a policy text."""
    return check(load_bytes(text.encode(), FILE), context)
