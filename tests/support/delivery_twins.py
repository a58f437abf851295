"""The ports of deliveries and of their line, remembered instead of stored."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

import polars as pl
from domain.delivery import OPEN, WANTING, Covered, Delivery, DeliveryDone, DeliveryKind, DeliveryStatus, Progress
from domain.identity import DeliveryId
from domain.intake import FindingCode
from domain.observation import Key
from indicators.ports.delivered import Difference, Job, RowFinding
from indicators.usecases.errors import NothingToTakeBack, UnknownDelivery

TAKEN = (DeliveryStatus.ACCEPTED, DeliveryStatus.PARTIALLY_ACCEPTED)


@dataclass
class Kept:
    """A delivery with what is known of it beside; its units are seen before they are covered."""

    delivery: Delivery
    recorded_at: datetime
    units: dict[str, Covered | None] = field(default_factory=dict)
    findings: dict[tuple[int, str, str], RowFinding] = field(default_factory=dict)
    found: int = 0
    revision: int | None = None
    retracts: int | None = None


@dataclass
class Shelf:
    """
    What deliveries, their line and the history remember together; deliveries and revisions share one row of numbers.

    `changes` and what is `kept_back` are by revision, `tried` by the number of a dry run.
    """

    now: Callable[[], datetime]
    kept: dict[int, Kept] = field(default_factory=dict)
    changes: dict[int, list[Difference]] = field(default_factory=dict)
    kept_back: dict[int, set[Key]] = field(default_factory=dict)
    tried: dict[int, list[Difference]] = field(default_factory=dict)
    jobs: dict[int, Job] = field(default_factory=dict)
    last: int = 0

    def next(self) -> int:
        """Give the next number."""
        self.last += 1
        return self.last

    def number(self, id: DeliveryId) -> int:
        """Find a delivery's number."""
        for number, one in self.kept.items():
            if one.delivery.id == id:
                return number
        raise UnknownDelivery(id)


class RememberedDeliveries:
    """Twin of `Deliveries`."""

    def __init__(self, shelf: Shelf) -> None:
        """Remember on this shelf."""
        self._shelf = shelf

    async def known(self, delivery: Delivery) -> Delivery | None:
        """Give the first one that is the same and not wanting."""
        if delivery.dry_run:
            return None
        wanted = (delivery.sender, delivery.digest, delivery.terms)
        retracted = {one.retracts for one in self._shelf.kept.values()}
        standing = (one.delivery for number, one in self._shelf.kept.items() if number not in retracted)
        earlier = (one for one in standing if not one.dry_run)
        alike = (one for one in earlier if (one.sender, one.digest, one.terms) == wanted)
        return next((one for one in alike if one.status not in WANTING), None)

    async def add(self, delivery: Delivery, units: frozenset[str]) -> int:
        """Keep a delivery."""
        number = self._shelf.next()
        self._shelf.kept[number] = Kept(delivery, self._shelf.now(), dict.fromkeys(units))
        return number

    async def add_retraction(self, retraction: Delivery, of: DeliveryId) -> int:
        """Keep a delivery that takes another back."""
        found = [(number, one) for number, one in self._shelf.kept.items() if one.delivery.id == of]
        for number, one in found:
            again = any(other.retracts == number for other in self._shelf.kept.values())
            taken = one.delivery.status in TAKEN and one.delivery.kind is not DeliveryKind.RETRACTION
            if taken and not one.delivery.dry_run and not again:
                one.delivery = replace(one.delivery, retracted_by=retraction.id, reason=retraction.reason)
                added = self._shelf.next()
                self._shelf.kept[added] = Kept(retraction, self._shelf.now(), retracts=number)
                return added
        raise NothingToTakeBack

    async def report(self, number: int, progress: Progress) -> bool:
        """Say how far it is."""
        one = self._shelf.kept[number]
        if one.delivery.status not in OPEN:
            return False
        one.delivery = replace(one.delivery, progress=progress, status=DeliveryStatus.PROCESSING)
        return True

    async def finish(
        self, number: int, delivery: Delivery, found: int, covered: Sequence[Covered] = (), revision: int | None = None
    ) -> bool:
        """Keep the outcome."""
        one = self._shelf.kept[number]
        if one.delivery.status not in OPEN:
            return False
        one.delivery, one.found, one.revision, one.recorded_at = delivery, found, revision, self._shelf.now()
        one.units |= {entry.unit: entry for entry in covered}
        return True

    async def cancel(self, id: DeliveryId) -> Delivery:
        """Cancel what is still open."""
        one = self._shelf.kept[self._shelf.number(id)]
        if one.delivery.status not in OPEN:
            raise DeliveryDone(one.delivery.status)
        one.delivery = replace(one.delivery, status=DeliveryStatus.CANCELLED)
        return one.delivery

    async def coverage(self, id: DeliveryId, after: str, limit: int) -> Sequence[Covered]:
        """List what a delivery brought."""
        covered = self._shelf.kept[self._shelf.number(id)].units
        return [entry for unit, entry in sorted(covered.items()) if entry is not None and unit > after][:limit]

    async def keep_findings(self, number: int, findings: pl.DataFrame) -> None:
        """Keep findings, each once."""
        for row, column, code, value in findings.select("row", "column", "code", "value").iter_rows():
            finding = RowFinding(row=row, column=column, code=FindingCode(code), value=value)
            self._shelf.kept[number].findings.setdefault((row, column, code), finding)

    async def get(self, id: DeliveryId) -> Delivery:
        """Give one delivery."""
        return self._shelf.kept[self._shelf.number(id)].delivery

    async def senders(self, ids: Collection[DeliveryId]) -> Mapping[DeliveryId, str]:
        """Say who sent deliveries."""
        known = (one.delivery for one in self._shelf.kept.values())
        return {one.id: one.sender for one in known if one.id in ids}

    async def number(self, id: DeliveryId) -> int:
        """Give its number."""
        return self._shelf.number(id)

    async def matching(
        self, units: Sequence[str], statuses: Sequence[str], before: int | None, limit: int
    ) -> Sequence[tuple[int, Delivery]]:
        """List deliveries, newest first."""
        return [
            (number, one.delivery)
            for number, one in sorted(self._shelf.kept.items(), reverse=True)
            if (before is None or number < before)
            and (not statuses or one.delivery.status in statuses)
            and (not units or one.units.keys() & {*units})
        ][:limit]

    async def findings(self, id: DeliveryId, after: tuple[int, str], limit: int) -> tuple[int, Sequence[RowFinding]]:
        """List the findings that are kept."""
        one = self._shelf.kept[self._shelf.number(id)]
        listed = [finding for key, finding in sorted(one.findings.items()) if key[:2] > after]
        return one.found, listed[:limit]

    async def needing_files(self, ids: Sequence[UUID]) -> frozenset[UUID]:
        """Say which of these wait, or have a file of values with findings."""
        waiting = {job.id for job in self._shelf.jobs.values()}
        given_back = {
            one.delivery.id
            for one in self._shelf.kept.values()
            if one.found and one.delivery.kind is DeliveryKind.OBSERVATIONS
        }
        return frozenset(ids) & (waiting | given_back)

    async def differences(self, id: DeliveryId, after: tuple[str, int, str], limit: int) -> Sequence[Difference]:
        """List what a delivery changes or would change."""
        number = self._shelf.number(id)
        kept = self._shelf.kept[number]
        changes = self._shelf.tried.get(number) if kept.revision is None else self._shelf.changes.get(kept.revision)
        told = {(one.unit, one.month.ordinal, str(one.cell)): one for one in changes or ()}
        return [one for place, one in sorted(told.items()) if place > after][:limit]


class RememberedJobs:
    """Twin of `Jobs`; nothing runs beside it, so nobody else holds a job."""

    def __init__(self, shelf: Shelf) -> None:
        """Remember on this shelf."""
        self._shelf = shelf
        self._attempts: dict[int, int] = {}

    async def add(self, job: Job) -> None:
        """Put a delivery in line."""
        self._shelf.jobs[job.number], self._attempts[job.number] = job, 0

    async def alone(self, number: int) -> None:
        """Nobody else is at it."""

    async def claim(self, number: int) -> bool:
        """Say whether a job is there."""
        return number in self._shelf.jobs

    async def attempted(self, number: int) -> int | None:
        """Count one more attempt, if it is this job's turn."""
        job = self._shelf.jobs.get(number)
        if job is None:
            return None
        if any(one.sender == job.sender and one.number < number for one in self._shelf.jobs.values()):
            return 0
        self._attempts[number] += 1
        return self._attempts[number]

    async def done(self, number: int) -> None:
        """Take a job out of the line."""
        self._shelf.jobs.pop(number, None)

    async def waiting(self, limit: int) -> Sequence[Job]:
        """List jobs, oldest first."""
        return [job for _, job in sorted(self._shelf.jobs.items())][:limit]
