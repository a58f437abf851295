"""The history of observations: compared as columns, copied in and out as bytes, never overwritten."""

import asyncio
import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

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
from indicators.persistence.comparing import ABSENT, KEYS, compare
from indicators.ports import Arrivals, Difference, Intake, Span, Taken

MOST_DIFFERENCES = 10_000

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
    SELECT pg_advisory_xact_lock(7, id) FROM (SELECT unnest(CAST(:ids AS int[])) AS id ORDER BY 1) AS waiting
""")

# The newest value of every key of some units and months.
NEWEST = """
    SELECT DISTINCT ON (unit_id, month, series_id) unit_id, month, series_id, value::text AS old
    FROM observations WHERE unit_id = ANY ($1) AND month BETWEEN $2 AND $3
    ORDER BY unit_id, month, series_id, delivery DESC
"""

# Observations of units and series as known at an instant, oldest first.
KNOWN = """
    SELECT {distinct} u.code, s.variable, s.dimensions, o.month, o.value, d.recorded_at, d.id
    FROM observations o JOIN units u ON u.id = o.unit_id JOIN series s ON s.id = o.series_id
    JOIN deliveries d ON d.number = o.delivery
    WHERE u.code = ANY (CAST(:units AS text[])) AND s.name = ANY (CAST(:names AS text[]))
      AND o.month BETWEEN :first AND :last AND (CAST(:as_of AS timestamptz) IS NULL OR d.recorded_at <= :as_of)
    ORDER BY o.unit_id, o.month, o.series_id, o.delivery {direction}
"""
NEWEST_KNOWN = sa.text(KNOWN.format(distinct="DISTINCT ON (o.unit_id, o.month, o.series_id)", direction="DESC"))
ALL_KNOWN = sa.text(KNOWN.format(distinct="", direction="ASC"))

# When a variable was first known for a unit and month.
ARRIVALS = sa.text("""
    SELECT u.code, o.month, s.variable, min(d.recorded_at) AS arrived
    FROM observations o JOIN units u ON u.id = o.unit_id JOIN series s ON s.id = o.series_id
    JOIN deliveries d ON d.number = o.delivery
    WHERE u.code = ANY (CAST(:units AS text[])) AND o.month BETWEEN :first AND :last AND o.value IS NOT NULL
    GROUP BY u.code, o.month, s.variable
""")


class StoredHistory:
    """Implements `History`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def take_in(self, number: int, intake: Intake, mode: DeliveryMode, *, keep: bool) -> Taken:
        """Compare with the newest known and append what differs: two statements, however many rows."""
        units = await self._unit_numbers(intake.rows["unit"].unique().sort().to_list())
        cells = await self._series_numbers(intake.series)
        await self._connection.execute(WAIT_FOR_UNITS, {"ids": units["unit_id"].to_list()})
        rows = await asyncio.to_thread(_numbered, intake, units, cells)
        known = await self._known(rows)
        news = await asyncio.to_thread(compare, rows, known, mode)
        if keep and news.changes.height:
            await self._append(news.changes.select(*KEYS, pl.lit(number).alias("delivery"), "value"))
        shown = news.changes.head(MOST_DIFFERENCES).join(units, on="unit_id").join(cells, on="series_id")
        return Taken(
            added=news.added,
            corrected=news.corrected,
            unchanged=news.unchanged,
            withdrawn=news.withdrawn,
            differences=[] if keep else _differences(shown, intake.series),
        )

    async def newest(self, span: Span, as_of: datetime | None) -> Sequence[Observation]:
        """Give the newest observation of each key as known at an instant."""
        return await self._observations(NEWEST_KNOWN, span, as_of)

    async def all_revisions(self, span: Span, as_of: datetime | None) -> Sequence[Observation]:
        """Give every revision, oldest first."""
        return await self._observations(ALL_KNOWN, span, as_of)

    async def cells(self, variables: Sequence[str]) -> Sequence[Cell]:
        """Give every cell of some variables that was ever delivered."""
        query = sa.select(t.series.c.variable, t.series.c.dimensions).where(t.series.c.variable.in_(variables))
        return [Cell.of(row.variable, **row.dimensions) for row in await self._connection.execute(query)]

    async def arrivals(self, units: Sequence[UnitCode], first: Month, last: Month) -> Arrivals:
        """Give when each unit's variable was first known for a month."""
        asked = {"units": list(units), "first": first.ordinal, "last": last.ordinal}
        found: dict[tuple[UnitCode, Month], dict[VariableCode, datetime]] = {}
        for row in await self._connection.execute(ARRIVALS, asked):
            found.setdefault((row.code, Month.numbered(row.month)), {})[row.variable] = row.arrived
        return found

    async def _observations(self, query: sa.TextClause, span: Span, as_of: datetime | None) -> list[Observation]:
        asked = {
            "units": list(span.units),
            "names": [str(cell) for cell in span.cells],
            "first": span.first.ordinal,
            "last": span.last.ordinal,
            "as_of": as_of,
        }
        return [_observation(row) for row in await self._connection.execute(query, asked)]

    async def _unit_numbers(self, codes: Sequence[str]) -> pl.DataFrame:
        await self._connection.execute(NUMBER_UNITS, {"codes": list(codes)})
        query = sa.select(t.units.c.id, t.units.c.code).where(t.units.c.code.in_(codes)).order_by(t.units.c.id)
        rows = [tuple(row) for row in await self._connection.execute(query)]
        return pl.DataFrame(rows, schema={"unit_id": pl.Int32, "unit": pl.String}, orient="row")

    async def _series_numbers(self, cells: Sequence[Cell]) -> pl.DataFrame:
        names = {str(cell): number for number, cell in enumerate(cells)}
        rows = [{"variable": c.variable, "dimensions": dict(c.dimensions), "name": str(c)} for c in cells]
        await self._connection.execute(NUMBER_SERIES, {"rows": rows})
        query = sa.select(t.series.c.id, t.series.c.name).where(t.series.c.name.in_(names))
        found = [(row.id, names[row.name]) for row in await self._connection.execute(query)]
        return pl.DataFrame(found, schema={"series_id": pl.Int32, "series": pl.Int32}, orient="row")

    async def _known(self, rows: pl.DataFrame) -> pl.DataFrame:
        span = rows.select(pl.col("month").min().alias("first"), pl.col("month").max().alias("last")).row(0)
        out = io.BytesIO()
        units = rows["unit_id"].unique().to_list()
        await (await self._driver()).copy_from_query(NEWEST, units, *span, output=out, format="csv", null=ABSENT)
        schema = {**dict.fromkeys(KEYS, pl.Int32), "old": pl.String}
        if not out.tell():
            return pl.DataFrame(schema=schema)
        return pl.read_csv(out.getvalue(), has_header=False, schema=schema, null_values=[ABSENT])

    async def _append(self, changes: pl.DataFrame) -> None:
        content = await asyncio.to_thread(lambda: changes.write_csv(include_header=False, null_value=ABSENT).encode())
        await (await self._driver()).copy_to_table(
            "observations", source=io.BytesIO(content), columns=changes.columns, format="csv", null=ABSENT
        )

    async def _driver(self) -> "asyncpg.Connection[asyncpg.Record]":
        return cast(
            "asyncpg.Connection[asyncpg.Record]", (await self._connection.get_raw_connection()).driver_connection
        )


def _numbered(intake: Intake, units: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    joined = intake.rows.join(units, on="unit").join(cells, on="series")
    return joined.select(*KEYS, "value").sort(KEYS)


def _differences(shown: pl.DataFrame, cells: Sequence[Cell]) -> list[Difference]:
    return [
        Difference(
            unit=UnitCode(row["unit"]),
            cell=cells[row["series"]],
            month=Month.numbered(row["month"]),
            old=None if row["old"] is None else Decimal(row["old"]),
            new=None if row["value"] is None else Decimal(row["value"]),
        )
        for row in shown.sort(KEYS).iter_rows(named=True)
    ]


def _observation(row: sa.Row[Any]) -> Observation:
    return Observation(
        unit=UnitCode(row.code),
        cell=Cell.of(row.variable, **row.dimensions),
        month=Month.numbered(row.month),
        value=row.value,
        recorded_at=row.recorded_at,
        delivery=DeliveryId(row.id),
    )
