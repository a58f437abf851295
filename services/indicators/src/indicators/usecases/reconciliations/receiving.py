"""Receiving an official table, and looking at what became of it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.caller import Caller, Reach, Role, reach_of
from domain.reconciliation import OPEN, Cause, FigureDifference, Reconciliation, ReconciliationStatus

from indicators.ports import Ports
from indicators.ports.reconciled import Comparison, OfficialFinding
from indicators.usecases.errors import FileUnreadable
from indicators.usecases.sight import known_units, seeing
from indicators.usecases.watching import watched

RECONCILERS = (Role.CONTROLLER, Role.SUPERVISOR, Role.OPERATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialFile:
    """A table that comes in."""

    id: UUID
    media_type: str


async def receive(
    ports: Ports, caller: Caller, file: OfficialFile, chunks: AsyncIterator[bytes], now: datetime
) -> tuple[Reconciliation, Comparison | None]:
    """
    Take a table in and note that it waits to be compared with what its sender sees now.

    Whether it is a table shows at once. Nothing waits where the same one was compared over the same data: that run is
    given.
    """
    caller.must_be(*RECONCILERS)
    units = await known_units(ports)
    reach = reach_of(caller, lambda codes: units.below(codes, ports.today()))
    arrived = await ports.spool.keep(file.id, chunks)
    try:
        await asyncio.to_thread(_must_begin, ports, file)
    except FileUnreadable:
        await ports.spool.drop(file.id)
        raise
    async with ports.look(reach) as work:
        state = await work.vintages.mark()
    run = Reconciliation(
        id=file.id,
        digest=arrived.digest,
        media_type=file.media_type,
        state=state,
        by=caller.subject,
        at=now,
        size=arrived.size,
        status=ReconciliationStatus.RECEIVED,
    )
    first, comparison = await _in_line(ports, run, caller.units, reach)
    if comparison is None:
        await ports.spool.drop(file.id)
    return first, comparison


async def sent(ports: Ports, comparison: Comparison) -> Reconciliation:
    """Give what became so far of a run to the one who has just sent it."""
    async with ports.look(None) as work:
        return await work.reconciliations.get(comparison.id)


async def one(ports: Ports, caller: Caller, id: UUID) -> Reconciliation:
    """Give one run."""
    async with seeing(ports, caller) as (work, _, _):
        return await work.reconciliations.get(id)


def follow(ports: Ports, caller: Caller, first: Reconciliation) -> AsyncIterator[Reconciliation]:
    """Give a run whenever it has moved on, until it has its outcome."""
    return watched(first, lambda: one(ports, caller, first.id), lambda run: run.status not in OPEN)


async def matching(ports: Ports, caller: Caller, before: UUID | None, limit: int) -> Sequence[Reconciliation]:
    """List runs within reach, newest first."""
    async with seeing(ports, caller) as (work, _, _):
        return await work.reconciliations.matching(before, limit)


async def differences(
    ports: Ports, caller: Caller, id: UUID, causes: Sequence[Cause], units: Sequence[str], after: int, limit: int
) -> Sequence[tuple[int, FigureDifference]]:
    """List a run's differences within reach."""
    async with seeing(ports, caller) as (work, _, _):
        await work.reconciliations.get(id)
        return await work.reconciliations.differences(id, causes, units, after, limit)


async def findings(
    ports: Ports, caller: Caller, id: UUID, after: int, limit: int
) -> tuple[int, Sequence[OfficialFinding]]:
    """List what is wrong with a run's rows, and how many rows there were."""
    async with seeing(ports, caller) as (work, _, _):
        head = await work.reconciliations.get(id)
        return head.rejected, await work.reconciliations.findings(id, after, limit)


def _must_begin(ports: Ports, file: OfficialFile) -> None:
    """Refuse what has no header, or no row below it."""
    ports.read_official(ports.spool.path(file.id), file.media_type)


async def _in_line(
    ports: Ports, run: Reconciliation, units: frozenset[str], reach: Reach
) -> tuple[Reconciliation, Comparison | None]:
    """Keep a run and put it in line in one transaction; who came first with the same table wins."""
    comparison = Comparison(id=run.id, sender=run.by, size=run.size, allowed=reach)
    async with ports.begin() as work:
        await work.reconciliations.wait_for(run.by, run.digest)
        first = await work.reconciliations.known(run, reach)
        if first is not None:
            return first, None
        await work.reconciliations.add(run, reach, units)
        await work.comparisons.add(comparison)
    return run, comparison
