"""What its source keeps back, read by cell or by variable."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from domain.identity import DeliveryId, UnitCode, VariableCode
from domain.lack import Bearer
from domain.observation import Key
from domain.period import Month
from domain.variable import Cell
from domain.vintage import Turn
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.ports import Span
from indicators.ports.duty import KeptBack, RejectedKey, Withholding
from indicators.usecases.sight import BERLIN

# What is kept back as known at an instant, since its first delivery and by its newest: neither that was taken back, nor
# did a later one that stands tell the value or withdraw it. Of dry runs, only that which is asked for is looked at.
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
      AND (NOT d.dry_run OR d.id = :dry_run)
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
""").bindparams(sa.bindparam("dry_run", type_=sa.Uuid))

# Since when cells that are kept back now were told before, without having been withdrawn in between.
TOLD_BEFORE = sa.text("""
    WITH undone AS MATERIALIZED (
        SELECT retracts FROM deliveries WHERE retracts IS NOT NULL
    )
    SELECT a.unit, a.month, s.variable, a.cell, min(d.recorded_at) AS since
    FROM unnest(CAST(:units AS text[]), CAST(:months AS int[]), CAST(:cells AS text[])) AS a (unit, month, cell)
    JOIN units u ON u.code = a.unit JOIN series s ON s.name = a.cell
    JOIN observations o ON (o.month, o.unit_id, o.series_id) = (a.month, u.id, s.id) AND o.value IS NOT NULL
    JOIN deliveries d ON d.revision = o.delivery
    WHERE NOT EXISTS (SELECT 1 FROM undone WHERE undone.retracts = d.number)
      AND NOT EXISTS (
        SELECT 1 FROM observations gone JOIN deliveries by ON by.revision = gone.delivery
        WHERE (gone.month, gone.unit_id, gone.series_id) = (o.month, o.unit_id, o.series_id)
          AND gone.value IS NULL AND gone.delivery > o.delivery
          AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.retracts = by.number)
          AND NOT EXISTS (
            SELECT 1 FROM withheld_figures w
            WHERE (w.unit, w.month, w.variable, w.delivery, w.cell) = (a.unit, a.month, s.variable, by.number, a.cell)
          )
      )
    GROUP BY a.unit, a.month, s.variable, a.cell
""")

# Every delivery that told values as kept back, and every one that took such a delivery back.
TURNS = sa.text("""
    SELECT w.unit, w.month, w.variable, w.cell, d.recorded_at, d.id
    FROM withheld_figures w JOIN deliveries d ON d.number = w.delivery OR d.retracts = w.delivery
    WHERE w.unit = ANY (CAST(:units AS text[])) AND w.variable = ANY (CAST(:variables AS text[]))
      AND w.month BETWEEN :first AND :last AND NOT d.dry_run
      AND (CAST(:as_of AS timestamptz) IS NULL OR d.recorded_at <= :as_of)
    ORDER BY w.unit, w.month, w.cell, d.recorded_at, d.number
""")


async def withheld_since(
    connection: AsyncConnection,
    units: Collection[UnitCode],
    variables: Collection[VariableCode],
    first: Month,
    last: Month,
) -> Mapping[RejectedKey, date]:
    """Say of which variables anything is kept back, and since which day in Berlin it came, as a value or as that."""
    found: dict[RejectedKey, date] = {}
    asked = {**_asked(units, variables, first, last), "as_of": None, "dry_run": None}
    standing = (await connection.execute(STANDING, asked)).all()
    for row in [*standing, *await _told_before(connection, standing)]:
        key = (UnitCode(row.unit), Month.numbered(row.month), VariableCode(row.variable))
        day = row.since.astimezone(BERLIN).date()
        found[key] = min(day, found.get(key, day))
    return found


async def _told_before(connection: AsyncConnection, standing: Sequence[sa.Row[Any]]) -> Sequence[sa.Row[Any]]:
    """Say of cells that are kept back since when they had been told before."""
    if not standing:
        return ()
    names = ("units", "months", "cells")
    places = zip(*((row.unit, row.month, row.cell) for row in standing), strict=True)
    asked = {name: list(place) for name, place in zip(names, places, strict=True)}
    return (await connection.execute(TOLD_BEFORE, asked)).all()


async def kept_back_in(
    connection: AsyncConnection, span: Span, as_of: datetime | None, dry_run: DeliveryId | None
) -> Mapping[Key, KeptBack]:
    """Say which values of a span are kept back; where no cell is told, all of the variable's are."""
    rows = await connection.execute(STANDING, {**_asked_of(span), "as_of": as_of, "dry_run": dry_run})
    return {
        key: KeptBack(since=row.since, by=Bearer(DeliveryId(row.id), row.sender)) for key, row in _by_key(span, rows)
    }


async def withholdings_in(connection: AsyncConnection, span: Span, as_of: datetime | None) -> list[Withholding]:
    """List every time that a value of a span was told as kept back, or that was taken back."""
    rows = await connection.execute(TURNS, {**_asked_of(span), "as_of": as_of})
    return [Withholding(key=key, turn=Turn(row.recorded_at, DeliveryId(row.id))) for key, row in _by_key(span, rows)]


def _by_key(span: Span, rows: Iterable[sa.Row[Any]]) -> Iterator[tuple[Key, sa.Row[Any]]]:
    """Say which values of a span rows are about."""
    named: defaultdict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in span.cells:
        named[cell.variable, str(cell)].append(cell)
        named[cell.variable, ""].append(cell)
    for row in rows:
        for cell in named.get((row.variable, row.cell), ()):
            yield (UnitCode(row.unit), cell, Month.numbered(row.month)), row


def _asked_of(span: Span) -> dict[str, Any]:
    return _asked(span.units, {cell.variable for cell in span.cells}, span.first, span.last)


def _asked(
    units: Collection[UnitCode], variables: Collection[VariableCode], first: Month, last: Month
) -> dict[str, Any]:
    return {"units": sorted(units), "variables": sorted(variables), "first": first.ordinal, "last": last.ordinal}
