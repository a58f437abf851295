"""What its source keeps back, read by cell or by variable."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from domain.identity import DeliveryId, UnitCode, VariableCode
from domain.lack import Bearer
from domain.observation import Key
from domain.period import Month
from domain.variable import Cell
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.ports import Span
from indicators.ports.duty import KeptBack, RejectedKey
from indicators.usecases.sight import BERLIN

# What is kept back as known at an instant, since its first delivery and by its newest: neither that was taken back, nor
# did a later one that stands tell the value or withdraw it.
STANDING = sa.text("""
    WITH undone AS MATERIALIZED (
        SELECT retracts FROM deliveries
        WHERE retracts IS NOT NULL AND (CAST(:as_of AS timestamptz) IS NULL OR recorded_at <= :as_of)
    )
    SELECT w.unit, w.month, w.variable, w.cell, min(d.recorded_at) AS since,
      (array_agg(d.id ORDER BY d.number DESC))[1] AS id, (array_agg(d.sender ORDER BY d.number DESC))[1] AS sender
    FROM withheld_figures w JOIN deliveries d ON d.number = w.delivery
    WHERE w.unit = ANY (CAST(:units AS text[])) AND w.variable = ANY (CAST(:variables AS text[]))
      AND w.month BETWEEN :first AND :last
      AND (CAST(:as_of AS timestamptz) IS NULL OR d.recorded_at <= :as_of)
      AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.retracts = w.delivery)
      AND NOT EXISTS (
        SELECT 1 FROM units u JOIN series s ON s.name = w.cell
        JOIN observations o ON o.month = w.month AND o.unit_id = u.id AND o.series_id = s.id
        JOIN deliveries later ON later.revision = o.delivery
        WHERE u.code = w.unit AND o.delivery > d.revision AND later.retracts IS NULL
          AND (CAST(:as_of AS timestamptz) IS NULL OR later.recorded_at <= :as_of)
          AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.retracts = later.number)
      )
    GROUP BY w.unit, w.month, w.variable, w.cell ORDER BY w.unit, w.month, w.variable, w.cell
""")


async def withheld_since(
    connection: AsyncConnection,
    units: Collection[UnitCode],
    variables: Collection[VariableCode],
    first: Month,
    last: Month,
) -> Mapping[RejectedKey, date]:
    """Say of which variables anything is kept back, and since which day in Berlin."""
    found: dict[RejectedKey, date] = {}
    for row in await _standing(connection, units, variables, first, last, None):
        key = (UnitCode(row.unit), Month.numbered(row.month), VariableCode(row.variable))
        day = row.since.astimezone(BERLIN).date()
        found[key] = min(day, found.get(key, day))
    return found


async def kept_back_in(connection: AsyncConnection, span: Span, as_of: datetime | None) -> Mapping[Key, KeptBack]:
    """Say which values of a span are kept back; where no cell is told, all of the variable's are."""
    named: defaultdict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in span.cells:
        named[cell.variable, str(cell)].append(cell)
        named[cell.variable, ""].append(cell)
    variables = {cell.variable for cell in span.cells}
    return {
        (UnitCode(row.unit), cell, Month.numbered(row.month)): KeptBack(
            since=row.since, by=Bearer(DeliveryId(row.id), row.sender)
        )
        for row in await _standing(connection, span.units, variables, span.first, span.last, as_of)
        for cell in named.get((row.variable, row.cell), ())
    }


async def _standing(
    connection: AsyncConnection,
    units: Collection[UnitCode],
    variables: Collection[VariableCode],
    first: Month,
    last: Month,
    as_of: datetime | None,
) -> list[sa.Row[Any]]:
    asked = {"units": sorted(units), "variables": sorted(variables), "first": first.ordinal, "last": last.ordinal}
    return list(await connection.execute(STANDING, {**asked, "as_of": as_of}))
