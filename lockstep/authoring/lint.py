"""All problems of some policy files at once: of the text, of each policy, and of all of them together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lockstep.authoring.checks.base import Context, Neighbour
from lockstep.authoring.checks.bounds import out_of_bounds
from lockstep.authoring.checks.registry import CONTEXT_CHECKS, POLICY_CHECKS
from lockstep.authoring.load import Loaded, load, pin
from lockstep.authoring.problems import Problem, Sentence, Severity, UnusablePolicyError
from lockstep.core.calendar import Calendar
from lockstep.core.policy.policy import Policy, Snapshot

NOT_CHECKED = Sentence(
    "file.not_checked",
    "以上错误改好之前，其余检查无法进行；改好后请再检查一次",
    "The other checks cannot run until these errors are mended; then check again",
    Severity.WARNING,
)
NO_FILES = Sentence("file.none", "这里没有 .yaml 文件", "There is no .yaml file here")


@dataclass(frozen=True)
class Linted:
    """What linting some files found, in the order of files and lines."""

    loaded: tuple[Loaded, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep a policy from being used."""
        return tuple(problem for problem in self.problems if problem.is_error)


def policy_files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and the .yaml and .yml files of the folders named (not of folders inside them)."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(p for p in path.iterdir() if p.suffix in (".yaml", ".yml")) if path.is_dir() else ()
        found += inside or (path,)
    return list(dict.fromkeys(found))


def lint(paths: Sequence[Path], context: Context) -> Linted:
    """Every problem of the policy files. Never raises for what is in them."""
    loaded, problems = [], []
    for path in policy_files(paths):
        if path.is_dir():
            problems.append(NO_FILES.at().placed({}, str(path)))
            continue
        file = load(path)
        loaded.append(file)
        problems += check(file, context)
        if file.readable is not None:
            neighbour = Neighbour(file.file, file.readable)
            context = replace(context, neighbours=(*context.neighbours, neighbour))
    return Linted(tuple(loaded), tuple(problems))


def check(file: Loaded, context: Context) -> list[Problem]:
    """Every problem of a policy file in the order of its lines, those of reading it included."""
    policy = file.readable
    if policy is None:
        last = max((problem.line for problem in file.problems), default=1)
        return [*file.problems, NOT_CHECKED.at(line=last).placed({}, file.file)]
    found = [problem.placed(file.lines, file.file) for problem in check_policy(policy, context)]
    judged = (problem for problem in found if not _made_up(problem, file.broken))
    return sorted((*file.problems, *judged), key=lambda problem: problem.line)


def check_policy(policy: Policy, context: Context) -> list[Problem]:
    """What all checks say of a policy in its surroundings."""
    outer = [problem for run in CONTEXT_CHECKS for problem in run(policy, context)]
    return [*check_alone(policy), *outer]


def check_alone(policy: Policy) -> list[Problem]:
    """What a policy says of itself. Absurd numbers come alone: nothing can be calculated from them."""
    absurd = list(out_of_bounds(policy))
    return absurd or [problem for run in POLICY_CHECKS for problem in run(policy)]


def _made_up(problem: Problem, broken: tuple[str, ...]) -> bool:
    """Whether the problem is about a place that could not be read, which has its own sentence already."""
    return any(problem.path == place or problem.path.startswith(f"{place}.") for place in broken)


def compile_policies(paths: Sequence[Path], context: Context, calendar: Calendar) -> tuple[Snapshot, ...]:
    """The snapshots of all policies. Raises UnusablePolicyError with every error of every file."""
    linted = lint(paths, context)
    if linted.errors:
        raise UnusablePolicyError(linted.errors)
    return tuple(
        pin(file.policy, file, context.content, calendar) for file in linted.loaded if file.policy is not None
    )
