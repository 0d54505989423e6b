"""What became of each row of an imported file, so that an import broken off goes on where it stopped."""

from collections.abc import Mapping

from sqlalchemy import Engine
from sqlmodel import col, select

from lockstep.core.base import Frozen
from lockstep.store.tables import ImportedRow
from lockstep.store.transaction import reading, upsert, writing


class RowResult(Frozen):
    """What became of a row; `detail` is the sentence for the result file."""

    row_number: int
    outcome: str
    detail: str = ""


class ImportBatch:
    """One file's import; `batch` is the SHA-256 of the file, so the same file is the same batch."""

    def __init__(self, engine: Engine, batch: str) -> None:
        self._engine = engine
        self._batch = batch

    def record(self, result: RowResult) -> None:
        """Note a row's result; a row tried again has the later one."""
        with writing(self._engine) as session:
            upsert(session, ImportedRow(batch=self._batch, **result.model_dump()), overwrite=True)

    def results(self) -> Mapping[int, RowResult]:
        """The results so far by row number, in the file's order."""
        mine = select(ImportedRow).where(col(ImportedRow.batch) == self._batch)
        with reading(self._engine) as session:
            rows = session.exec(mine.order_by(col(ImportedRow.row_number))).all()
        return {row.row_number: RowResult.model_validate(row.model_dump()) for row in rows}
