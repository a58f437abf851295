"""Collection rounds as rows: the units in rows of their own, so that the wall of units decides who sees which."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from domain.codec import decode_fields, encode
from domain.collection import CollectionRound
from domain.identity import UnitCode
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence.tables import collection_rounds as r
from indicators.persistence.tables import collection_units as u
from indicators.ports import FiledRound
from indicators.usecases.errors import CollectionRoundChanged, UnknownCollectionRound

UNITS = sa.select(sa.func.array_agg(u.c.unit)).where(u.c.round == r.c.id).scalar_subquery()


class StoredCollectionRounds:
    """Implements `CollectionRounds`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection; its role decides which rows there are."""
        self._connection = connection

    async def get(self, id: UUID) -> FiledRound:
        """Give one."""
        found = (await self._connection.execute(_query().where(r.c.id == id))).first()
        if found is None:
            raise UnknownCollectionRound(id)
        return _filed(found)

    async def add(self, filed: FiledRound) -> None:
        """Keep a new one."""
        await self._connection.execute(r.insert().values(_row(filed)))
        await self._keep_units(filed)

    async def update(self, filed: FiledRound) -> None:
        """Keep a changed one."""
        known = sa.and_(r.c.id == filed.id, r.c.version == filed.version - 1)
        done = await self._connection.execute(r.update().where(known).values(_row(filed)))
        if done.rowcount == 0:
            raise CollectionRoundChanged(filed.id)
        await self._connection.execute(u.delete().where(u.c.round == filed.id))
        await self._keep_units(filed)

    async def matching(self, quarters: Sequence[str], after: UUID | None, limit: int) -> Sequence[FiledRound]:
        """List those of some quarters, or all, in the order of their ids."""
        query = _query().order_by(r.c.id).limit(limit)
        if quarters:
            query = query.where(r.c.quarter.in_(quarters))
        if after is not None:
            query = query.where(r.c.id > after)
        return [_filed(row) for row in await self._connection.execute(query)]

    async def _keep_units(self, filed: FiledRound) -> None:
        rows = [{"round": filed.id, "unit": unit} for unit in sorted(set(filed.round.units))]
        await self._connection.execute(u.insert(), rows)


def _query() -> sa.Select[Any]:
    return sa.select(r, UNITS.label("units"))


def _row(filed: FiledRound) -> dict[str, Any]:
    body = cast("dict[str, Any]", encode(filed.round))
    del body["units"]
    return {"id": filed.id, "version": filed.version, "quarter": str(filed.round.quarter), "body": body}


def _filed(row: sa.Row[Any]) -> FiledRound:
    told = decode_fields(CollectionRound, row.body, but="units")
    units = tuple(UnitCode(code) for code in sorted(row.units))
    return FiledRound(id=row.id, version=row.version, round=CollectionRound(**told, units=units))
