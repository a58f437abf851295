"""Sightings, contents of attachments and seals as rows; none of them ever changes."""

from collections.abc import Sequence

import sqlalchemy as sa
from domain.evidence import Sealed, Sighting
from domain.identity import AgreementId
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from agreements.persistence import tables as t
from agreements.usecases.errors import UnknownContent


class StoredSightings:
    """Implements `Sightings`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def note(self, agreement: AgreementId, sightings: Sequence[Sighting]) -> None:
        """Insert what is not known yet."""
        rows = [
            {"agreement": agreement, "revision": s.revision, "unit": s.unit, "subject": s.subject, "seen_at": s.seen_at}
            for s in sightings
        ]
        if rows:
            await self._connection.execute(insert(t.sightings).values(rows).on_conflict_do_nothing())

    async def of(self, agreement: AgreementId) -> Sequence[Sighting]:
        """List them, earliest first."""
        query = sa.select(t.sightings).where(t.sightings.c.agreement == agreement)
        rows = (await self._connection.execute(query.order_by(t.sightings.c.seen_at, t.sightings.c.subject))).all()
        return [Sighting(revision=r.revision, unit=r.unit, subject=r.subject, seen_at=r.seen_at) for r in rows]


class StoredContents:
    """Implements `Contents`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def keep(self, sha256: str, content: bytes) -> None:
        """Insert content that is not known yet."""
        row = {"sha256": sha256, "content": content}
        await self._connection.execute(insert(t.contents).values(row).on_conflict_do_nothing())

    async def read(self, sha256: str) -> bytes:
        """Give content."""
        query = sa.select(t.contents.c.content).where(t.contents.c.sha256 == sha256)
        content = await self._connection.scalar(query)
        if content is None:
            raise UnknownContent(sha256)
        return bytes(content)


class StoredSeals:
    """Implements `Seals`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def put(self, agreement: AgreementId, sealed: Sealed) -> None:
        """Insert a seal that is not there yet."""
        row = {
            "agreement": agreement,
            "revision": sealed.revision,
            "jws": sealed.jws,
            "sealed_at": sealed.sealed_at,
        }
        await self._connection.execute(insert(t.seals).values(row).on_conflict_do_nothing())

    async def of(self, agreement: AgreementId) -> Sequence[Sealed]:
        """List an agreement's seals, oldest revision first."""
        query = sa.select(t.seals).where(t.seals.c.agreement == agreement).order_by(t.seals.c.revision)
        rows = (await self._connection.execute(query)).all()
        return [Sealed(revision=row.revision, jws=row.jws, sealed_at=row.sealed_at) for row in rows]
