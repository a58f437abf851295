"""Values that are kept whole: one row each, found by a few of their own fields, versions counted."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa
from domain.codec import Payload, decode, encode
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from agreements.ports import Filed
from agreements.usecases.errors import AlreadyFiled, StaleDocument, UnknownDocument

T = TypeVar("T")
OWN = ("id", "version", "body")


def documents_table(metadata: sa.MetaData, name: str, *keys: sa.schema.SchemaItem) -> sa.Table:
    """Describe a table of values; `keys` are columns named like the fields they repeat."""
    return sa.Table(
        name,
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        *keys,
        sa.Column("body", JSONB, nullable=False),
    )


class StoredDocuments(Generic[T]):
    """Implements `Documents` for one kind of value."""

    def __init__(
        self,
        connection: AsyncConnection,
        table: sa.Table,
        kind: type[T],
        *,
        write: Callable[[T], Any] = encode,
        read: Callable[[Payload], T] | None = None,
    ) -> None:
        """Work on this connection; its role decides which rows there are."""
        self._connection, self._table, self._write = connection, table, write
        self._read = read or (lambda payload: decode(kind, payload))
        self._name = kind.__name__
        self._keys = [column.name for column in table.columns if column.name not in OWN]

    async def get(self, id: UUID) -> Filed[T]:
        """Give one value."""
        return await self._one(id, sa.select(self._table).where(self._table.c.id == id))

    async def locked(self, id: UUID) -> Filed[T]:
        """Give one value, its row locked until the transaction ends."""
        return await self._one(id, sa.select(self._table).where(self._table.c.id == id).with_for_update())

    async def add(self, filed: Filed[T]) -> None:
        """Keep a new value; AlreadyFiled where its business key is taken."""
        try:
            async with self._connection.begin_nested():
                await self._connection.execute(self._table.insert().values(self._row(filed)))
        except IntegrityError as error:
            raise AlreadyFiled(self._name) from error

    async def update(self, filed: Filed[T]) -> None:
        """Keep a changed value, whose version is one more than the kept one."""
        known = sa.and_(self._table.c.id == filed.id, self._table.c.version == filed.version - 1)
        done = await self._connection.execute(self._table.update().where(known).values(self._row(filed)))
        if done.rowcount == 0:
            raise StaleDocument(name=self._name, id=filed.id)

    async def matching(
        self, keys: Mapping[str, Sequence[Any]], after: UUID | None = None, limit: int | None = None
    ) -> list[Filed[T]]:
        """List values in the order of their ids; an empty selection is any."""
        query = sa.select(self._table).order_by(self._table.c.id).limit(limit)
        if after is not None:
            query = query.where(self._table.c.id > after)
        for name, wanted in keys.items():
            if wanted:
                query = query.where(self._table.c[name].in_([_plain(value) for value in wanted]))
        return [self._filed(row) for row in (await self._connection.execute(query)).all()]

    async def _one(self, id: UUID, query: sa.Select[Any]) -> Filed[T]:
        row = (await self._connection.execute(query)).first()
        if row is None:
            raise UnknownDocument(name=self._name, id=id)
        return self._filed(row)

    def _filed(self, row: sa.Row[Any]) -> Filed[T]:
        return Filed(id=row.id, version=row.version, value=self._read(row.body))

    def _row(self, filed: Filed[T]) -> dict[str, Any]:
        keys = {name: _plain(getattr(filed.value, name)) for name in self._keys}
        return {"id": filed.id, "version": filed.version, **keys, "body": self._write(filed.value)}


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
