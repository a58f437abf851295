"""Loading and reading the tree of units."""

from collections.abc import Collection, Sequence
from datetime import date

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.event import Event
from domain.unit import Unit, UnitKind, Units
from domain.unit_register import State, state_of
from domain.unit_relation import Relation

from agreements.ports import Counts, Ports, Work
from agreements.usecases.filing import digest_of
from agreements.usecases.naming import must_be_among
from agreements.usecases.sight import READERS


def must_keep_units(caller: Caller) -> None:
    """Refuse who does not keep the tree."""
    caller.must_be(Role.OPERATOR)


async def load_units(ports: Ports, caller: Caller, units: Sequence[Unit], relations: Sequence[Relation]) -> Counts:
    """Create or change units and relations in one go; nothing is kept if a relation names an unknown unit."""
    must_keep_units(caller)
    async with ports.begin() as work:
        tree = await work.units.held()
        must_be_among({*tree.units, *(unit.code for unit in units)}, _ends(relations))
        known, today = tree.units, ports.today()
        sent = [known[unit.code].corrected(unit, today) if unit.code in known else unit for unit in units]
        return await _put(work, caller, sent, relations)


async def load_register(
    ports: Ports, caller: Caller, listed: Sequence[Unit], kinds: Collection[UnitKind], as_of: date
) -> State:
    """Take over a register of all units of some kinds as of a day."""
    must_keep_units(caller)
    async with ports.begin() as work:
        state = state_of(await work.units.held(), listed, kinds, as_of)
        await _put(work, caller, state.units, [])
    return state


async def rename(ports: Ports, caller: Caller, code: str, name: str | None, kind: UnitKind | None, since: date) -> Unit:
    """Give a unit another name or kind from a day on, and keep what it was before."""
    must_keep_units(caller)
    async with ports.begin() as work:
        unit = (await work.units.held()).get(code)
        renamed = unit.renamed(name or unit.name, kind or unit.kind, since)
        await _put(work, caller, [renamed], [])
    return renamed


async def all_units(ports: Ports, caller: Caller) -> Units:
    """Give the whole tree."""
    caller.must_be(*READERS)
    async with ports.look(None) as work:
        return await work.units.tree()


async def _put(work: Work, caller: Caller, units: Sequence[Unit], relations: Sequence[Relation]) -> Counts:
    counts = await work.units.put(units, relations)
    if counts.created or counts.changed:
        data = {"created": counts.created, "changed": counts.changed}
        after = _digest(units, relations)
        await work.audit.record(Change(by=caller.subject, action="units.changed", resource="units", after=after))
        await work.events.tell(Event(type="units.changed", subject="units", data=data))
    return counts


def _digest(units: Sequence[Unit], relations: Sequence[Relation]) -> str:
    return digest_of({"units": list(units), "relations": list(relations)})


def _ends(relations: Sequence[Relation]) -> dict[str, str | None]:
    return {
        f"/relations/{number}/{side}": code
        for number, relation in enumerate(relations)
        for side, code in (("source", relation.source), ("target", relation.target))
    }
