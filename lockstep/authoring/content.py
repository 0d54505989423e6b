"""The content folder: lessons and question banks on disk, and the hash a course's content is pinned by."""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lockstep.authoring.banks import Bank, read_bank
from lockstep.authoring.problems import Problem

_NAME = re.compile(r"[\w./-]{1,80}")


@dataclass(frozen=True)
class Content:
    """The folder that holds one folder a course."""

    root: Path

    def folder(self, name: str) -> Path | None:
        """The course's folder, None when there is none inside the root (a name cannot lead out of it)."""
        if not _NAME.fullmatch(name):
            return None
        found = (self.root / name).resolve()
        inside = found.is_relative_to(self._home) and found != self._home
        return found if inside and found.is_dir() else None

    def lesson(self, name: str, lang: str) -> str | None:
        """The lesson's text in a language, None when it is not there."""
        folder = self.folder(name)
        path = folder / f"lesson.{lang}.md" if folder else None
        return path.read_text(encoding="utf-8", errors="replace") if path and path.is_file() else None

    def digest(self, name: str) -> str:
        """SHA-256 (hex) over the names and bytes of the folder's files in order. Raises FileNotFoundError."""
        folder = self.folder(name)
        if folder is None:
            raise FileNotFoundError(f"No content folder {name!r} in {self.root}")
        total = hashlib.sha256()
        for relative, path in _files(folder):
            total.update(f"{relative}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
        return total.hexdigest()

    def bank(self, name: str, bank: str) -> tuple[Bank | None, tuple[Problem, ...]]:
        """A question bank of a course and what is wrong with it; (None, ()) when the file is not there."""
        folder = self.folder(name)
        path = (folder / bank).resolve() if folder and _NAME.fullmatch(bank) else None
        if folder is None or path is None or not path.is_relative_to(folder) or not path.is_file():
            return None, ()
        return read_bank(path)

    @cached_property
    def _home(self) -> Path:
        return self.root.resolve()


def _files(folder: Path) -> list[tuple[str, Path]]:
    """Files in the order of their names; hidden ones (.DS_Store, editors' swaps) are not content."""
    found = ((path.relative_to(folder), path) for path in folder.rglob("*") if path.is_file())
    visible = ((rel.as_posix(), path) for rel, path in found if not any(p.startswith(".") for p in rel.parts))
    return sorted(visible)
