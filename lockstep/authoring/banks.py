"""Question banks: the papers' source. A quiz draws questions; a scenario (情景模拟) draws whole dialogues."""

from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from lockstep.authoring.places import Places
from lockstep.authoring.problems import Problem, Sentence
from lockstep.authoring.sentences import problems_of
from lockstep.authoring.yaml_text import read
from lockstep.core.base import Frozen, Slug, Text

MAX_SCENES = 100

NO_ANSWER = Sentence(
    "bank.answer",
    "题目 {id} 至少要有两个选项，并用 right: true 标出正确答案",
    "Question {id} needs two options or more, and right: true on the right ones",
)
REPEATED = Sentence("bank.repeated", "题目编号 {id} 重复", "Two questions are called {id}")
ENDLESS = Sentence(
    "bank.endless",
    "对话 {id} 走不到结尾：有的 next 指向不存在的场景，或绕成了圈",
    "Dialogue {id} does not end: a next names no scene, or the scenes form a loop",
)
NO_POINTS = Sentence(
    "bank.no_points", "对话 {id} 没有一条路能得分", "No way through dialogue {id} earns a point"
)


class Option(Text):
    """One answer to tick. Several may be right; then all of them must be ticked."""

    right: bool = False


class Question(Frozen):
    """A question, the lesson's section it is about, and why the answer is right."""

    id: Slug
    section: Slug
    ask: Text
    options: tuple[Option, ...]
    because: Text


class Reply(Text):
    """What the hire may answer, its points, and the scene it leads to ("" ends the dialogue)."""

    points: Decimal = Decimal(0)
    next: str = ""
    because: Text | None = None


class Scene(Frozen):
    """What the other side says or does, and the replies to choose from."""

    id: Slug
    says: Text
    replies: tuple[Reply, ...]


class Dialogue(Frozen):
    """A branching dialogue. It begins with its first scene."""

    id: Slug
    section: Slug
    title: Text
    scenes: tuple[Scene, ...]


class Bank(Frozen):
    """One file: questions for a quiz, or dialogues for a scenario exam."""

    questions: tuple[Question, ...] = ()
    dialogues: tuple[Dialogue, ...] = ()

    @property
    def sections(self) -> frozenset[str]:
        """The lesson sections the bank asks about."""
        return frozenset(q.section for q in self.questions) | {d.section for d in self.dialogues}


def read_bank(path: Path) -> tuple[Bank | None, tuple[Problem, ...]]:
    """The bank of a file and all its problems; no bank when it cannot be read."""
    tree = read(path.read_bytes())
    places = Places.of(tree)
    if tree.problems:
        return None, tuple(p.placed(places.lines, path.name) for p in tree.problems)
    try:
        bank = Bank.model_validate(tree.root or {}, extra="forbid")
    except ValidationError as refused:
        found = problems_of(refused.errors(), tree.root, places, Bank)
        return None, tuple(p.placed(places.lines, path.name) for p in found)
    faults = (*_question_faults(bank), *_dialogue_faults(bank))
    return bank, tuple(p.placed(places.lines, path.name) for p in faults)


def best_points(dialogue: Dialogue) -> Decimal | None:
    """The most points a dialogue can bring; None when it loops or a reply leads nowhere."""
    scenes = {scene.id: scene for scene in dialogue.scenes[:MAX_SCENES]}
    known: dict[str, Decimal | None] = {"": Decimal(0)}

    def best(at: str) -> Decimal | None:
        if at not in known:
            known[at] = None  # coming back here while under way is a loop
            brought = (
                [(reply.points, best(reply.next)) for reply in scenes[at].replies] if at in scenes else []
            )
            if brought and all(rest is not None for _, rest in brought):
                known[at] = max(points + rest for points, rest in brought if rest is not None)
        return known[at]

    return best(dialogue.scenes[0].id) if dialogue.scenes else None


def _question_faults(bank: Bank) -> list[Problem]:
    found = [
        NO_ANSWER.at(f"questions.{question.id}.options", id=question.id)
        for question in bank.questions
        if len(question.options) < 2 or not any(option.right for option in question.options)
    ]
    ids = [question.id for question in bank.questions] + [dialogue.id for dialogue in bank.dialogues]
    found += [REPEATED.at(f"questions.{i}#2", id=i) for i in sorted(set(ids)) if ids.count(i) > 1]
    return found


def _dialogue_faults(bank: Bank) -> list[Problem]:
    found = []
    for dialogue in bank.dialogues:
        points = best_points(dialogue)
        if points is None:
            found.append(ENDLESS.at(f"dialogues.{dialogue.id}", id=dialogue.id))
        elif points <= 0:
            found.append(NO_POINTS.at(f"dialogues.{dialogue.id}", id=dialogue.id))
    return found
