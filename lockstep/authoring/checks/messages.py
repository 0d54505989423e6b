"""Reminders and escalation: in time, not too often, by channels and in words that exist."""

from collections.abc import Iterator
from datetime import time, timedelta

from lockstep.authoring.checks.base import Context
from lockstep.authoring.problems import Problem, Sentence, Severity
from lockstep.core.policy.policy import Policy

MOST_PER_WEEK = 21

AFTER_DEADLINE = Sentence(
    "reminder.after_deadline",
    "第一次提醒在 {first} 天后，课程 {course} 的期限只有 {days} 天；提醒会来得太晚",
    "The first reminder comes after {first} days, the deadline of course {course} is {days} days: too late",
)
FIRST_AT_ONCE = Sentence(
    "reminder.first",
    "第一次提醒的 first 是 0：课程一分配就催；请至少写 1h",
    "The first reminder is at 0: it would come with the course itself; write 1h at least",
)
EVERY = Sentence(
    "reminder.every",
    "提醒间隔 every 应在 1 小时以上",
    "Reminders must be an hour apart at least (every)",
)
MAX_PER_WEEK = Sentence(
    "reminder.max_per_week",
    "每周最多提醒 {count} 次；应在 1 到 {most} 之间",
    "max_per_week is {count}; it must be from 1 to {most}",
)
NO_REMINDERS = Sentence(
    "reminder.none",
    "课程有期限，却没有写 reminders；没有人会收到提醒",
    "Courses have deadlines, and there are no reminders; nobody is reminded",
    Severity.WARNING,
)
NO_CHANNEL = Sentence(
    "reminder.no_channel",
    "reminders.channels 是空的；请至少写一个渠道，可用的有：{known}",
    "reminders.channels is empty; name one channel at least, there are: {known}",
)
UNKNOWN_CHANNEL = Sentence(
    "channel.unknown",
    "没有叫 {channel} 的发送渠道；可用的有：{known}",
    "There is no channel {channel}; there are: {known}",
)
CHANNEL_TWICE = Sentence(
    "channel.twice",
    "渠道 {channel} 写了两次；第一次失败后再试同一个渠道没有用",
    "Channel {channel} is named twice; trying it again after it refused is of no use",
    Severity.WARNING,
)
NO_WAKING_HOURS = Sentence(
    "hours.empty",
    "可联系时段从 {start} 到 {end}，是空的；一条消息也发不出去",
    "The waking hours are from {start} to {end}, which is empty; no message could ever go",
)
AT_NIGHT = Sentence(
    "hours.night",
    "可联系时段 {start}–{end} 包含夜间（22:30 到 06:30）；请考虑员工休息",
    "The waking hours {start}-{end} reach into the night (22:30 to 06:30); think of people's rest",
    Severity.WARNING,
)
RUNGS = Sentence(
    "escalation.order",
    "升级提醒第 {rung} 级不晚于前一级；每一级的 after 都应更长",
    "Escalation step {rung} is not later than the one before; each after must be longer",
)
MISSING_TEMPLATE = Sentence(
    "template.missing",
    "缺少消息模板 {template}；请在 templates/ 下补上",
    "The message template {template} is missing; add it under templates/",
)


def reminders_come_in_time(policy: Policy) -> Iterator[Problem]:
    """The first reminder reaches a hire before the earliest deadline has passed."""
    if policy.reminders is None:
        if any(course.deadline for course in policy.courses):
            yield NO_REMINDERS.at("reminders")
        return
    first = policy.reminders.first
    if first <= timedelta(0):
        yield FIRST_AT_ONCE.at("reminders.first")
    due = [(course.deadline.days, course.id) for course in policy.courses if course.deadline]
    days, course_id = min(due, default=(0, ""))
    if days > 0 and first > timedelta(days=days):
        shown = round(first / timedelta(days=1), 1)
        yield AFTER_DEADLINE.at("reminders.first", first=shown, course=course_id, days=days)


def reminders_are_bearable(policy: Policy) -> Iterator[Problem]:
    """Not more often than anybody reads them."""
    reminders = policy.reminders
    if reminders is None:
        return
    if reminders.every < timedelta(hours=1):
        yield EVERY.at("reminders.every")
    if not 1 <= reminders.max_per_week <= MOST_PER_WEEK:
        yield MAX_PER_WEEK.at("reminders.max_per_week", count=reminders.max_per_week, most=MOST_PER_WEEK)


def channels_exist(policy: Policy, context: Context) -> Iterator[Problem]:
    """Each channel has an adapter, and is tried once."""
    if policy.reminders is None:
        return
    known, place = ", ".join(sorted(context.channels)), "reminders.channels"
    channels = policy.reminders.channels
    if not channels:
        yield NO_CHANNEL.at(place, known=known)
    for index, channel in enumerate(channels):
        if channel not in context.channels:
            yield UNKNOWN_CHANNEL.at(f"{place}.{index}", channel=channel, known=known)
        elif channel in channels[:index]:
            yield CHANNEL_TWICE.at(f"{place}.{index}", channel=channel)


def hours_leave_room(policy: Policy) -> Iterator[Problem]:
    """There is a time of day at which we may write, and it is not the night."""
    hours = policy.voice.hours
    start, end = f"{hours.start:%H:%M}", f"{hours.end:%H:%M}"
    if hours.start >= hours.end:
        yield NO_WAKING_HOURS.at("voice.hours", start=start, end=end)
    elif hours.start < time(6, 30) or hours.end > time(22, 30):
        yield AT_NIGHT.at("voice.hours", start=start, end=end)


def ladder_rises(policy: Policy) -> Iterator[Problem]:
    """Each step of the escalation is later than the one before."""
    for index in range(1, len(policy.escalation)):
        if policy.escalation[index].after <= policy.escalation[index - 1].after:
            yield RUNGS.at(f"escalation.{index}.after", rung=index + 1)


def templates_exist(policy: Policy, context: Context) -> Iterator[Problem]:
    """The words of every message the policy can send are there."""
    for template in context.missing_templates(policy):
        yield MISSING_TEMPLATE.at("reminders", template=template)
