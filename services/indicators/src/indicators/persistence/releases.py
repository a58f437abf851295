"""Releases as rows, which are only ever added."""

from collections.abc import Sequence

import sqlalchemy as sa
from domain.codec import decode, encode
from domain.release import Release
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t
from indicators.persistence.catalogue_rows import CHANGES_WAIT
from indicators.usecases.releasing_errors import ReleaseExists, UnknownRelease

# Publications wait for one another; deliveries and changes of the catalogue under way come to their end, later ones
# begin after the publication.
SETTLE = (
    sa.text("LOCK TABLE releases IN SHARE ROW EXCLUSIVE MODE"),
    sa.text("LOCK TABLE deliveries IN SHARE MODE"),
    CHANGES_WAIT,
)


class StoredReleases:
    """Implements `Releases`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def settle(self) -> None:
        """Wait until nothing is under way, and let others wait until the transaction ends."""
        for lock in SETTLE:
            await self._connection.execute(lock)

    async def add(self, release: Release) -> None:
        """Keep a new release."""
        try:
            async with self._connection.begin_nested():
                row = {"code": release.code, "body": encode(release)}
                await self._connection.execute(t.releases.insert().values(row))
        except IntegrityError as error:
            raise ReleaseExists(release.code) from error

    async def get(self, code: str) -> Release:
        """Give one release."""
        body = await self._connection.scalar(sa.select(t.releases.c.body).where(t.releases.c.code == code))
        if body is None:
            raise UnknownRelease(code)
        return decode(Release, body)

    async def all(self) -> Sequence[Release]:
        """List all releases in the order they were published."""
        query = sa.select(t.releases.c.body).order_by(t.releases.c.number)
        return [decode(Release, body) for body in await self._connection.scalars(query)]
