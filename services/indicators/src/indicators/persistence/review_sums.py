"""Sums of closed rounds as they are kept with them, read without the rest of a round."""

import asyncio
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from domain.codec import Payload
from domain.file_review import ReviewStatus
from domain.identity import UnitCode
from domain.period import Month
from domain.review_results import Closed, Results, Tally
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence.tables import file_reviews as table

RESULTS = table.c.body["results"].label("results")


class StoredSums:
    """Implements `ClosedRounds`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection; its role decides which rows there are."""
        self._connection = connection

    async def between(
        self, first: Month, last: Month, units: Sequence[str] = (), grids: Sequence[str] = ()
    ) -> Sequence[Closed]:
        """Give the rounds of some months."""
        query = _closed(units, grids).where(table.c.month.between(first.ordinal, last.ordinal))
        return await self._found(query.order_by(table.c.month, table.c.unit, table.c.grid))

    async def before(self, month: Month, units: Sequence[str] = (), grids: Sequence[str] = ()) -> Sequence[Closed]:
        """Give the last round of each unit and grid before a month."""
        office = (table.c.unit, table.c.grid)
        query = _closed(units, grids).where(table.c.month < month.ordinal).ext(distinct_on(*office))
        return await self._found(query.order_by(*office, table.c.month.desc()))

    async def _found(self, query: sa.Select[Any]) -> Sequence[Closed]:
        rows = (await self._connection.execute(query)).all()
        return await asyncio.to_thread(lambda: [_read(row) for row in rows])


def _closed(units: Sequence[str], grids: Sequence[str]) -> sa.Select[Any]:
    query = sa.select(table.c.unit, table.c.month, table.c.grid, RESULTS).where(table.c.status == ReviewStatus.CLOSED)
    if units:
        query = query.where(table.c.unit.in_(units))
    return query.where(table.c.grid.in_(grids)) if grids else query


def _read(row: sa.Row[Any]) -> Closed:
    told = row.results
    results = Results(
        reviewed=told["reviewed"],
        with_errors=told["with_errors"],
        not_found=told["not_found"],
        tallies=tuple(map(_tally, told["tallies"])),
    )
    return Closed(unit=UnitCode(row.unit), month=Month.numbered(row.month), grid=row.grid, results=results)


def _tally(told: Payload) -> Tally:
    return Tally(
        checkpoint=told["checkpoint"],
        right=told["right"],
        errors=told["errors"],
        not_applicable=told["not_applicable"],
        amount=Decimal(told["amount"]),
    )
