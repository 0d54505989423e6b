"""The policies in HR's folder, as a port: read anew whenever a file changes, chosen by post."""

from datetime import date
from pathlib import Path

from lockstep.authoring.calendars import CALENDARS
from lockstep.authoring.content import Content
from lockstep.authoring.load import load, pin
from lockstep.authoring.problems import UnusablePolicyError
from lockstep.core.policy.policy import Snapshot
from lockstep.core.selection import Ambiguous, NoMatch, select
from lockstep.ports import Clock, Misconfigured, Rejected


class PolicyShelf:
    """`ports.Policies` on a folder of YAML files."""

    def __init__(self, policies: Path, content: Path, clock: Clock) -> None:
        self._policies = policies
        self._content = content
        self._clock = clock
        self._read: dict[Path, tuple[tuple[int, int, date], Snapshot]] = {}

    def choose(self, *, post: str, entity: str, employment_type: str, jurisdiction: str) -> Snapshot:
        """The policy for a hire. Raises Misconfigured when none, or two of equal priority, match."""
        found = select(
            self._all(), post=post, entity=entity, employment_type=employment_type, jurisdiction=jurisdiction
        )
        match found:
            case Snapshot():
                return found
            case NoMatch():
                raise Misconfigured(
                    f"No policy in {self._policies} selects post {post} in {entity} ({employment_type}, "
                    f"{jurisdiction}): HR adds the post to a policy's `selects`",
                    zh=f"{self._policies} 中没有制度适用于 {entity} 的岗位 {post}"
                    f"（{employment_type}，{jurisdiction}）："
                    "请人事把岗位写进某个制度的 selects",
                )
            case Ambiguous(policies=ids):
                raise Misconfigured(
                    f"Policies {', '.join(ids)} select post {post} in {entity} with equal priority: "
                    "HR gives one of them a higher `selects.priority`",
                    zh=f"{entity} 的岗位 {post} 有几个同等优先的制度（{'、'.join(ids)}）："
                    "请人事给其中一个更高的 selects.priority",
                )

    def named(self, policy_id: str) -> Snapshot:
        """A policy by its id. Raises Rejected when there is none."""
        for found in self._all():
            if found.policy.id == policy_id:
                return found
        raise Rejected(
            f"There is no policy {policy_id!r} in {self._policies}",
            zh=f"{self._policies} 中没有编号为 {policy_id} 的制度",
        )

    def _all(self) -> list[Snapshot]:
        return [self._snapshot(path) for path in sorted(self._policies.glob("*.yaml"))]

    def _snapshot(self, path: Path) -> Snapshot:
        """The file's snapshot, from memory while neither file, content nor day has changed."""
        status, today = path.stat(), self._clock().date()
        stamp = (status.st_mtime_ns, _latest(self._content), today)
        known = self._read.get(path)
        if known is None or known[0] != stamp:
            known = (stamp, self._pin(path, today))
            self._read[path] = known
        return known[1]

    def _pin(self, path: Path, today: date) -> Snapshot:
        loaded = load(path)
        if loaded.policy is None:
            raise _unusable(UnusablePolicyError(loaded.problems))
        calendar = CALENDARS.get(loaded.policy.calendar)
        if calendar is None:
            raise Misconfigured(
                f"{path}: no calendar {loaded.policy.calendar!r}; known: {', '.join(CALENDARS)}",
                zh=f"{path}：没有名为 {loaded.policy.calendar} 的日历；有：{'、'.join(CALENDARS)}",
            )
        try:
            return pin(loaded.policy, loaded, Content(self._content), calendar(today))
        except UnusablePolicyError as error:
            raise _unusable(error) from error


def _unusable(error: UnusablePolicyError) -> Misconfigured:
    return Misconfigured(
        f"{error}: HR mends the file, `lockstep policy lint` says how",
        zh=f"{error}：请人事按 lockstep policy lint 的提示修改文件",
    )


def _latest(folder: Path) -> int:
    """When anything below a folder changed last, in nanoseconds."""
    return max((path.stat().st_mtime_ns for path in folder.rglob("*")), default=0)
