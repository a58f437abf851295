"""Receiving a file and taking it into the history: known bytes change nothing, good rows are kept."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import polars as pl
from chassis.audit.change import Change
from chassis.caller import Caller, Reach, Role, reach_of
from chassis.event import Event
from domain.delivery import Covered, Delivery, DeliveryCounts, DeliveryKind, DeliveryMode, DeliveryStatus, OnError
from domain.identity import DeliveryId, UnitCode
from domain.period import Month
from domain.unit import Units

from indicators.ports import Difference, Ports, RowFinding, Taken, Work
from indicators.usecases.checking import Checked, Yardstick, check
from indicators.usecases.sight import known_units, seeing


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A file as it arrived, and what its sender wants done with it."""

    id: DeliveryId
    chunks: Sequence[bytes]
    digest: str
    media_type: str
    kind: DeliveryKind
    mode: DeliveryMode
    on_error: OnError
    dry_run: bool

    @property
    def options(self) -> str:
        """Write what beside the bytes makes two deliveries the same."""
        return f"{self.kind} {self.mode} {self.on_error}"


async def receive(ports: Ports, caller: Caller, file: Received, now: datetime) -> tuple[Delivery, bool]:
    """Take a file in; the second value says whether its bytes were known and nothing was changed."""
    caller.must_be(Role.UPLOADER, Role.CONTROLLER)
    first = await _known(ports, caller, file)
    if first is not None:
        return first, True
    units = await known_units(ports)
    return await process(ports, caller, file, await _checked(ports, caller, file, units), now)


async def process(
    ports: Ports, caller: Caller, file: Received, checked: Checked, now: datetime
) -> tuple[Delivery, bool]:
    """Keep the delivery, its findings and its rows in one transaction; who came first with the same bytes wins."""
    async with ports.begin() as work:
        first = None if file.dry_run else await work.deliveries.known(caller.subject, file.digest, file.options)
        if first is not None:
            return first, True
        received = _received(caller, file, now)
        covered = [] if _refused(file, checked) else await asyncio.to_thread(_covered, checked)
        number = await work.deliveries.add(received, file.options, caller.units, covered)
        taken = await _taken(work, number, file, checked)
        finished = _finished(received, checked, taken)
        await work.deliveries.finish(number, finished, checked.findings, checked.found)
        if file.dry_run:
            await work.deliveries.keep_differences(number, taken.differences)
        elif finished.status is not DeliveryStatus.REJECTED:
            kept = Change(
                by=caller.subject,
                action=f"delivery.{finished.status.value}",
                resource=f"delivery:{finished.id}",
                after=file.digest,
            )
            await work.audit.record(kept)
            await work.events.tell(_event(finished, checked, covered))
    return finished, False


async def one(ports: Ports, caller: Caller, id: DeliveryId) -> Delivery:
    """Give one delivery."""
    async with seeing(ports, caller) as (work, _, _):
        return await work.deliveries.get(id)


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
    ports: Ports, caller: Caller, id: DeliveryId, after: int, limit: int
) -> tuple[int, Sequence[tuple[int, RowFinding]]]:
    """List a delivery's findings and say how many there were."""
    async with seeing(ports, caller) as (work, _, _):
        await work.deliveries.get(id)
        return await work.deliveries.findings(id, after, limit)


async def differences(
    ports: Ports, caller: Caller, id: DeliveryId, after: int, limit: int
) -> Sequence[tuple[int, Difference]]:
    """List what a dry run would change."""
    async with seeing(ports, caller) as (work, _, _):
        await work.deliveries.get(id)
        return await work.deliveries.differences(id, after, limit)


async def _known(ports: Ports, caller: Caller, file: Received) -> Delivery | None:
    if file.dry_run:
        return None
    async with ports.look(None) as work:
        return await work.deliveries.known(caller.subject, file.digest, file.options)


async def _checked(ports: Ports, caller: Caller, file: Received, units: Units) -> Checked:
    async with ports.look(None) as work:
        variables = await work.catalogue.variables()
    today = ports.today()
    allowed: Reach = reach_of(caller, lambda codes: units.below(codes, today))
    yardstick = Yardstick(variables=variables, units=units, allowed=allowed, today=today)
    return await asyncio.to_thread(lambda: check(ports.read(b"".join(file.chunks), file.media_type), yardstick))


def _refused(file: Received, checked: Checked) -> bool:
    return file.on_error is OnError.REJECT and checked.rejected > 0


async def _taken(work: Work, number: int, file: Received, checked: Checked) -> Taken:
    if _refused(file, checked) or not checked.intake.rows.height:
        return Taken(added=0, corrected=0, unchanged=0, withdrawn=0, differences=())
    return await work.history.take_in(number, checked.intake, file.mode, keep=not file.dry_run)


def _received(caller: Caller, file: Received, now: datetime) -> Delivery:
    return Delivery(
        id=file.id,
        kind=file.kind,
        mode=file.mode,
        on_error=file.on_error,
        dry_run=file.dry_run,
        sender=caller.subject,
        digest=file.digest,
        media_type=file.media_type,
        size=sum(map(len, file.chunks)),
        received_at=now,
        status=DeliveryStatus.PROCESSING,
        counts=DeliveryCounts(),
    )


def _finished(received: Delivery, checked: Checked, taken: Taken) -> Delivery:
    counts = DeliveryCounts(
        read=checked.read,
        accepted=taken.added + taken.corrected + taken.unchanged,
        unchanged=taken.unchanged,
        corrected=taken.corrected,
        withdrawn=taken.withdrawn,
        rejected=checked.rejected,
    )
    return replace(received, counts=counts, status=counts.status())


def _covered(checked: Checked) -> list[Covered]:
    month = pl.col("month")
    counted = checked.intake.rows.group_by("unit").agg(
        first=month.min(), last=month.max(), months=month.n_unique(), rows=pl.len()
    )
    return [
        Covered(unit=UnitCode(unit), first=Month.numbered(first), last=Month.numbered(last), months=months, rows=rows)
        for unit, first, last, months, rows in counted.sort("unit").rows()
    ]


def _event(delivery: Delivery, checked: Checked, covered: Sequence[Covered]) -> Event:
    data = {
        "delivery": str(delivery.id),
        "units": [entry.unit for entry in covered],
        "variables": sorted({cell.variable for cell in checked.intake.series}),
        "from": str(min(entry.first for entry in covered)),
        "to": str(max(entry.last for entry in covered)),
    }
    return Event(type="delivery.accepted", subject=str(delivery.id), data=data)
