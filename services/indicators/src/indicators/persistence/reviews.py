"""Internal control as rows: grids by version, and registers of values kept whole."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Generic, TypedDict, TypeVar
from uuid import UUID

import sqlalchemy as sa
from domain.codec import decode, encode
from domain.consequence import Consequence
from domain.external_audit import ExternalAudit
from domain.file_review import FileReview, ReviewedFile
from domain.period import Month
from domain.review_grid import ReviewGrid
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t
from indicators.persistence.review_sums import StoredSums
from indicators.ports.filed import ClosedRounds, Filed, Register, ReviewGrids
from indicators.usecases.reviews.errors import ChangedOnFile, NotOnFile, OnFileAlready

T = TypeVar("T")
OWN = ("id", "version", "body")
OTHERS_WAIT = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:grid, 12))")


class StoredRegister(Generic[T]):
    """Implements `Register` for one kind of value."""

    def __init__(self, connection: AsyncConnection, table: sa.Table, kind: type[T]) -> None:
        """Work on this connection; its role decides which rows there are."""
        self._connection, self._table, self._kind = connection, table, kind
        self._keys = [column.name for column in table.columns if column.name not in OWN]

    async def get(self, id: UUID) -> Filed[T]:
        """Give one."""
        return await self._one(id, self._where(id))

    async def held(self, id: UUID) -> Filed[T]:
        """Give one that does not change until the transaction ends."""
        return await self._one(id, self._where(id).with_for_update(read=True))

    async def locked(self, id: UUID) -> Filed[T]:
        """Give one, its row locked until the transaction ends."""
        return await self._one(id, self._where(id).with_for_update())

    async def add(self, *filed: Filed[T]) -> None:
        """Keep new ones."""
        try:
            async with self._connection.begin_nested():
                await self._connection.execute(self._table.insert(), [self._row(one) for one in filed])
        except IntegrityError as error:
            raise OnFileAlready(self._kind.__name__) from error

    async def update(self, filed: Filed[T]) -> None:
        """Keep a changed one."""
        known = sa.and_(self._table.c.id == filed.id, self._table.c.version == filed.version - 1)
        done = await self._connection.execute(self._table.update().where(known).values(self._row(filed)))
        if done.rowcount == 0:
            raise ChangedOnFile(kind=self._kind.__name__, id=filed.id)

    async def matching(
        self, keys: Mapping[str, Sequence[Any]], after: UUID | None = None, limit: int | None = None
    ) -> list[Filed[T]]:
        """List in the order of ids."""
        query = sa.select(self._table).order_by(self._table.c.id).limit(limit)
        if after is not None:
            query = query.where(self._table.c.id > after)
        for name, wanted in keys.items():
            if wanted:
                query = query.where(self._table.c[name].in_([_plain(value) for value in wanted]))
        return [self._filed(row) for row in (await self._connection.execute(query)).all()]

    def _where(self, id: UUID) -> sa.Select[Any]:
        return sa.select(self._table).where(self._table.c.id == id)

    async def _one(self, id: UUID, query: sa.Select[Any]) -> Filed[T]:
        row = (await self._connection.execute(query)).first()
        if row is None:
            raise NotOnFile(kind=self._kind.__name__, id=id)
        return self._filed(row)

    def _filed(self, row: sa.Row[Any]) -> Filed[T]:
        return Filed(id=row.id, version=row.version, value=decode(self._kind, row.body))

    def _row(self, filed: Filed[T]) -> dict[str, Any]:
        keys = {name: _plain(getattr(filed.value, name)) for name in self._keys}
        return {"id": filed.id, "version": filed.version, **keys, "body": encode(filed.value)}


class StoredGrids:
    """Implements `ReviewGrids`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def versions(self, code: str, *, alone: bool = False) -> Sequence[ReviewGrid]:
        """Give all versions of a grid, oldest first."""
        if alone:
            await self._connection.execute(OTHERS_WAIT, {"grid": code})
        return await self.listed([code])

    async def listed(self, codes: Sequence[str] = ()) -> Sequence[ReviewGrid]:
        """List in the order of code and version."""
        query = sa.select(t.review_grids.c.body).order_by(t.review_grids.c.code, t.review_grids.c.version)
        if codes:
            query = query.where(t.review_grids.c.code.in_(codes))
        return [decode(ReviewGrid, body) for body in await self._connection.scalars(query)]

    async def add(self, grid: ReviewGrid) -> None:
        """Keep a new version."""
        row = {"code": grid.code, "version": grid.version, "body": encode(grid)}
        await self._connection.execute(t.review_grids.insert().values(row))


class Reviews(TypedDict):
    """The ports of internal control by their names in a transaction."""

    review_grids: ReviewGrids
    file_reviews: Register[FileReview]
    closed_rounds: ClosedRounds
    reviewed_files: Register[ReviewedFile]
    consequences: Register[Consequence]
    external_audits: Register[ExternalAudit]


def reviews_on(connection: AsyncConnection) -> Reviews:
    """Open all of internal control on a connection."""
    return Reviews(
        review_grids=StoredGrids(connection),
        file_reviews=StoredRegister(connection, t.file_reviews, FileReview),
        closed_rounds=StoredSums(connection),
        reviewed_files=StoredRegister(connection, t.reviewed_files, ReviewedFile),
        consequences=StoredRegister(connection, t.review_consequences, Consequence),
        external_audits=StoredRegister(connection, t.external_audits, ExternalAudit),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Month):
        return value.ordinal
    return value.value if isinstance(value, Enum) else value
