"""The history of observations: compared as columns, copied in and out as bytes, never overwritten."""

import asyncio
import io
from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime
from typing import cast

import asyncpg
import polars as pl
import sqlalchemy as sa
from domain.delivery import DeliveryMode
from domain.identity import DeliveryId, UnitCode, VariableCode
from domain.observation import Observation
from domain.period import Month
from domain.variable import Cell
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t
from indicators.persistence.comparing import ABSENT, KEYS, News, compare, newest_of
from indicators.persistence.copying import copy_in
from indicators.persistence.locks import Lock
from indicators.persistence.observed import newest_observations
from indicators.persistence.reading_columns import all_told, known_columns
from indicators.persistence.statuses import written
from indicators.persistence.taking_back import brought, taken_back
from indicators.ports import Known, Numbers, Revisions, Span, Taken

PIECE = 100_000

# Number units and series that have none yet; they are few beside the rows.
NUMBER_UNITS = sa.text("INSERT INTO units (code) SELECT unnest(CAST(:codes AS text[])) ON CONFLICT (code) DO NOTHING")
NUMBER_SERIES = sa.text("""
    INSERT INTO series (variable, dimensions, name)
    SELECT variable, dimensions, name
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS sent (variable text, dimensions jsonb, name text)
    ON CONFLICT (name) DO NOTHING
""").bindparams(sa.bindparam("rows", type_=sa.JSON))

# Deliveries of one unit wait for each other, in the order of numbers so that no two wait for one another.
WAIT_FOR_UNITS = sa.text("""
    SELECT pg_advisory_xact_lock(:lock, id) FROM (SELECT unnest(CAST(:ids AS int[])) AS id ORDER BY 1) AS waiting
""").bindparams(lock=Lock.UNIT_WRITTEN)

# Whatever was ever told for some units and months, found by the leading part of the key.
REVISIONS = """
    SELECT known.* FROM unnest($1::int[], $2::int[]) AS wanted (unit_id, month)
    CROSS JOIN LATERAL (
        SELECT o.month, o.unit_id, o.series_id, o.delivery, o.value::text, o.status FROM observations o
        WHERE o.unit_id = wanted.unit_id AND o.month = wanted.month OFFSET 0
    ) AS known
"""

# Months that are new need no comparing.
ANY_THERE = "SELECT EXISTS (SELECT 1 FROM observations WHERE month BETWEEN $1 AND $2)"

NEXT_REVISION = sa.text("SELECT nextval(pg_get_serial_sequence('deliveries', 'number'))")


class StoredHistory:
    """Implements `History`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def numbers(self, units: Sequence[UnitCode], cells: Sequence[Cell]) -> Numbers:
        """Give units and series numbers, wait for other deliveries of these units, and take the next revision."""
        unit_numbers = await self._unit_numbers(units)
        series_numbers = await self._series_numbers(cells)
        await self._connection.execute(WAIT_FOR_UNITS, {"ids": sorted(unit_numbers.values())})
        return Numbers(
            units=pl.Series([unit_numbers[code] for code in units], dtype=pl.Int32),
            series=pl.Series([series_numbers[str(cell)] for cell in cells], dtype=pl.Int32),
            revision=await self._next_revision(),
        )

    async def take_in(self, rows: pl.DataFrame, numbers: Numbers, mode: DeliveryMode) -> Taken:
        """Compare with the newest known and append what differs: one copy out, one copy in, however many rows."""
        news = await self._compared(rows, numbers, mode)
        revised = news.changes.select(
            *KEYS, pl.lit(numbers.revision).alias("delivery"), "value", written("status", "value")
        )
        # What is not written is not sent either: most files have counted values only.
        said = revised["status"].null_count() < revised.height
        await self._copy_in("observations", revised if said else revised.drop("status"))
        return news.taken

    async def try_out(self, number: int, rows: pl.DataFrame, numbers: Numbers, mode: DeliveryMode) -> Taken:
        """Compare in the same way and keep what would differ."""
        news = await self._compared(rows, numbers, mode)
        told = news.changes.select(
            *KEYS,
            "old",
            written("old_status", "old"),
            delivery=pl.lit(number),
            new="value",
            new_status=written("status", "value"),
        )
        await self._copy_in("differences", told)
        return news.taken

    async def brought(
        self, delivery: DeliveryId, units: Collection[UnitCode]
    ) -> Collection[tuple[UnitCode, VariableCode, Month]]:
        """Name what a delivery changed or keeps back for some units."""
        return await brought(self._connection, delivery, units)

    async def take_back(self, delivery: DeliveryId) -> tuple[int, Taken]:
        """Append what stands without a delivery wherever that is another than what is in force."""
        units = sa.select(t.units.c.id).join(t.delivery_units, t.delivery_units.c.unit == t.units.c.code)
        number = sa.select(t.deliveries.c.number).where(t.deliveries.c.id == delivery).scalar_subquery()
        touched = await self._connection.scalars(units.where(t.delivery_units.c.delivery == number))
        await self._connection.execute(WAIT_FOR_UNITS, {"ids": sorted(touched)})
        revision = await self._next_revision()
        return revision, await taken_back(self._connection, delivery, revision)

    async def newest(
        self, span: Span, as_of: datetime | None, dry_run: DeliveryId | None = None
    ) -> Sequence[Observation]:
        """Give the newest observation of each key as known at an instant, or as if a dry run were kept."""
        return await newest_observations(self._connection, span, as_of, dry_run)

    async def columns(
        self, span: Span, as_of: datetime | None, dry_run: DeliveryId | None = None, since: datetime | None = None
    ) -> Known:
        """Give the same as `newest` in columns, without what was withdrawn; and what was touched since an instant."""
        return await known_columns(await self._driver(), span, as_of, dry_run, since)

    async def all_revisions(self, span: Span, as_of: datetime | None) -> Sequence[Observation]:
        """Give every revision, oldest first."""
        return list((await all_told(await self._driver(), span, as_of)).observations(span))

    async def revisions(self, span: Span) -> Revisions:
        """Give the same in columns, up to the present."""
        return await all_told(await self._driver(), span, None)

    async def cells(self, variables: Sequence[str]) -> Sequence[Cell]:
        """Give every cell of some variables that was ever delivered."""
        query = sa.select(t.series.c.variable, t.series.c.dimensions).where(t.series.c.variable.in_(variables))
        return [Cell.of(row.variable, **row.dimensions) for row in await self._connection.execute(query)]

    async def _unit_numbers(self, codes: Sequence[UnitCode]) -> dict[str, int]:
        await self._connection.execute(NUMBER_UNITS, {"codes": sorted(codes)})
        query = sa.select(t.units.c.code, t.units.c.id).where(t.units.c.code.in_(codes))
        return {row.code: row.id for row in await self._connection.execute(query)}

    async def _series_numbers(self, cells: Sequence[Cell]) -> dict[str, int]:
        names = {str(cell): cell for cell in cells}
        known = sa.select(t.series.c.name, t.series.c.id).where(t.series.c.name.in_(names))
        numbers: dict[str, int] = {row.name: row.id for row in await self._connection.execute(known)}
        new = [names[name] for name in sorted(names.keys() - numbers.keys())]
        if new:
            rows = [{"variable": c.variable, "dimensions": dict(c.dimensions), "name": str(c)} for c in new]
            await self._connection.execute(NUMBER_SERIES, {"rows": rows})
            numbers = {row.name: row.id for row in await self._connection.execute(known)}
        return numbers

    async def _next_revision(self) -> int:
        revision: int = (await self._connection.execute(NEXT_REVISION)).scalar_one()
        return revision

    async def _compared(self, rows: pl.DataFrame, numbers: Numbers, mode: DeliveryMode) -> News:
        known = await self._known(rows)
        return await asyncio.to_thread(compare, rows, known, mode, numbers.series)

    async def _known(self, rows: pl.DataFrame) -> pl.DataFrame:
        wanted = rows.select("unit_id", "month").unique()
        out, driver = io.BytesIO(), await self._driver()
        ends = wanted.select(first=pl.col("month").min(), last=pl.col("month").max()).row(0)
        if not await driver.fetchval(ANY_THERE, *ends):
            return newest_of(b"")
        asked = (wanted["unit_id"].to_list(), wanted["month"].to_list())
        await driver.copy_from_query(REVISIONS, *asked, output=out, format="csv", null=ABSENT)
        return await asyncio.to_thread(newest_of, out.getvalue())

    async def _copy_in(self, table: str, rows: pl.DataFrame) -> None:
        if rows.height:
            await copy_in(await self._driver(), table, _written(rows), rows.columns, ABSENT)

    async def _driver(self) -> "asyncpg.Connection[asyncpg.Record]":
        return cast(
            "asyncpg.Connection[asyncpg.Record]", (await self._connection.get_raw_connection()).driver_connection
        )


async def _written(rows: pl.DataFrame) -> AsyncIterator[bytes]:
    """Write rows piece by piece, the next one while the database takes the last."""
    for part in rows.iter_slices(PIECE):
        out = io.BytesIO()
        await asyncio.to_thread(part.write_csv, out, include_header=False, null_value=ABSENT)
        yield out.getvalue()
