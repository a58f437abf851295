"""Following the other services: what they tell is copied, and what it concerns is judged."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from chassis.event import Event
from domain.identity import AgreementId, UnitCode
from domain.unit import Units
from domain.unit_relation import RelationKind

from reporting.ports import Ports, Stake
from reporting.usecases.judging import Read, judged_and_kept

OF_AGREEMENTS = ("agreement", "goal")
"""Whose events name the agreement they are about; rounds, offers and papers are of no concern here."""


async def take_agreements(ports: Ports, events: Sequence[Event], cursor: str, now: datetime) -> None:
    """Copy changed units and agreements, then judge those agreements; all of them where the units changed."""
    units = await ports.agreements.units() if any(e.type == "units.changed" for e in events) else None
    ids = {AgreementId(UUID(str(e.data["id"]))) for e in events if e.type.partition(".")[0] in OF_AGREEMENTS}
    documents = {id: await ports.agreements.agreement(id) for id in sorted(ids)}
    async with ports.begin() as work:
        if units is not None:
            await work.copies.keep_units(units)
        for id, document in documents.items():
            await work.copies.keep_agreement(id, document)
        if units is not None:
            ids |= {stake.agreement for stake in await work.copies.stakes()}
    await judged_and_kept(ports, ids, now, Read(service="agreements", upto=cursor))


async def take_deliveries(ports: Ports, events: Sequence[Event], cursor: str, now: datetime) -> None:
    """Judge the agreements that deliveries and definitions concern, each once however many came."""
    async with ports.look(None) as work:
        units, stakes = await work.copies.units(), await work.copies.stakes()
    await judged_and_kept(ports, concerned(stakes, events, units), now, Read(service="indicators", upto=cursor))


def concerned(stakes: Iterable[Stake], events: Iterable[Event], units: Units) -> set[AgreementId]:
    """
    Choose the agreements for whose units, or parts of them, something was delivered, taken back or attested.

    And those whose indicators were defined.
    """
    delivered, defined, all_of_them = set[UnitCode](), set[str](), False
    for event in events:
        match event.type:
            case "delivery.accepted" | "delivery.retracted":
                delivered.update(UnitCode(code) for code in event.data["units"])
            case "attestation.made" | "attestation.withdrawn":
                delivered.add(UnitCode(str(event.data["unit"])))
            case "indicator.defined":
                defined.add(event.subject)
            case "variable.changed":
                all_of_them = True
            case _:
                pass
    wholes = with_wholes(units, delivered)
    return {
        stake.agreement
        for stake in stakes
        if all_of_them or not stake.units.isdisjoint(wholes) or not stake.indicators.isdisjoint(defined)
    }


def with_wholes(units: Units, codes: Iterable[UnitCode]) -> set[UnitCode]:
    """Give units and all they were ever a part of: what was delivered late counts for the months of then."""
    above: dict[UnitCode, list[UnitCode]] = defaultdict(list)
    for relation in units.relations:
        if relation.kind is RelationKind.PART_OF:
            above[relation.source].append(relation.target)
    found, waiting = set[UnitCode](), list(codes)
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting += above[code]
    return found


async def read_so_far(ports: Ports, service: str) -> str | None:
    """Say how far a feed has been read."""
    async with ports.look(None) as work:
        return await work.copies.cursor(service)
