"""Deliveries whose figures are still to be held against the rules, and those figures as columns."""

import asyncio
import io
from collections.abc import Sequence
from typing import Any

import polars as pl
import sqlalchemy as sa
from domain.delivery import Scrutiny
from domain.identity import DeliveryId, UnitCode
from domain.period import Month
from domain.variable import Cell
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t
from indicators.persistence.comparing import ABSENT, newest_of
from indicators.persistence.locks import Lock
from indicators.ports.delivered import Job
from indicators.ports.scrutiny import Known, Touched

d = t.deliveries.c
CLAIM = sa.text("SELECT pg_try_advisory_xact_lock(:lock, CAST(:number AS int))").bindparams(lock=Lock.SCRUTINY)
WAIT_FOR_UNITS = sa.text("""
    SELECT pg_advisory_xact_lock(:lock, hashtext(code))
    FROM (SELECT code FROM unnest(CAST(:codes AS text[])) AS code ORDER BY hashtext(code)) AS waiting
""").bindparams(lock=Lock.UNIT_DOUBTED)
FINISH = sa.text("""
    UPDATE deliveries SET body = jsonb_set(body, '{scrutiny}', to_jsonb(CAST(:outcome AS text))) WHERE id = :id
""").bindparams(sa.bindparam("id", type_=sa.Uuid))

# Units and months with a revision that came with a delivery, found by unit and month.
TOUCHED = sa.text("""
    SELECT u.code, o.month, count(*) AS cells
    FROM deliveries d
    JOIN delivery_units n ON n.delivery = d.number AND n.rows > 0
    JOIN units u ON u.code = n.unit
    CROSS JOIN generate_series(n.first, n.last) AS m (month)
    JOIN observations o ON o.month = m.month AND o.unit_id = u.id AND o.delivery = d.revision
    WHERE d.id = :id GROUP BY u.code, o.month ORDER BY u.code, o.month
""").bindparams(sa.bindparam("id", type_=sa.Uuid))

# Whatever was ever told for units in months, found by the leading part of the key; `place` counts the units asked for.
REVISIONS = """
    SELECT o.month, asked.place - 1, o.series_id, o.delivery, o.value::text, o.status
    FROM unnest($1::text[]) WITH ORDINALITY AS asked (code, place)
    JOIN units u ON u.code = asked.code
    CROSS JOIN unnest($2::int[]) AS m (month)
    CROSS JOIN LATERAL (
        SELECT k.* FROM observations k WHERE k.month = m.month AND k.unit_id = u.id OFFSET 0
    ) AS o
"""


class StoredScrutinies:
    """Implements `Scrutinies`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def claim(self, id: DeliveryId) -> bool:
        """Hold a delivery's scrutiny by a lock that ends with the transaction; its rows stay free for others."""
        number = await self._connection.scalar(sa.select(d.number).where(d.id == id))
        if number is None or not await self._connection.scalar(CLAIM, {"number": number}):
            return False
        pending = sa.select(d.scrutiny == Scrutiny.PENDING.value).where(d.number == number)
        return bool(await self._connection.scalar(pending))

    async def attempted(self, id: DeliveryId) -> int:
        """Count one more attempt."""
        counted = t.deliveries.update().where(d.id == id).values(scrutiny_attempts=d.scrutiny_attempts + 1)
        return await self._connection.scalar(counted.returning(d.scrutiny_attempts)) or 0

    async def finish(self, id: DeliveryId, outcome: Scrutiny) -> None:
        """Keep what became of it."""
        await self._connection.execute(FINISH, {"id": id, "outcome": outcome.value})

    async def waiting(self, limit: int) -> Sequence[Job]:
        """List deliveries whose scrutiny is pending, oldest first."""
        query = sa.select(d.number, d.id, d.sender, d.body["size"].as_integer().label("size"))
        pending = query.where(d.scrutiny == Scrutiny.PENDING.value).order_by(d.number).limit(limit)
        return [
            Job(number=row.number, id=DeliveryId(row.id), sender=row.sender, size=row.size, allowed=None)
            for row in await self._connection.execute(pending)
        ]

    async def touched(self, id: DeliveryId) -> Sequence[Touched]:
        """List the units and months in which a delivery changed something."""
        return [
            Touched(unit=UnitCode(row.code), month=Month.numbered(row.month), cells=row.cells)
            for row in await self._connection.execute(TOUCHED, {"id": id})
        ]

    async def hold(self, units: Sequence[UnitCode]) -> None:
        """Let other scrutinies of these units wait; all take the locks in one order."""
        await self._connection.execute(WAIT_FOR_UNITS, {"codes": sorted(set(units))})

    async def known(self, units: Sequence[UnitCode], months: Sequence[Month]) -> Known:
        """Give the newest values of units in months: one copy out."""
        driver: Any = (await self._connection.get_raw_connection()).driver_connection
        out = io.BytesIO()
        asked = (list(units), sorted({month.ordinal for month in months}))
        await driver.copy_from_query(REVISIONS, *asked, output=out, format="csv", null=ABSENT)
        newest = await asyncio.to_thread(newest_of, out.getvalue())
        values = newest.select(unit="unit_id", month="month", series="series_id", value=pl.col("old"))
        told = values["series"].unique().to_list()
        query = sa.select(t.series.c.id, t.series.c.variable, t.series.c.dimensions).where(t.series.c.id.in_(told))
        rows = await self._connection.execute(query)
        return Known(values=values, cells={row.id: Cell.of(row.variable, **row.dimensions) for row in rows})
