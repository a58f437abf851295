"""Internal control as rows: grids by version, and registers of values kept whole."""

import json
from collections.abc import Sequence
from functools import partial
from importlib.resources import files
from typing import TypedDict, TypeVar

import sqlalchemy as sa
from domain.codec import decode, encode
from domain.consequence import Consequence
from domain.external_audit import ExternalAudit
from domain.file_review import FileReview, ReviewedFile
from domain.review_grid import ReviewGrid
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t
from indicators.persistence.documents import StoredDocuments
from indicators.persistence.locks import Lock, held
from indicators.persistence.review_samples import StoredSamples
from indicators.persistence.review_sums import StoredSums
from indicators.ports.documents import Documents
from indicators.ports.reviewed import ClosedRounds, ReviewGrids, Samples
from indicators.usecases.reviews.errors import NotOnFile, OnFileAlready

T = TypeVar("T")
OTHERS_WAIT = held(Lock.GRID, "grid")


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


def shipped_grid() -> dict[str, object]:
    """Read the row of the grid that comes with the service."""
    body = json.loads((files("indicators.persistence") / "catalogue" / "review_grid.json").read_text("utf-8"))
    return {"code": body["code"], "version": body["version"], "body": encode(decode(ReviewGrid, body))}


class Reviews(TypedDict):
    """The ports of internal control by their names in a transaction."""

    review_grids: ReviewGrids
    file_reviews: Documents[FileReview]
    closed_rounds: ClosedRounds
    reviewed_files: Documents[ReviewedFile]
    samples: Samples
    consequences: Documents[Consequence]
    external_audits: Documents[ExternalAudit]


def reviews_on(connection: AsyncConnection) -> Reviews:
    """Open all of internal control on a connection."""
    return Reviews(
        review_grids=StoredGrids(connection),
        file_reviews=_kept(connection, t.file_reviews, FileReview),
        closed_rounds=StoredSums(connection),
        reviewed_files=_kept(connection, t.reviewed_files, ReviewedFile),
        samples=StoredSamples(connection),
        consequences=_kept(connection, t.review_consequences, Consequence),
        external_audits=_kept(connection, t.external_audits, ExternalAudit),
    )


def _kept(connection: AsyncConnection, table: sa.Table, kind: type[T]) -> StoredDocuments[T]:
    name = kind.__name__
    return StoredDocuments(
        connection, table, kind, unknown=partial(NotOnFile, name), taken=lambda _: OnFileAlready(name)
    )
