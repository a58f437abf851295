"""Files of case records as rows: append-only until they are too old, and closed to whoever only reads."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from domain.identity import UnitCode
from domain.period import Month
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence.tables import record_files as t
from indicators.ports.records import Forgotten, RecordFile, RecordKind

IN_TURN = sa.text("SELECT pg_advisory_xact_lock(8, 0)")


class StoredRecords:
    """Implements `Records`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def in_turn(self) -> None:
        """Wait until no other delivery of records is being taken in."""
        await self._connection.execute(IN_TURN)

    async def keep(self, files: Sequence[RecordFile]) -> None:
        """Keep files."""
        if files:
            await self._connection.execute(t.insert(), [_row(file) for file in files])

    async def newest(self, kind: RecordKind, first: Month, last: Month) -> Sequence[RecordFile]:
        """Give the newest file of every unit and month."""
        query = (
            sa.select(t)
            .ext(distinct_on(t.c.unit, t.c.month))
            .where(t.c.kind == kind, t.c.month.between(first.ordinal, last.ordinal))
            .order_by(t.c.unit, t.c.month, t.c.delivery.desc())
        )
        return [_file(row) for row in await self._connection.execute(query)]

    async def latest(self, kind: RecordKind) -> Month | None:
        """Give the last month there are records of."""
        found = await self._connection.scalar(sa.select(sa.func.max(t.c.month)).where(t.c.kind == kind))
        return None if found is None else Month.numbered(found)

    async def forget(self, before: Month) -> Sequence[Forgotten]:
        """Delete the files of all months before one."""
        digest = sa.func.encode(sa.func.sha256(t.c.content), "hex").label("digest")
        gone = t.delete().where(t.c.month < before.ordinal)
        rows = await self._connection.execute(gone.returning(t.c.unit, t.c.kind, t.c.month, t.c.delivery, digest))
        return sorted(
            Forgotten(
                unit=UnitCode(row.unit),
                kind=RecordKind(row.kind),
                month=Month.numbered(row.month),
                delivery=row.delivery,
                digest=row.digest,
            )
            for row in rows
        )


def _row(file: RecordFile) -> dict[str, Any]:
    return {
        "unit": file.unit,
        "kind": file.kind.value,
        "month": file.month.ordinal,
        "delivery": file.delivery,
        "rows": file.rows,
        "content": file.content,
    }


def _file(row: sa.Row[Any]) -> RecordFile:
    return RecordFile(
        unit=UnitCode(row.unit),
        kind=RecordKind(row.kind),
        month=Month.numbered(row.month),
        delivery=row.delivery,
        rows=row.rows,
        content=row.content,
    )
