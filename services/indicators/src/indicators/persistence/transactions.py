"""Transactions of the indicators service: one that writes, one that sees a reach only."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from chassis.audit.log import Trail
from chassis.caller import Reach
from chassis.copies import Copies
from chassis.database import Database
from chassis.outbox import Outbox
from domain.codec import decode
from domain.comparison_group import Membership
from domain.nearest_neighbour import NearestNeighbour
from domain.unit import Units
from domain.unit_payload import units_from
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence.catalogue_rows import StoredCatalogue
from indicators.persistence.collecting import StoredCollectionRounds
from indicators.persistence.deliveries import StoredDeliveries
from indicators.persistence.gates import GateRows
from indicators.persistence.history import StoredHistory
from indicators.persistence.jobs import StoredJobs
from indicators.persistence.profiles import StoredProfiles
from indicators.persistence.quality_rules import StoredQualityRules
from indicators.persistence.received import StoredReceived
from indicators.persistence.reconciliation_jobs import StoredComparisons
from indicators.persistence.reconciliations import StoredReconciliations
from indicators.persistence.records import StoredRecords
from indicators.persistence.releases import StoredReleases
from indicators.persistence.reminders import StoredReminders
from indicators.persistence.reviews import reviews_on
from indicators.persistence.schedule import StoredSchedule
from indicators.persistence.scrutinies import StoredScrutinies
from indicators.persistence.soft_findings import StoredSoftFindings
from indicators.persistence.standing import attestations, objections
from indicators.persistence.tables import outbox
from indicators.persistence.uploads import StoredUploads
from indicators.persistence.vintages import StoredVintages
from indicators.ports import Work
from indicators.usecases.errors import UnitsNotKnownYet

NEIGHBOURS = "nearest_neighbours"
"""What a copy of them is called, and the member of the tree that tells them."""


class CopiedUnits:
    """Implements `KnownUnits`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._copies = Copies(connection)

    async def tree(self) -> Units:
        """Give the copy."""
        document = await self._copies.read("units")
        if document is None:
            raise UnitsNotKnownYet
        return units_from(document)

    async def memberships(self) -> Sequence[Membership]:
        """Say who is in which comparison group."""
        document = await self._copies.read("units") or {}
        return decode(tuple[Membership, ...], document.get("comparison_groups", []))

    async def neighbours(self) -> Sequence[NearestNeighbour]:
        """Say who are the nearest neighbours of units."""
        return decode(tuple[NearestNeighbour, ...], await self._copies.read(NEIGHBOURS) or [])

    async def keep(self, document: Mapping[str, Any]) -> None:
        """Keep a newer copy; neighbours, whom few ask for, beside the tree, which everybody asks for."""
        tree = {name: told for name, told in document.items() if name != NEIGHBOURS}
        await self._copies.keep("units", tree)
        await self._copies.keep(NEIGHBOURS, document.get(NEIGHBOURS, []))

    async def cursor(self) -> str | None:
        """Say how far the feed of agreements has been read."""
        cursor: str | None = await self._copies.read("cursor:agreements")
        return cursor

    async def keep_cursor(self, cursor: str) -> None:
        """Remember how far."""
        await self._copies.keep("cursor:agreements", cursor)


class Transactions:
    """Opens what use cases call `begin` and `look`."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        """Open transactions on this database."""
        self._database, self._now = database, now

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

    def _work(self, connection: AsyncConnection) -> Work:
        now = self._now()
        return Work(
            catalogue=StoredCatalogue(connection),
            profiles=StoredProfiles(connection),
            deliveries=StoredDeliveries(connection, now),
            jobs=StoredJobs(connection),
            uploads=StoredUploads(connection, now),
            history=StoredHistory(connection),
            schedule=StoredSchedule(connection),
            quality_rules=StoredQualityRules(connection),
            soft_findings=StoredSoftFindings(connection, now),
            scrutinies=StoredScrutinies(connection),
            received=StoredReceived(connection),
            reminders=StoredReminders(connection, now),
            gates=GateRows(connection),
            rounds=StoredCollectionRounds(connection),
            records=StoredRecords(connection),
            units=CopiedUnits(connection),
            events=Outbox(connection, outbox, now),
            audit=Trail(connection, now),
            **reviews_on(connection),
            attestations=attestations(connection),
            objections=objections(connection),
            vintages=StoredVintages(connection),
            releases=StoredReleases(connection),
            reconciliations=StoredReconciliations(connection),
            comparisons=StoredComparisons(connection),
        )
