"""Files that come in by pieces, as rows; their bytes are in the spool."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from domain.identity import DeliveryId
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t
from indicators.ports.uploaded import Upload
from indicators.usecases.upload_errors import UnknownUpload


class StoredUploads:
    """Implements `Uploads`."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        """Work on this connection; what has expired by now is not there."""
        self._connection, self._now = connection, now

    async def add(self, upload: Upload) -> None:
        """Keep a new one."""
        row = {name: getattr(upload, name) for name in ("id", "sender", "length", "expires_at", "delivery")}
        await self._connection.execute(t.uploads.insert().values(**row, options=dict(upload.options)))

    async def get(self, id: DeliveryId, sender: str) -> Upload:
        """Give one of a sender."""
        u = t.uploads.c
        query = sa.select(t.uploads).where(u.id == id, u.sender == sender, u.expires_at > self._now)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise UnknownUpload(id)
        return Upload(
            id=DeliveryId(row.id),
            sender=row.sender,
            length=row.length,
            options=row.options,
            expires_at=row.expires_at,
            delivery=None if row.delivery is None else DeliveryId(row.delivery),
        )

    async def became(self, id: DeliveryId, delivery: DeliveryId) -> None:
        """Note which delivery it became."""
        await self._connection.execute(t.uploads.update().where(t.uploads.c.id == id).values(delivery=delivery))

    async def drop(self, id: DeliveryId) -> None:
        """Forget one."""
        await self._connection.execute(t.uploads.delete().where(t.uploads.c.id == id))

    async def expired(self, at: datetime) -> Sequence[DeliveryId]:
        """Forget those that were not completed in time; of those that were, only the row goes."""
        gone = t.uploads.delete().where(t.uploads.c.expires_at <= at).returning(t.uploads.c.id, t.uploads.c.delivery)
        return [DeliveryId(row.id) for row in await self._connection.execute(gone) if row.delivery is None]

    async def coming(self, ids: Sequence[UUID]) -> frozenset[UUID]:
        """Say which of these are not complete yet."""
        u = t.uploads.c
        query = sa.select(u.id).where(u.id.in_(ids), u.delivery.is_(None))
        return frozenset(await self._connection.scalars(query))
