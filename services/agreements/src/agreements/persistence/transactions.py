"""Transactions of the agreements service: one that writes, one that sees a reach only."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from chassis.audit.log import Trail
from chassis.caller import Reach
from chassis.database import Database
from chassis.outbox import Outbox
from domain.attachment import Attachment
from domain.body import Body
from domain.budget import Budget
from domain.concept import Conference, Escalation, Statement
from domain.consultation import Consultation
from domain.mandate import Mandate
from domain.measure import Measure
from domain.meeting import Meeting
from domain.offer import Offer
from domain.paper import Paper
from domain.planning import PlanningRound
from domain.proposal import Proposal
from domain.signing import Signing
from domain.standards import Standard
from domain.tier import Tier
from sqlalchemy.ext.asyncio import AsyncConnection

from agreements.persistence import tables as t
from agreements.persistence.agreements import StoredAgreements
from agreements.persistence.comparison_groups import StoredComparisonGroups
from agreements.persistence.documents import StoredDocuments
from agreements.persistence.evidence import StoredContents, StoredSeals, StoredSightings
from agreements.persistence.goals import StoredGoals
from agreements.persistence.nearest_neighbours import StoredNearestNeighbours
from agreements.persistence.reference_values import StoredReferenceValues
from agreements.persistence.units import KeptTree, StoredUnits
from agreements.ports import Work


class Transactions:
    """Opens what use cases call `begin` and `look`."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        """Open transactions on this database."""
        self._database, self._now, self._tree = database, now, KeptTree()

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
            units=StoredUnits(connection, self._tree),
            agreements=StoredAgreements(connection),
            events=Outbox(connection, t.outbox, now),
            audit=Trail(connection, now),
            goals=StoredGoals(connection),
            sightings=StoredSightings(connection),
            contents=StoredContents(connection),
            seals=StoredSeals(connection),
            tiers=StoredDocuments(connection, t.tiers, Tier),
            bodies=StoredDocuments(connection, t.bodies, Body),
            proposals=StoredDocuments(connection, t.proposals, Proposal),
            statements=StoredDocuments(connection, t.statements, Statement),
            escalations=StoredDocuments(connection, t.escalations, Escalation),
            conferences=StoredDocuments(connection, t.conferences, Conference),
            meetings=StoredDocuments(connection, t.meetings, Meeting),
            consultations=StoredDocuments(connection, t.consultations, Consultation),
            mandates=StoredDocuments(connection, t.mandates, Mandate),
            papers=StoredDocuments(connection, t.papers, Paper),
            budgets=StoredDocuments(connection, t.budgets, Budget),
            measures=StoredDocuments(connection, t.measures, Measure),
            standards=StoredDocuments(connection, t.standards, Standard),
            attachments=StoredDocuments(connection, t.attachments, Attachment),
            signings=StoredDocuments(connection, t.signings, Signing),
            planning_rounds=StoredDocuments(connection, t.planning_rounds, PlanningRound),
            reference_values=StoredReferenceValues(connection),
            comparison_groups=StoredComparisonGroups(connection),
            nearest_neighbours=StoredNearestNeighbours(connection),
            offers=StoredDocuments(connection, t.offers, Offer),
        )
