"""Values that are kept whole: one row each, found by a few of their own fields, versions counted."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from domain.codec import decode, encode
from domain.errors import Conflict, Unknown
from domain.period import Month
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.ports.documents import NO_BOUND, Filed
from indicators.usecases.filing_errors import ChangedOnFile

T = TypeVar("T")
OWN = ("id", "version", "body")


class StoredDocuments(Generic[T]):
    """Implements `Documents` for one kind of value."""

    def __init__(
        self,
        connection: AsyncConnection,
        table: sa.Table,
        kind: type[T],
        *,
        unknown: Callable[[UUID], Unknown],
        taken: Callable[[T], Conflict],
    ) -> None:
        """Work on this connection; its role decides which rows there are."""
        self._connection, self._table, self._kind = connection, table, kind
        self._unknown, self._taken = unknown, taken
        self._keys = [column.name for column in table.columns if column.name not in OWN]

    async def get(self, id: UUID) -> Filed[T]:
        """Give one value."""
        return await self._one(id, sa.select(self._table).where(self._table.c.id == id))

    async def held(self, id: UUID) -> Filed[T]:
        """Give one value that does not change until the transaction ends."""
        return await self._one(id, sa.select(self._table).where(self._table.c.id == id).with_for_update(read=True))

    async def locked(self, id: UUID) -> Filed[T]:
        """Give one value, its row locked until the transaction ends."""
        return await self._one(id, sa.select(self._table).where(self._table.c.id == id).with_for_update())

    async def add(self, *filed: Filed[T]) -> None:
        """Keep new values; whoever comes second with one in their place is refused."""
        try:
            async with self._connection.begin_nested():
                await self._connection.execute(self._table.insert(), [self._row(one) for one in filed])
        except IntegrityError as error:
            raise self._taken(filed[0].value) from error

    async def update(self, filed: Filed[T]) -> None:
        """Keep a changed value."""
        known = sa.and_(self._table.c.id == filed.id, self._table.c.version == filed.version - 1)
        done = await self._connection.execute(self._table.update().where(known).values(self._row(filed)))
        if done.rowcount == 0:
            raise ChangedOnFile(kind=self._kind.__name__, id=filed.id)

    async def matching(
        self,
        keys: Mapping[str, Sequence[Any]],
        after: UUID | None = None,
        limit: int | None = None,
        below: Mapping[str, Any] = NO_BOUND,
    ) -> list[Filed[T]]:
        """List values in the order of their ids."""
        columns = self._table.c
        query = sa.select(self._table).order_by(columns.id).limit(limit)
        query = query.where(*(columns[name] < bound for name, bound in below.items()))
        query = query.where(*(columns[n].in_([_plain(v) for v in wanted]) for n, wanted in keys.items() if wanted))
        if after is not None:
            query = query.where(columns.id > after)
        return [self._filed(row) for row in (await self._connection.execute(query)).all()]

    async def _one(self, id: UUID, query: sa.Select[Any]) -> Filed[T]:
        row = (await self._connection.execute(query)).first()
        if row is None:
            raise self._unknown(id)
        return self._filed(row)

    def _filed(self, row: sa.Row[Any]) -> Filed[T]:
        return Filed(id=row.id, version=row.version, value=decode(self._kind, row.body))

    def _row(self, filed: Filed[T]) -> dict[str, Any]:
        keys = {name: _plain(getattr(filed.value, name)) for name in self._keys}
        return {"id": filed.id, "version": filed.version, **keys, "body": encode(filed.value)}


def _plain(value: Any) -> Any:
    if isinstance(value, Month):
        return value.ordinal
    return value.value if isinstance(value, Enum) else value
