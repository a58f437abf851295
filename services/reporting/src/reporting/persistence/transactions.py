"""Transactions of the reporting service: one that writes, one that sees a reach only."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from time import monotonic

from chassis.audit.log import Trail
from chassis.caller import Reach
from chassis.copies import Copies
from chassis.database import Database
from chassis.outbox import Outbox
from domain.codec import decode, encode
from domain.identity import AgreementId
from domain.unit import Units
from domain.unit_payload import units_from
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.persistence.agreed import agreed_from
from reporting.persistence.judgements import StoredJudgements
from reporting.persistence.reports import StoredReports
from reporting.persistence.tables import outbox
from reporting.ports import Agreed, Document, Stake, Work
from reporting.usecases.judging import stake_of

REMEMBERED = 1.0


class StoredCopies:
    """Implements `Copied`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._copies = Copies(connection)

    async def units(self) -> Units:
        """Give the tree of units; an empty one before the first copy."""
        return units_from(await self._copies.read("units") or {"units": [], "relations": []})

    async def keep_units(self, document: Document) -> None:
        """Keep a newer tree."""
        await self._copies.keep("units", document)

    async def agreement(self, id: AgreementId) -> Agreed | None:
        """Give an agreement, if there is a copy."""
        document = await self._copies.read(f"agreement:{id}")
        return agreed_from(document) if document else None

    async def stakes(self) -> Sequence[Stake]:
        """Say of every agreement in force what it is judged by."""
        return [decode(Stake, stake) for stake in await self._copies.below("stake:") if stake["units"]]

    async def keep_agreement(self, id: AgreementId, document: Document) -> None:
        """Keep a newer agreement, and beside it what it is judged by."""
        await self._copies.keep(f"agreement:{id}", document)
        await self._copies.keep(f"stake:{id}", encode(stake_of(agreed_from(document))))

    async def cursor(self, service: str) -> str | None:
        """Say how far a feed has been read."""
        cursor: str | None = await self._copies.read(f"cursor:{service}")
        return cursor

    async def keep_cursor(self, service: str, cursor: str) -> None:
        """Remember how far."""
        await self._copies.keep(f"cursor:{service}", cursor)


class Transactions:
    """Opens what use cases call `begin` and `look`."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        """Open transactions on this database."""
        self._database, self._now = database, now
        self._units, self._read_at = Units.of((), ()), -REMEMBERED

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        """Open a transaction that may write."""
        async with self._database.writing() as connection:
            yield self._work(connection)

    @asynccontextmanager
    async def look(self, reach: Reach) -> AsyncIterator[Work]:
        """Open a transaction that sees rows within reach."""
        async with self._database.reading(reach) as connection:
            yield self._work(connection)

    async def units(self) -> Units:
        """Give the tree of units, read anew once a second at the most: every request asks for it."""
        if monotonic() - self._read_at > REMEMBERED:
            async with self.look(None) as work:
                self._units, self._read_at = await work.copies.units(), monotonic()
        return self._units

    def _work(self, connection: AsyncConnection) -> Work:
        now = self._now()
        return Work(
            judgements=StoredJudgements(connection, now),
            reports=StoredReports(connection),
            copies=StoredCopies(connection),
            events=Outbox(connection, outbox, now),
            audit=Trail(connection, now),
        )
