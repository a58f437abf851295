"""Nearest neighbours: loading whom units are most like, ranking units anew, and telling it."""

from collections.abc import Mapping, Sequence
from datetime import date

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.event import Event
from domain.nearest_neighbour import NearestNeighbour, on_day
from domain.ranking import NeighboursDoNotFit, RankedAnew, misfits, ranked_anew
from domain.unit import Units

from agreements.ports import Counts, Ports, Work
from agreements.usecases.filing import digest_of
from agreements.usecases.naming import must_be_among
from agreements.usecases.sight import READERS

Named = Mapping[str, NearestNeighbour]
"""What is sent, each by the place that names it."""


async def load(ports: Ports, caller: Caller, sent: Named) -> Counts:
    """Create or change neighbours in one go; nothing is kept if one does not fit."""
    caller.must_be(Role.OPERATOR)
    async with ports.begin() as work:
        units, known = await _held(work, sent)
        found = misfits(sent, known, units)
        if found:
            raise NeighboursDoNotFit(found)
        counts = await work.nearest_neighbours.put(list(sent.values()))
        if counts.created or counts.changed:
            await _tell(work, caller, list(sent.values()), created=counts.created, changed=counts.changed)
    return counts


async def rank(ports: Ports, caller: Caller, listed: Named, day: date) -> RankedAnew:
    """Rank the units of a list anew from a day on; nothing is kept if one does not fit."""
    caller.must_be(Role.OPERATOR)
    async with ports.begin() as work:
        units, known = await _held(work, listed)
        anew = ranked_anew(listed, known, units, day)
        await work.nearest_neighbours.remove(anew.gone)
        await work.nearest_neighbours.put([*anew.begun, *anew.ended])
        if anew.begun or anew.ended or anew.gone:
            changed = len(anew.ended) + len(anew.gone)
            await _tell(work, caller, list(listed.values()), created=len(anew.begun), changed=changed)
    return anew


async def known(ports: Ports, caller: Caller, units: Sequence[str], day: date | None) -> list[NearestNeighbour]:
    """List the neighbours of units, or of all: whenever they hold, or those of a day."""
    caller.must_be(*READERS)
    async with ports.look(None) as work:
        found = await work.nearest_neighbours.of(units)
        return found if day is None else list(on_day(found, await work.units.tree(), day))


async def _held(work: Work, sent: Named) -> tuple[Units, list[NearestNeighbour]]:
    """Give the tree, and what is kept of the units named, which nobody else changes meanwhile."""
    units = await work.units.held()
    ends = {f"{at}/{side}": getattr(one, side) for at, one in sent.items() for side in ("unit", "neighbour")}
    must_be_among(units.units, ends)
    named = sorted({one.unit for one in sent.values()})
    return units, await work.nearest_neighbours.of(named) if named else []


async def _tell(work: Work, caller: Caller, sent: Sequence[NearestNeighbour], **counts: int) -> None:
    action, resource = "nearest_neighbours.changed", "nearest_neighbours"
    change = Change(by=caller.subject, action=action, resource=resource, after=digest_of(list(sent)))
    await work.audit.record(change)
    await work.events.tell(Event(type=action, subject="nearest-neighbours", data=counts))
