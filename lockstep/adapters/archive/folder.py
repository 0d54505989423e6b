"""The embedded archive: a folder of write-once files, named by what is in them.

    <root>/ab/cd/<sha256>/content               the bytes, read-only
    <root>/ab/cd/<sha256>/about-<sha256>.json   filename, media type and metadata, one file per description
    <root>/incoming/                            files being written; a crash leaves one here, harmless

The filename a caller gives is only ever content of the description: no path is built from it.
"""

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from lockstep.ports import Filed, Misconfigured, Rejected, Unavailable
from lockstep.store.canonical import canonical

_REF = re.compile(r"sha256:([0-9a-f]{64})")


class FolderArchive:
    """`ports.Archive` in a folder."""

    name = "folder"

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, content: bytes, *, filename: str, media_type: str, metadata: Mapping[str, str]) -> Filed:
        """File it; the same bytes twice are one file. Raises Rejected when the filed copy was altered."""
        ref = f"sha256:{hashlib.sha256(content).hexdigest()}"
        about = canonical({"filename": filename, "media_type": media_type, "metadata": dict(metadata)})
        folder = self._folder(ref)
        with _disk_errors(self._root):
            for needed in (self._root / "incoming", folder):
                needed.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write_once(folder / f"about-{hashlib.sha256(about).hexdigest()}.json", about)
            already_there = not self._write_once(folder / "content", content)
            for named in (
                folder,
                *folder.parents[:3],
            ):  # also what another process made and has not synced yet
                _sync(named)
        if already_there:
            self.get(ref)
        return Filed(ref=ref, size=len(content), already_there=already_there)

    def get(self, ref: str) -> bytes:
        """The bytes, checked against the hash. Raises Rejected when absent or altered."""
        file = self._folder(ref) / "content"
        with _disk_errors(self._root):
            try:
                content = file.read_bytes()
            except FileNotFoundError as error:
                raise Rejected(f"The archive holds no {ref}.") from error
        if f"sha256:{hashlib.sha256(content).hexdigest()}" != ref:
            raise Rejected(f"The archived file {file} was altered: restore {ref} from a backup.")
        return content

    def _folder(self, ref: str) -> Path:
        match = _REF.fullmatch(ref)
        if match is None:
            raise Rejected(f"{ref!r} is no archive reference; it looks like sha256: and 64 hex digits.")
        name = match[1]
        return self._root / name[:2] / name[2:4] / name

    def _write_once(self, target: Path, content: bytes) -> bool:
        """False when the target exists already: nothing is ever overwritten."""
        if target.exists():
            return False
        incoming = self._root / "incoming" / secrets.token_hex(16)
        try:
            with incoming.open("xb") as file:
                file.write(content)
                file.flush()
                os.fchmod(file.fileno(), 0o444)
                os.fsync(file.fileno())
            os.link(incoming, target)  # unlike a rename, a link never replaces
        except FileExistsError:
            return False
        finally:
            incoming.unlink(missing_ok=True)
        return True


ADAPTER = FolderArchive


def _sync(folder: Path) -> None:
    # a new name is on disk only once its folder is
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _disk_errors(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EOPNOTSUPP):
            raise Misconfigured(
                f"The archive folder {root} cannot be used ({error.strerror}): "
                "make it writable for this program, on a file system with hard links."
            ) from error
        raise Unavailable(f"The archive folder {root} does not answer: {error.strerror}", 5.0) from error
