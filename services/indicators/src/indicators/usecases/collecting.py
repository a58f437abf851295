"""Quarterly collection rounds: who brings what by when, and what has come."""

from collections.abc import Callable, Sequence
from uuid import UUID

from chassis.audit.change import Change
from chassis.caller import Caller, Reach, Role, reach_of, visible
from chassis.canonical import digest
from chassis.event import Event
from domain.codec import encode
from domain.collection import Collected, CollectionRound, CollectionState, Wanted, collected
from domain.errors import Forbidden, Text
from domain.identity import UnitCode
from domain.unit import Units

from indicators.ports import FiledRound, Ports, Span, Work
from indicators.usecases.errors import UnknownCollectionRound
from indicators.usecases.sight import known_units, must_reach, seeing

HOLDERS = (Role.CONTROLLER, Role.SUPERVISOR, Role.OPERATOR)
Check = Callable[[int], None]
"""Refuses a caller who holds another version than the one given."""


async def hold(ports: Ports, caller: Caller, round: CollectionRound, id: UUID) -> FiledRound:
    """Open a collection round over units within reach."""
    await _may_hold(ports, caller, round)
    filed = FiledRound(id=id, version=1, round=round)
    async with ports.begin() as work:
        round.must_want(await work.catalogue.variables_over_time())
        await work.rounds.add(filed)
        await _tell(work, caller, filed, None)
    return filed


async def change(ports: Ports, caller: Caller, id: UUID, check: Check, round: CollectionRound) -> FiledRound:
    """Change a collection round whose units, before and after, are within reach."""
    reach = await _may_hold(ports, caller, round)
    async with ports.begin() as work:
        known = await work.rounds.get(id)
        _must_reach_all(known, reach)
        check(known.version)
        round.must_want(await work.catalogue.variables_over_time())
        filed = FiledRound(id=id, version=known.version + 1, round=round)
        await work.rounds.update(filed)
        await _tell(work, caller, filed, known)
    return filed


async def one(ports: Ports, caller: Caller, id: UUID) -> FiledRound:
    """Give one collection round with those of its units that are within reach."""
    async with seeing(ports, caller) as (work, _, _):
        return await work.rounds.get(id)


async def matching(
    ports: Ports, caller: Caller, quarters: Sequence[str], after: UUID | None, limit: int
) -> Sequence[FiledRound]:
    """List collection rounds with units within reach."""
    async with seeing(ports, caller) as (work, _, _):
        return await work.rounds.matching(quarters, after, limit)


async def states(
    ports: Ports, caller: Caller, id: UUID, wanted: Sequence[CollectionState]
) -> tuple[list[Collected], Units]:
    """Judge each unit of a round by its observations; the units are there to name them."""
    async with seeing(ports, caller) as (work, units, _):
        round = (await work.rounds.get(id)).round
        owed = round.wanted(await work.catalogue.variables_over_time())
        known, withheld = await _known(work, round), await _withheld(work, round)
    judged = [
        collected(round, unit, owed, known.get(unit, set()), withheld.get(unit, set()), ports.today())
        for unit in sorted(round.units)
    ]
    return [entry for entry in judged if not wanted or entry.state in wanted], units


async def _known(work: Work, round: CollectionRound) -> dict[UnitCode, set[Wanted]]:
    """Find what has a value: the total of a variable, or any group of it."""
    span = Span(
        units=round.units,
        cells=await work.history.cells(round.variables),
        first=round.quarter.start,
        last=round.quarter.last,
    )
    known: dict[UnitCode, set[Wanted]] = {}
    for observation in await work.history.newest(span, None):
        if observation.value is not None:
            known.setdefault(observation.unit, set()).add((observation.cell.variable, observation.month))
    return known


async def _withheld(work: Work, round: CollectionRound) -> dict[UnitCode, set[Wanted]]:
    """Find what its source keeps back."""
    found: dict[UnitCode, set[Wanted]] = {}
    quarter = round.quarter
    for unit, month, variable in await work.received.withheld(
        round.units, round.variables, quarter.start, quarter.last
    ):
        found.setdefault(unit, set()).add((variable, month))
    return found


async def _may_hold(ports: Ports, caller: Caller, round: CollectionRound) -> Reach:
    """Refuse who holds no rounds, and units that are unknown or out of reach; give the caller's reach."""
    caller.must_be(*HOLDERS)
    units = await known_units(ports)
    reach = reach_of(caller, lambda codes: units.below(codes, ports.today()))
    for unit in round.units:
        must_reach(units, reach, unit)
    return reach


def _must_reach_all(known: FiledRound, reach: Reach) -> None:
    """Refuse to change a round that is not seen, or of which other units than one's own are part."""
    if not visible(reach, known.round.units):
        raise UnknownCollectionRound(known.id)
    if reach is not None and not reach.issuperset(known.round.units):
        needed = Text(
            "authority over all units of the collection round",
            "nötig ist Zuständigkeit für alle Einheiten der Erhebung",
        )
        raise Forbidden(needed=needed)


async def _tell(work: Work, caller: Caller, filed: FiledRound, known: FiledRound | None) -> None:
    before = digest({"value": encode(known.round)}) if known else None
    after = digest({"value": encode(filed.round)})
    told = "collection.changed" if known else "collection.opened"
    resource = f"collection_round:{filed.id}"
    await work.audit.record(Change(by=caller.subject, action=told, resource=resource, before=before, after=after))
    data = {"id": str(filed.id), "version": filed.version, "quarter": str(filed.round.quarter)}
    await work.events.tell(Event(type=told, subject=str(filed.id), data=data))
