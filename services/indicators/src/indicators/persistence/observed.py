"""Observations read one by one, as they were known."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from domain.identity import DeliveryId, UnitCode
from domain.observation import Observation
from domain.period import Month
from domain.value_status import ValueStatus
from domain.variable import Cell
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence.statuses import of_value
from indicators.ports import Span

# What a dry run would make of some units and series.
TRIED = sa.text("""
    SELECT u.code, s.variable, s.dimensions, f.month, f.new AS value, f.new_status AS status, d.recorded_at, d.id
    FROM differences f JOIN deliveries d ON d.number = f.delivery
    JOIN units u ON u.id = f.unit_id JOIN series s ON s.id = f.series_id
    WHERE d.id = :id AND u.code = ANY (CAST(:units AS text[])) AND s.name = ANY (CAST(:names AS text[]))
      AND f.month = ANY (CAST(:months AS int[]))
""").bindparams(sa.bindparam("id", type_=sa.Uuid))

# The newest observation of each unit, month and series as known at an instant.
NEWEST_KNOWN = sa.text("""
    SELECT DISTINCT ON (o.unit_id, o.month, o.series_id)
        u.code, s.variable, s.dimensions, o.month, o.value, o.status, d.recorded_at, d.id
    FROM observations o JOIN units u ON u.id = o.unit_id JOIN series s ON s.id = o.series_id
    JOIN deliveries d ON d.revision = o.delivery
    WHERE u.code = ANY (CAST(:units AS text[])) AND s.name = ANY (CAST(:names AS text[]))
      AND o.month = ANY (CAST(:months AS int[])) AND (CAST(:as_of AS timestamptz) IS NULL OR d.recorded_at <= :as_of)
    ORDER BY o.unit_id, o.month, o.series_id, o.delivery DESC
""")


async def newest_observations(
    connection: AsyncConnection, span: Span, as_of: datetime | None, dry_run: DeliveryId | None
) -> Sequence[Observation]:
    """Give the newest observation of each key as known at an instant, or as if a dry run were kept."""
    asked = {**_asked(span), "as_of": as_of}
    known = [_observation(row) for row in await connection.execute(NEWEST_KNOWN, asked)]
    if dry_run is None:
        return known
    tried = [_observation(row) for row in await connection.execute(TRIED, {**_asked(span), "id": dry_run})]
    return list({**{one.key: one for one in known}, **{one.key: one for one in tried}}.values())


def _asked(span: Span) -> dict[str, Any]:
    return {
        "units": list(span.units),
        "names": [str(cell) for cell in span.cells],
        "months": _months(span.first, span.last),
    }


def _months(first: Month, last: Month) -> list[int]:
    return list(range(first.ordinal, last.ordinal + 1))


def _observation(row: sa.Row[Any]) -> Observation:
    return Observation(
        unit=UnitCode(row.code),
        cell=Cell.of(row.variable, **row.dimensions),
        month=Month.numbered(row.month),
        value=row.value,
        recorded_at=row.recorded_at,
        delivery=DeliveryId(row.id),
        status=of_value(row.value, row.status) or ValueStatus.COUNTED,
    )
