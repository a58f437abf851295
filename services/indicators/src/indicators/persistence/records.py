"""Files of case records as rows: append-only until they are too old, and closed to whoever only reads."""

from collections.abc import Collection, Sequence
from typing import Any

import polars as pl
import sqlalchemy as sa
from domain.identity import UnitCode
from domain.period import Month
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence.locks import Lock
from indicators.persistence.tables import record_files as t
from indicators.ports.records import Forgotten, Named, RecordFile, RecordKind

# Back at the savepoint the locks taken since are gone, so that all that is wanted is waited for in one order.
BEGIN_HOLDING, LET_GO = sa.text("SAVEPOINT units_held"), sa.text("ROLLBACK TO SAVEPOINT units_held")
HOLD = sa.text("""
    SELECT pg_advisory_xact_lock(key) FROM (
        SELECT DISTINCT hashtextextended(unit, :lock) AS key FROM unnest(CAST(:units AS text[])) AS unit ORDER BY key
    ) AS waiting
""").bindparams(lock=Lock.RECORDS_OF_UNIT)

# In one order, so that no two announcements wait for one another.
ANNOUNCE = """
    INSERT INTO record_{name}s AS known ({name}, unit, last)
    SELECT {name}, unit, last
    FROM unnest(CAST(:names AS {kind}[]), CAST(:units AS text[]), CAST(:months AS int[])) AS named ({name}, unit, last)
    ORDER BY 1, 2
    ON CONFLICT ({name}, unit) DO UPDATE SET last = excluded.last WHERE known.last < excluded.last
"""
ANNOUNCE_PERSONS = sa.text(ANNOUNCE.format(name="person", kind="bigint"))
ANNOUNCE_TOWNS = sa.text(ANNOUNCE.format(name="town", kind="text"))

SHARING_PERSONS = sa.text("""
    SELECT DISTINCT others.unit FROM (
        SELECT person FROM record_persons WHERE unit = ANY (CAST(:units AS text[])) AND last >= :since
        UNION SELECT unnest(CAST(:names AS bigint[]))
    ) AS theirs JOIN record_persons AS others USING (person) WHERE others.last >= :since - 1
""")
SHARING_TOWNS = sa.text("""
    SELECT DISTINCT others.unit FROM (
        SELECT town FROM record_towns WHERE unit = ANY (CAST(:units AS text[]))
        UNION SELECT unnest(CAST(:names AS text[]))
    ) AS theirs JOIN record_towns AS others USING (town)
""")

FORGET = """
    DELETE FROM record_{name}s AS known
    USING (SELECT {name}, unit FROM record_{name}s WHERE last < :before ORDER BY 1, 2 FOR UPDATE) AS gone
    WHERE (known.{name}, known.unit) = (gone.{name}, gone.unit)
"""
FORGET_NAMED = [sa.text(FORGET.format(name=name)) for name in ("person", "town")]


class StoredRecords:
    """Implements `Records`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection
        self._holding = False

    async def announce(self, named: Named) -> None:
        """Make known whom units will name."""
        for query, name, rows in (
            (ANNOUNCE_PERSONS, "person", named.persons),
            (ANNOUNCE_TOWNS, "town", named.towns),
        ):
            columns = {"names": rows[name].to_list(), "units": rows["unit"].to_list(), "months": rows["last"].to_list()}
            await self._connection.execute(query, columns)

    async def hold(self, units: Collection[str]) -> None:
        """Wait until nobody else holds one of these units."""
        await self._connection.execute(LET_GO if self._holding else BEGIN_HOLDING)
        self._holding = True
        await self._connection.execute(HOLD, {"units": sorted(units)})

    async def sharing_persons(self, units: Collection[str], named: Named, since: Month) -> frozenset[str]:
        """Give the units of the persons of these units, and of those named now."""
        asked = {"units": sorted(units), "names": _distinct(named.persons["person"]), "since": since.ordinal}
        return frozenset(await self._connection.scalars(SHARING_PERSONS, asked))

    async def sharing_towns(self, units: Collection[str], named: Named) -> frozenset[str]:
        """Give the units of the towns of these units, and of those named now."""
        asked = {"units": sorted(units), "names": _distinct(named.towns["town"])}
        return frozenset(await self._connection.scalars(SHARING_TOWNS, asked))

    async def keep(self, files: Sequence[RecordFile]) -> None:
        """Keep files."""
        if files:
            await self._connection.execute(t.insert(), [_row(file) for file in files])

    async def newest(self, kind: RecordKind, units: Collection[str], first: Month, last: Month) -> Sequence[RecordFile]:
        """Give the file kept last of each of these units and months."""
        query = (
            sa.select(t)
            .ext(distinct_on(t.c.unit, t.c.month))
            .where(t.c.kind == kind, t.c.unit.in_(sorted(units)), t.c.month.between(first.ordinal, last.ordinal))
            .order_by(t.c.unit, t.c.month, t.c.taken.desc())
        )
        return [_file(row) for row in await self._connection.execute(query)]

    async def latest(self, kind: RecordKind) -> Month | None:
        """Give the last month there are records of."""
        found = await self._connection.scalar(sa.select(sa.func.max(t.c.month)).where(t.c.kind == kind))
        return None if found is None else Month.numbered(found)

    async def forget(self, before: Month) -> Sequence[Forgotten]:
        """Delete the files of all months before one, and who is named in no later one."""
        for query in FORGET_NAMED:
            await self._connection.execute(query, {"before": before.ordinal})
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


def _distinct(names: pl.Series) -> list[Any]:
    return names.unique().to_list()


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
