"""Nearest neighbours as rows: who is at which rank of a unit from a day on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from domain.codec import encode
from domain.identity import UnitCode
from domain.nearest_neighbour import NearestNeighbour
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from agreements.persistence.tables import nearest_neighbours
from agreements.ports import Counts

ALWAYS = date.min

# Create or change neighbours as a set; rows that say the same are left alone and not counted.
PUT = sa.text("""
    INSERT INTO nearest_neighbours AS kept (unit, neighbour, since, valid_until, rank)
    SELECT unit, neighbour, coalesce(valid_from, '0001-01-01'), valid_until, rank
    FROM jsonb_to_recordset(:rows)
        AS sent (unit text, rank int, neighbour text, valid_from date, valid_until date)
    ON CONFLICT (unit, neighbour, since) DO UPDATE SET (valid_until, rank) = (excluded.valid_until, excluded.rank)
    WHERE (kept.valid_until, kept.rank) IS DISTINCT FROM (excluded.valid_until, excluded.rank)
    RETURNING xmax = 0 AS created
""").bindparams(sa.bindparam("rows", type_=JSONB))

# Take neighbours out as a set.
REMOVE = sa.text("""
    DELETE FROM nearest_neighbours AS kept
    USING jsonb_to_recordset(:rows) AS gone (unit text, neighbour text, valid_from date)
    WHERE (kept.unit, kept.neighbour, kept.since)
        = (gone.unit, gone.neighbour, coalesce(gone.valid_from, '0001-01-01'))
""").bindparams(sa.bindparam("rows", type_=JSONB))


class StoredNearestNeighbours:
    """Implements `NearestNeighbours`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def put(self, sent: Sequence[NearestNeighbour]) -> Counts:
        """Create or change neighbours in one statement."""
        outcomes = (await self._connection.scalars(PUT, {"rows": encode(list(sent))})).all()
        created = sum(outcomes)
        return Counts(created=created, changed=len(outcomes) - created, unchanged=len(sent) - len(outcomes))

    async def remove(self, gone: Sequence[NearestNeighbour]) -> None:
        """Take neighbours out in one statement."""
        await self._connection.execute(REMOVE, {"rows": encode(list(gone))})

    async def of(self, units: Sequence[str] = ()) -> list[NearestNeighbour]:
        """List those of units in the order of unit, beginning and rank."""
        kept = nearest_neighbours.c
        query = sa.select(nearest_neighbours).order_by(kept.unit, kept.since, kept.rank)
        if units:
            query = query.where(kept.unit == sa.any_(sa.cast(list(units), ARRAY(sa.Text))))
        return [_neighbour(row) for row in await self._connection.execute(query)]


def _neighbour(row: sa.Row[Any]) -> NearestNeighbour:
    return NearestNeighbour(
        unit=UnitCode(row.unit),
        rank=row.rank,
        neighbour=UnitCode(row.neighbour),
        valid_from=None if row.since == ALWAYS else row.since,
        valid_until=row.valid_until,
    )
