"""Pulling attainment: the current list, what changed, and why a figure is what it is."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis.caller import Caller

from reporting.ports import Document, Judgement, Ports, Pulled, Wanted
from reporting.usecases.sight import must_reach, seeing


async def attainment(ports: Ports, caller: Caller, wanted: Wanted, supervisor: str | None) -> Pulled:
    """List attainment within reach; `supervisor` narrows it to what that unit reaches."""
    async with seeing(ports, caller) as (work, units, reach):
        for code in wanted.units or ():
            must_reach(units, reach, code)
        if supervisor is not None:
            must_reach(units, reach, supervisor)
        chosen = _chosen(wanted.units, None if supervisor is None else units.below([supervisor], ports.today()), reach)
        return await work.judgements.pull(replace(wanted, units=chosen))


async def changes(ports: Ports, caller: Caller, after: int, limit: int) -> Pulled:
    """List what changed behind a position."""
    async with seeing(ports, caller) as (work, _, _):
        return await work.judgements.changes(after, limit)


async def one(ports: Ports, caller: Caller, id: UUID) -> Judgement:
    """Give one current attainment."""
    async with seeing(ports, caller) as (work, _, _):
        return await work.judgements.one(id)


async def why(ports: Ports, caller: Caller, id: UUID, now: datetime) -> tuple[Judgement, list[Document]]:
    """Trace an attainment: signed goal, judgement, readings, and each reading's formula, observations, deliveries."""
    judgement = await one(ports, caller, id)
    traced = [ports.indicators.why(reading, now) for reading in judgement.why["readings"]]
    return judgement, list(await asyncio.gather(*traced))


def _chosen(units: Sequence[str] | None, *bounds: Collection[str] | None) -> Sequence[str] | None:
    """Narrow a choice of units by what is below a supervisor and within reach; None is no bound, and no choice."""
    given = [bound for bound in (units, *bounds) if bound is not None]
    return sorted(set(given[0]).intersection(*given[1:])) if given else None
