"""Following the other services: what they tell is copied, and what it concerns is judged."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chassis.event import Event
from domain.identity import AgreementId
from domain.period import Month

from reporting.ports import Ports
from reporting.usecases.judging import concerned, judge_all, keep


async def take_agreements(ports: Ports, events: Sequence[Event], cursor: str, now: datetime) -> None:
    """Copy changed units and agreements, then judge those agreements."""
    units = await ports.agreements.units() if any(e.type == "units.changed" for e in events) else None
    ids = {AgreementId(UUID(str(e.data["id"]))) for e in events if "id" in e.data}
    documents = {id: await ports.agreements.agreement(id) for id in sorted(ids)}
    async with ports.begin() as work:
        if units is not None:
            await work.copies.keep_units(units)
        for id, document in documents.items():
            await work.copies.keep_agreement(id, document)
        agreed = [found for id in documents if (found := await work.copies.agreement(id)) is not None]
    await keep(ports, await judge_all(ports, agreed, now), "agreements", cursor)


async def take_deliveries(ports: Ports, events: Sequence[Event], cursor: str, now: datetime) -> None:
    """Judge the agreements that deliveries concern, each once however many deliveries came."""
    told = [event for event in events if event.type == "delivery.accepted"]
    delivered = frozenset(unit for event in told for unit in event.data["units"])
    async with ports.look(None) as work:
        units, agreements = await work.copies.units(), await work.copies.agreements()
    affected = concerned(agreements, delivered, units, Month.of(ports.today()))
    await keep(ports, await judge_all(ports, affected, now), "indicators", cursor)


async def read_so_far(ports: Ports, service: str) -> str | None:
    """Say how far a feed has been read."""
    async with ports.look(None) as work:
        return await work.copies.cursor(service)
