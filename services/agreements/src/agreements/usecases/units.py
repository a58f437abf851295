"""Loading and reading the tree of units."""

from collections.abc import Sequence

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.event import Event
from domain.unit import Relation, Unit, Units

from agreements.ports import Counts, Ports
from agreements.usecases.filing import digest_of
from agreements.usecases.naming import must_be_among
from agreements.usecases.sight import READERS


async def load_units(ports: Ports, caller: Caller, units: Sequence[Unit], relations: Sequence[Relation]) -> Counts:
    """Create or change units and relations in one go; nothing is kept if a relation names an unknown unit."""
    caller.must_be(Role.OPERATOR)
    async with ports.begin() as work:
        known = {*(await work.units.tree()).units, *(unit.code for unit in units)}
        must_be_among(known, _ends(relations))
        counts = await work.units.put(units, relations)
        if counts.created or counts.changed:
            data = {"created": counts.created, "changed": counts.changed}
            change = Change(
                by=caller.subject, action="units.changed", resource="units", after=_digest(units, relations)
            )
            await work.audit.record(change)
            await work.events.tell(Event(type="units.changed", subject="units", data=data))
    return counts


async def all_units(ports: Ports, caller: Caller) -> Units:
    """Give the whole tree."""
    caller.must_be(*READERS)
    async with ports.look(None) as work:
        return await work.units.tree()


def _digest(units: Sequence[Unit], relations: Sequence[Relation]) -> str:
    return digest_of({"units": list(units), "relations": list(relations)})


def _ends(relations: Sequence[Relation]) -> dict[str, str | None]:
    return {
        f"/relations/{number}/{side}": code
        for number, relation in enumerate(relations)
        for side, code in (("source", relation.source), ("target", relation.target))
    }
