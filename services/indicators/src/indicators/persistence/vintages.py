"""The history as it stood at instants: how much was recorded, and what changed between two states."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from domain.identity import UnitCode
from domain.period import Month
from domain.variable import Cell
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence.statuses import of_value
from indicators.ports.vintages import Compared, Extent, ValueChange

# Counted extent by extent, each by the key of its month and units: joined at once, all observations are gone through.
REVISIONS = sa.text("""
    SELECT asked.place, counted.revisions
    FROM jsonb_to_recordset(CAST(:asked AS jsonb)) AS asked (place int, units text[], month int, as_of timestamptz)
    CROSS JOIN LATERAL (
        SELECT count(*) AS revisions FROM units u JOIN observations o ON o.unit_id = u.id AND o.month = asked.month
        WHERE u.code = ANY (asked.units) AND (asked.as_of IS NULL OR EXISTS (
            SELECT 1 FROM deliveries d WHERE d.revision = o.delivery AND d.recorded_at <= asked.as_of))
    ) AS counted
    ORDER BY asked.place
""").bindparams(sa.bindparam("asked", type_=sa.JSON))

KNOWN_AT = """
    SELECT o.value, o.status FROM observations o JOIN deliveries d ON d.revision = o.delivery
    WHERE o.unit_id = touched.unit_id AND o.month = touched.month AND o.series_id = touched.series_id
      AND d.recorded_at <= :{instant}
    ORDER BY o.delivery DESC LIMIT 1
"""

# Keys are put in order before their two values are looked up, so that a page looks up no more than it shows.
CHANGES = sa.text(f"""
    SELECT touched.code, touched.month, touched.variable, touched.dimensions, earlier.value AS old, later.value AS new,
      earlier.status AS old_status, later.status AS new_status
    FROM (
        SELECT DISTINCT o.unit_id, o.month, o.series_id, u.code COLLATE "C" AS code, s.name COLLATE "C" AS name,
          s.variable, s.dimensions
        FROM deliveries d JOIN observations o ON o.delivery = d.revision
        JOIN units u ON u.id = o.unit_id JOIN series s ON s.id = o.series_id
        WHERE d.recorded_at > :since AND d.recorded_at <= :until AND o.month BETWEEN :first AND :last
          AND (cardinality(CAST(:units AS text[])) = 0 OR u.code = ANY (CAST(:units AS text[])))
          AND (cardinality(CAST(:variables AS text[])) = 0 OR s.variable = ANY (CAST(:variables AS text[])))
          AND (CAST(:unit AS text) IS NULL OR (u.code COLLATE "C", o.month, s.name COLLATE "C")
            > (CAST(:unit AS text), CAST(:month AS int), CAST(:name AS text)))
        ORDER BY code, month, name
    ) AS touched
    LEFT JOIN LATERAL ({KNOWN_AT.format(instant="since")}) AS earlier ON true
    LEFT JOIN LATERAL ({KNOWN_AT.format(instant="until")}) AS later ON true
    WHERE (earlier.value, earlier.status) IS DISTINCT FROM (later.value, later.status)
    ORDER BY touched.code, touched.month, touched.name LIMIT :limit
""")  # noqa: S608  put together from constants

MARK = sa.text("""
    SELECT (SELECT count(*) FROM deliveries WHERE revision IS NOT NULL) AS deliveries,
      (SELECT count(*) FROM definitions) AS definitions
""")


class StoredVintages:
    """Implements `Vintages`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def revisions(self, extents: Sequence[Extent]) -> Sequence[int]:
        """Count what was recorded of each extent, in one query."""
        asked = [_asked(place, extent) for place, extent in enumerate(extents)]
        return [row.revisions for row in await self._connection.execute(REVISIONS, {"asked": asked})]

    async def changes(
        self, compared: Compared, after: tuple[str, int, str] | None, limit: int
    ) -> Sequence[ValueChange]:
        """List what differs between two instants."""
        unit, month, name = after or (None, None, None)
        asked = {
            "since": compared.since,
            "until": compared.until,
            "first": compared.first.ordinal,
            "last": compared.last.ordinal,
            "units": list(compared.units),
            "variables": list(compared.variables),
            "unit": unit,
            "month": month,
            "name": name,
            "limit": limit,
        }
        return [_change(row) for row in await self._connection.execute(CHANGES, asked)]

    async def mark(self) -> str:
        """Name the present state by how much there is: deliveries and definitions are only ever added."""
        row = (await self._connection.execute(MARK)).one()
        return f"{row.deliveries}.{row.definitions}"


def _asked(place: int, extent: Extent) -> dict[str, Any]:
    as_of = None if extent.as_of is None else extent.as_of.isoformat()
    return {"place": place, "units": list(extent.units), "month": extent.month.ordinal, "as_of": as_of}


def _change(row: sa.Row[Any]) -> ValueChange:
    return ValueChange(
        unit=UnitCode(row.code),
        month=Month.numbered(row.month),
        cell=Cell.of(row.variable, **row.dimensions),
        old=row.old,
        new=row.new,
        old_status=of_value(row.old, row.old_status),
        new_status=of_value(row.new, row.new_status),
    )
