"""Finds an employee's files: an archive of any kind, with an index of what was filed in the store."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import col, select

from lockstep.core.base import Frozen
from lockstep.ports import Archive, Clock, Filed
from lockstep.store.canonical import canonical, digest
from lockstep.store.tables import FiledRow
from lockstep.store.transaction import reading, upsert, utc_now, writing


class IndexedFile(Frozen):
    """One filing of a file: who it is about and what it is."""

    ref: str
    employee_id: str
    filename: str
    media_type: str
    size: int
    filed_at: datetime


class IndexedArchive:
    """`ports.Archive`: files in `archive`, then notes it in the store.

    A crash between the two is healed by the repetition: the file is already there, the note is made.
    """

    def __init__(self, archive: Archive, engine: Engine, clock: Clock = utc_now) -> None:
        self._archive = archive
        self._engine = engine
        self._clock = clock

    def put(self, content: bytes, *, filename: str, media_type: str, metadata: Mapping[str, str]) -> Filed:
        """File and note it; `metadata["employee_id"]` says whose file it is."""
        filed = self._archive.put(content, filename=filename, media_type=media_type, metadata=metadata)
        row = FiledRow(
            ref=filed.ref,
            description_digest=digest([filename, media_type, dict(metadata)]),
            employee_id=metadata.get("employee_id", ""),
            filename=filename,
            media_type=media_type,
            size=filed.size,
            details=canonical(dict(metadata)).decode(),
            filed_at=self._clock(),
        )
        with writing(self._engine) as session:
            upsert(session, row, overwrite=False)
        return filed

    def get(self, ref: str) -> bytes:
        """The bytes, checked against the hash. Raises Rejected when absent or altered."""
        return self._archive.get(ref)

    def of(self, employee_id: str) -> Sequence[IndexedFile]:
        """What is filed about an employee, oldest first."""
        mine = select(FiledRow).where(col(FiledRow.employee_id) == employee_id)
        with reading(self._engine) as session:
            rows = session.exec(mine.order_by(col(FiledRow.filed_at), col(FiledRow.ref))).all()
        return [IndexedFile.model_validate(row.model_dump()) for row in rows]
