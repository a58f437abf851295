"""All ports of the indicators service, remembered instead of stored: for use cases alone, without a database."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import date

from chassis.audit.change import Change
from chassis.caller import Reach
from chassis.clock import now
from chassis.event import Event
from domain.file_review import ReviewStatus
from domain.unit import Units
from domain.unit_payload import Tree, payload_of
from indicators.app import create_app
from indicators.ports import Ports, Work

from support.apps import settings_of
from support.arrival_twins import RememberedGates, RememberedProfiles, RememberedUploads
from support.catalogue_twins import RememberedCatalogue, RememberedCopy, RememberedSchedule
from support.collecting_twins import RememberedCollectionRounds
from support.conformance import remembered
from support.delivery_twins import RememberedDeliveries, RememberedJobs, Shelf
from support.duty_twins import RememberedReceived, RememberedReminders
from support.history_twins import RememberedHistory
from support.quality_twins import RememberedQualityRules, RememberedScrutinies, RememberedSoftFindings
from support.reconciliation_twins import RememberedComparisons, RememberedReconciliations
from support.records_twins import RememberedRecords
from support.review_twins import RememberedGrids, RememberedSamples, RememberedSums, remembered_register
from support.standing_twins import (
    RememberedReleases,
    RememberedVintages,
    remembered_attestations,
    remembered_objections,
)

NOBODY_LISTENS = "postgresql://postgres@127.0.0.1:1/zielwerk"


@dataclass
class RememberedEvents:
    """Twin of `Events`."""

    told: list[Event] = field(default_factory=list)

    async def tell(self, *events: Event) -> None:
        """Keep the events."""
        self.told += events


@dataclass
class RememberedTrail:
    """Twin of `Audit`."""

    recorded: list[Change] = field(default_factory=list)

    async def record(self, *changes: Change) -> None:
        """Append to the log."""
        self.recorded += changes


def remembered_work() -> Work:
    """Give what a transaction offers, with nothing in it."""
    shelf = Shelf(now)
    reviews = remembered_register("FileReview", "unit", "month", "grid", void=("status", ReviewStatus.WITHDRAWN))
    files = remembered_register("ReviewedFile", "review", "rank")
    return Work(
        catalogue=RememberedCatalogue(now),
        profiles=RememberedProfiles(),
        deliveries=RememberedDeliveries(shelf),
        jobs=RememberedJobs(shelf),
        uploads=RememberedUploads(now),
        history=RememberedHistory(shelf),
        schedule=RememberedSchedule(),
        quality_rules=RememberedQualityRules(),
        soft_findings=RememberedSoftFindings(now()),
        scrutinies=RememberedScrutinies(),
        received=RememberedReceived(),
        reminders=RememberedReminders(),
        records=RememberedRecords(),
        gates=RememberedGates(),
        rounds=RememberedCollectionRounds(),
        units=RememberedCopy(),
        events=RememberedEvents(),
        audit=RememberedTrail(),
        review_grids=RememberedGrids(),
        file_reviews=reviews,
        closed_rounds=RememberedSums(reviews),
        reviewed_files=files,
        samples=RememberedSamples(reviews, files),
        consequences=remembered_register("Consequence"),
        external_audits=remembered_register("ExternalAudit"),
        attestations=remembered_attestations(),
        objections=remembered_objections(),
        vintages=RememberedVintages(),
        releases=RememberedReleases(),
        reconciliations=RememberedReconciliations(),
        comparisons=RememberedComparisons(),
    )


def remembered_ports(work: Work, units: Units, today: date) -> Ports:
    """Give the service's own ports over remembered ones, on a day and beside agreements that tell these units."""
    begin = remembered(work)

    def look(reach: Reach) -> AbstractAsyncContextManager[Work]:  # noqa: ARG001  what is not stored has no rows to hide
        return begin()

    async def fetch_units() -> Tree:
        return payload_of(units)

    own: Ports = create_app(settings_of("indicators", NOBODY_LISTENS)).state.ports
    return replace(own, begin=begin, look=look, fetch_units=fetch_units, today=lambda: today)
