"""Receiving a file, looking at what became of it, cancelling it, taking it back."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chassis.audit.change import Change
from chassis.caller import Caller, Role, reach_of
from chassis.event import Event
from domain.delivery import (
    OPEN,
    Covered,
    Delivery,
    DeliveryCounts,
    DeliveryKind,
    DeliveryMode,
    DeliveryStatus,
    OnError,
    Progress,
    Scrutiny,
)
from domain.identity import DeliveryId
from domain.profile import MappingProfile
from domain.unit import Units

from indicators.ports import Difference, Ports, RowFinding
from indicators.ports.delivered import Arrived, Job
from indicators.usecases.concluding import outcome_of, reached
from indicators.usecases.errors import NothingToTakeBack
from indicators.usecases.gating import admitted
from indicators.usecases.mapping import chosen
from indicators.usecases.retracting import must_be_theirs
from indicators.usecases.sight import known_units, seeing
from indicators.usecases.watching import watched

DELIVERERS = (Role.UPLOADER, Role.CONTROLLER)
MOST_UNITS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a sender wants done with a file."""

    id: DeliveryId
    media_type: str
    kind: DeliveryKind
    mode: DeliveryMode | None
    on_error: OnError
    dry_run: bool
    profile: str | None = None
    announced: str | None = None


async def receive(
    ports: Ports, caller: Caller, file: Wanted, chunks: AsyncIterator[bytes], now: datetime
) -> tuple[Delivery, Job | None]:
    """
    Take a file in as it comes and note that it waits; bytes that are announced and known are not even sent.

    Without a job the bytes were known and nothing is done: the first delivery of them is given.
    """
    caller.must_be(*DELIVERERS)
    units = await known_units(ports)
    async with ports.begin() as work:
        profile = await chosen(work, file.profile, caller.subject, file.kind)
        if file.announced:
            announced = Arrived(digest=file.announced, size=0)
            first = await work.deliveries.known(_received(file, profile, announced, caller.subject, now))
            if first is not None:
                return first, None
    arrived = await ports.spool.keep(file.id, chunks)
    return await _in_line(ports, caller, _received(file, profile, arrived, caller.subject, now), units)


async def accept(
    ports: Ports, caller: Caller, file: Wanted, arrived: Arrived, now: datetime
) -> tuple[Delivery, Job | None]:
    """Note that a file that has come in by pieces waits for its outcome, and what it became; as `receive`."""
    units = await known_units(ports)
    async with ports.look(None) as work:
        profile = await chosen(work, file.profile, caller.subject, file.kind)
    delivery = _received(file, profile, arrived, caller.subject, now)
    return await _in_line(ports, caller, delivery, units, by_pieces=True)


async def _in_line(
    ports: Ports, caller: Caller, delivery: Delivery, units: Units, *, by_pieces: bool = False
) -> tuple[Delivery, Job | None]:
    allowed = reach_of(caller, lambda codes: units.below(codes, ports.today()))
    async with ports.begin() as work:
        first = await work.deliveries.known(delivery)
        if first is None:
            number = await work.deliveries.add(delivery, caller.units)
            job = Job(number=number, id=delivery.id, sender=caller.subject, size=delivery.size, allowed=allowed)
            await work.jobs.add(job)
        if by_pieces:
            await work.uploads.became(delivery.id, delivery.id if first is None else first.id)
    if first is None:
        return delivery, job
    if first.id != delivery.id:
        await ports.spool.drop(delivery.id)
    return first, None


def _received(file: Wanted, profile: MappingProfile, arrived: Arrived, sender: str, now: datetime) -> Delivery:
    return Delivery(
        id=file.id,
        kind=file.kind,
        mode=file.mode or profile.mode or DeliveryMode.PARTIAL,
        on_error=file.on_error,
        dry_run=file.dry_run,
        sender=sender,
        digest=arrived.digest,
        media_type=file.media_type,
        size=arrived.size,
        received_at=now,
        status=DeliveryStatus.RECEIVED,
        profile=profile.name or None,
    )


async def cancel(ports: Ports, caller: Caller, id: DeliveryId) -> Delivery:
    """Cancel a delivery that is still open; nothing of it is kept."""
    caller.must_be(*DELIVERERS)
    delivery = await one(ports, caller, id)
    async with ports.begin() as work:
        cancelled = await work.deliveries.cancel(id)
        await work.audit.record(
            Change(by=caller.subject, action="delivery.cancelled", resource=f"delivery:{id}", after=delivery.digest)
        )
    return cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """That a delivery is taken back, why, and when."""

    id: DeliveryId
    reason: str
    at: datetime

    def of(self, delivery: Delivery, by: str) -> Delivery:
        """Give it as a delivery of its own, which has no file."""
        return replace(
            delivery,
            id=self.id,
            kind=DeliveryKind.RETRACTION,
            sender=by,
            size=0,
            received_at=self.at,
            status=DeliveryStatus.PROCESSING,
            counts=DeliveryCounts(),
            progress=Progress(),
            scrutiny=Scrutiny.PENDING,
            retracts=delivery.id,
            reason=self.reason,
        )


async def take_back(ports: Ports, caller: Caller, id: DeliveryId, wanted: Retraction) -> Delivery:
    """Take a whole delivery back: what was known before it stands again wherever its values still stood."""
    caller.must_be(*DELIVERERS)
    delivery = await one(ports, caller, id)
    if delivery.kind is not DeliveryKind.OBSERVATIONS or not delivery.counts.accepted:
        raise NothingToTakeBack
    retraction = wanted.of(delivery, caller.subject)
    units = await known_units(ports)
    async with ports.begin() as work:
        number = await work.deliveries.add_retraction(retraction, of=id)
        covered = await work.deliveries.coverage(id, "", MOST_UNITS)
        allowed = reach_of(caller, lambda codes: units.below(codes, ports.today()))
        await must_be_theirs(work, id, covered, await admitted(ports, work, caller.subject, allowed, units))
        revision, taken = await work.history.take_back(id)
        rows = taken.corrected + taken.withdrawn
        counts = DeliveryCounts(read=rows, accepted=rows, corrected=taken.corrected, withdrawn=taken.withdrawn)
        done = replace(retraction, status=DeliveryStatus.ACCEPTED, counts=counts)
        await work.deliveries.finish(number, done, 0, covered, revision)
        await work.audit.record(
            Change(by=caller.subject, action="delivery.retracted", resource=f"delivery:{id}", after=str(wanted.id))
        )
        data = {
            "delivery": str(id),
            "retraction": str(wanted.id),
            "reason": wanted.reason,
            **outcome_of(done),
            **reached(covered),
        }
        await work.events.tell(Event(type="delivery.retracted", subject=str(id), data=data))
    return done


async def one(ports: Ports, caller: Caller, id: DeliveryId) -> Delivery:
    """Give one delivery."""
    async with seeing(ports, caller) as (work, _, _):
        return await work.deliveries.get(id)


def follow(ports: Ports, caller: Caller, first: Delivery) -> AsyncIterator[Delivery]:
    """Give a delivery whenever it has moved on, until it has its outcome."""
    return watched(first, lambda: one(ports, caller, first.id), lambda delivery: delivery.status not in OPEN)


async def matching(
    ports: Ports, caller: Caller, units: Sequence[str], statuses: Sequence[str], before: int | None, limit: int
) -> Sequence[tuple[int, Delivery]]:
    """List deliveries within reach, newest first."""
    async with seeing(ports, caller) as (work, _, _):
        return await work.deliveries.matching(units, statuses, before, limit)


async def coverage(ports: Ports, caller: Caller, id: DeliveryId, after: str, limit: int) -> Sequence[Covered]:
    """List what a delivery brought for each unit."""
    async with seeing(ports, caller) as (work, _, _):
        await work.deliveries.get(id)
        return await work.deliveries.coverage(id, after, limit)


async def findings(
    ports: Ports, caller: Caller, id: DeliveryId, after: tuple[int, str], limit: int
) -> tuple[int, Sequence[RowFinding]]:
    """List a delivery's findings and say how many there were."""
    async with seeing(ports, caller) as (work, _, _):
        await work.deliveries.get(id)
        return await work.deliveries.findings(id, after, limit)


async def differences(
    ports: Ports, caller: Caller, id: DeliveryId, after: tuple[str, int, str], limit: int
) -> Sequence[Difference]:
    """List what a delivery changed, or what a dry run would change."""
    async with seeing(ports, caller) as (work, _, _):
        await work.deliveries.get(id)
        return await work.deliveries.differences(id, after, limit)
