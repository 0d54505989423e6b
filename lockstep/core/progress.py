"""Where a hire stands: the answer of the query `progress`, the list columns and the details table."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from lockstep.core.base import Frozen, Lang, Text
from lockstep.core.facts import Disregarded
from lockstep.core.hire import Name
from lockstep.core.journey import Journey
from lockstep.core.policy.pay import PayKind
from lockstep.core.rules.questions import is_moot
from lockstep.core.state import Appeal, EarnedBy, Paid, State, Status, Track
from lockstep.core.steps import AskDecision, Escalate, Notify, Remind
from lockstep.core.todo import ToDo, of_hire, of_track
from lockstep.core.words import Names, term, to_do

_MESSAGES = (Remind, Escalate, AskDecision, Notify)
_SHOWN_REFUSED = 20
_HEADINGS = {
    Lang.ZH: ("课程", "状态", "期限", "成绩", "下一步"),
    Lang.EN: ("Course", "Status", "Deadline", "Scores", "Next"),
}
_GATES = {Lang.ZH: ("已放行", "锁定"), Lang.EN: ("open", "locked")}
_LATE = {Lang.ZH: "（逾期）", Lang.EN: " (overdue)"}
_SECTIONS = {
    Lang.ZH: ("待决问题", "申诉", "工资调整", "进行中或未办成"),
    Lang.EN: ("Open questions", "Appeals", "Pay adjustments", "Under way or not done"),
}


class Gate(Frozen):
    """A stage and since when its gate is open (None: locked)."""

    stage: str
    title: Text
    open_since: datetime | None = None


class Sat(Frozen):
    """One sitting of an exam."""

    number: int
    opened_at: datetime | None = None
    graded_at: datetime | None = None
    score: Decimal | None = None
    passed: bool = False


class TrackProgress(Frozen):
    """One course's track. `attempts_left` None: as many as it takes."""

    course: str
    title: Text
    status: Status
    deadline: datetime | None = None
    overdue: bool = False
    attempts: tuple[Sat, ...] = ()
    attempts_left: int | None = None
    earned_at: datetime | None = None
    earned_by: EarnedBy | None = None
    valid_until: datetime | None = None
    to_do: ToDo


class OpenQuestion(Frozen):
    """What a human still has to answer."""

    question: str
    to: str
    course: str = ""
    options: tuple[str, ...]
    asked_at: datetime


class OpenAppeal(Frozen):
    """An appeal under way; `late` when HR owes the answer already."""

    appeal: str
    course: str
    since: datetime
    answer_by: datetime
    late: bool


class Outside(Frozen):
    """An effect that is under way (`outcome` "under_way") or did not end well."""

    key: str
    kind: str
    begun_at: datetime
    outcome: str
    detail: str = ""


class Adjustment(Frozen):
    """A pay adjustment. `state`: pending, posted, reversing, reversed, or how it failed."""

    key: str
    rule: str
    kind: PayKind
    course: str = ""
    percent: Decimal
    factor: Decimal | None = None
    state: str


class RefusedFact(Frozen):
    """A fact that did not count: a key of `words.PROBLEMS` with its arguments, or the problem in words."""

    fact: str
    kind: str
    problem: str
    args: dict[str, str]
    at: datetime


class Progress(Frozen):
    """All of it. `stage` is the first one not open, "done", or "planning" before there is a plan."""

    employee_id: Name
    post: Name
    entity: Name
    policy_id: str = ""
    policy_version: str = ""
    policy_hash: str = ""
    stage: str
    locked: bool
    overdue: int = 0
    next_deadline: datetime | None = None
    gates: tuple[Gate, ...] = ()
    tracks: tuple[TrackProgress, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    appeals: tuple[OpenAppeal, ...] = ()
    outside: tuple[Outside, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    messages: int = 0
    refused: tuple[RefusedFact, ...] = ()
    closed: str = ""
    next_step: ToDo
    tz: str


def progress(journey: Journey, now: datetime) -> Progress:
    """Where the hire stands at `now`."""
    state = journey.state
    tracks = tuple(_track(state, track, now) for track in state.tracks.values())
    stage = _stage(state)
    policy = state.snapshot.policy if state.snapshot else None
    return Progress(
        employee_id=state.hire.employee_id,
        post=state.post,
        entity=state.entity,
        policy_id=policy.id if policy else "",
        policy_version=policy.version if policy else "",
        policy_hash=state.snapshot.hash if state.snapshot else "",
        stage=stage,
        locked=stage != "done",
        overdue=sum(track.overdue for track in tracks),
        next_deadline=_next_deadline(state, now),
        gates=_gates(state),
        tracks=tracks,
        questions=_questions(state),
        appeals=tuple(_appeal(a, now) for a in state.appeals.values() if a.upheld is None),
        outside=_outside(state),
        adjustments=tuple(adjustment(state, paid) for paid in state.paid.values()),
        messages=sum(isinstance(effect.step, _MESSAGES) for effect in state.effects.values()),
        refused=_refused(journey),
        closed=state.closed,
        next_step=of_hire(state, now),
        tz=state.hire.tz,
    )


def adjustment(state: State, paid: Paid) -> Adjustment:
    """A pay adjustment and what became of it."""
    line = paid.line
    return Adjustment(
        key=line.key,
        rule=line.rule,
        kind=line.kind,
        course=line.course,
        percent=line.percent,
        factor=line.factor,
        state=_booking(state, paid),
    )


def _booking(state: State, paid: Paid) -> str:
    under_way, done = ("reversing", "reversed") if paid.reversed_by else ("pending", "posted")
    outcome = state.effects[paid.reversed_by or paid.effect].outcome
    if outcome is None:
        return under_way
    return done if outcome == "done" else str(outcome)


def _stage(state: State) -> str:
    if state.snapshot is None:
        return "planning"
    return next((stage.id for stage in state.policy.stages if stage.id not in state.gates), "done")


def _gates(state: State) -> tuple[Gate, ...]:
    stages = state.policy.stages if state.snapshot else ()
    return tuple(Gate(stage=s.id, title=s.title, open_since=state.gates.get(s.id)) for s in stages)


def _next_deadline(state: State, now: datetime) -> datetime | None:
    deadlines = (t.deadline for t in state.tracks.values() if t.is_unfinished and not _over(state))
    return min((at for at in deadlines if at is not None and at > now), default=None)


def _over(state: State) -> bool:
    return bool(state.left or state.ended or state.closed)


def _track(state: State, track: Track, now: datetime) -> TrackProgress:
    allowed, late = track.attempts_allowed, track.deadline is not None and track.deadline <= now
    return TrackProgress(
        course=track.course.id,
        title=track.course.title,
        status=track.status,
        deadline=track.deadline,
        overdue=late and track.is_unfinished and not _over(state),
        attempts=tuple(
            Sat(number=a.number, opened_at=a.opened_at, graded_at=a.graded_at, score=a.score, passed=a.passed)
            for a in track.attempts
        ),
        attempts_left=None if allowed is None else max(0, allowed - len(track.attempts)),
        earned_at=track.earned_at,
        earned_by=track.earned_by,
        valid_until=track.valid_until,
        to_do=of_track(state, track, now),
    )


def _questions(state: State) -> tuple[OpenQuestion, ...]:
    return tuple(
        OpenQuestion(
            question=name,
            to=question.step.to,
            course=question.step.course,
            options=tuple(map(str, question.step.options)),
            asked_at=question.asked_at,
        )
        for name, question in state.questions.items()
        if not question.answer and not is_moot(state, question)
    )


def _appeal(appeal: Appeal, now: datetime) -> OpenAppeal:
    opened = appeal.opened
    answer_by = opened.at + appeal.rule.answer_within
    return OpenAppeal(
        appeal=opened.appeal,
        course=opened.course,
        since=opened.at,
        answer_by=answer_by,
        late=answer_by <= now,
    )


def _outside(state: State) -> tuple[Outside, ...]:
    return tuple(
        Outside(
            key=key,
            kind=effect.step.kind,
            begun_at=effect.begun_at,
            outcome=str(effect.outcome or "under_way"),
            detail=effect.detail,
        )
        for key, effect in state.effects.items()
        if effect.outcome != "done"
    )


def _refused(journey: Journey) -> tuple[RefusedFact, ...]:
    """The last facts that did not count, unreadable messages among them."""
    notes = [
        RefusedFact(fact=r.fact, kind=r.kind, problem=r.problem, args=dict(r.args), at=r.at)
        for r in journey.state.refused
    ]
    notes += [
        RefusedFact(fact=fact.about, kind=fact.kind, problem=fact.problem, args={}, at=fact.at)
        for fact in journey.facts
        if isinstance(fact, Disregarded)
    ]
    return tuple(sorted(notes, key=lambda note: note.at)[-_SHOWN_REFUSED:])


def details_table(shown: Progress, lang: Lang) -> str:
    """The progress as Markdown for the operator's screen: nothing personal but the employee number."""
    names = _names(shown)
    lines = [
        f"**{shown.employee_id}** · {shown.post} · {shown.entity}",
        "",
        f"{shown.policy_id} {shown.policy_version} `{shown.policy_hash[:12]}`",
        "",
        *(_gate_line(gate, lang) for gate in shown.gates),
        "",
        to_do(shown.next_step.key, shown.next_step.args, lang, names),
        "",
        _row(_HEADINGS[lang]),
        _row("---" for _ in _HEADINGS[lang]),
        *(_track_row(track, lang, names) for track in shown.tracks),
        *_lists(shown, lang, names),
    ]
    return "\n".join(lines)


def _names(shown: Progress) -> Names:
    courses = {track.course: track.title for track in shown.tracks}
    return Names(shown.tz, courses | {gate.stage: gate.title for gate in shown.gates})


def _gate_line(gate: Gate, lang: Lang) -> str:
    opened, locked = _GATES[lang]
    return f"- {gate.title.to(lang)}: {opened if gate.open_since else locked}"


def _track_row(track: TrackProgress, lang: Lang, names: Names) -> str:
    deadline = names.last_day(track.deadline) if track.deadline else "—"
    scores = " / ".join("—" if sat.score is None else str(sat.score) for sat in track.attempts)
    next_step = to_do(track.to_do.key, track.to_do.args, lang, names)
    late = _LATE[lang] if track.overdue else ""
    return _row((track.title.to(lang), term(track.status, lang), f"{deadline}{late}", scores, next_step))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _lists(shown: Progress, lang: Lang, names: Names) -> Iterator[str]:
    questions = [f"{q.question} → {term(q.to, lang)}" for q in shown.questions]
    appeals = [f"{a.appeal}: {names.title(a.course, lang)}" for a in shown.appeals]
    pay = [f"{a.key}: {a.percent} % · {term(a.state, lang)}" for a in shown.adjustments]
    outside = [f"{e.key}: {term(e.outcome, lang)} {e.detail}".strip() for e in shown.outside]
    for heading, items in zip(_SECTIONS[lang], (questions, appeals, pay, outside), strict=True):
        if items:
            yield from ("", f"**{heading}**", "", *(f"- {item}" for item in items))
