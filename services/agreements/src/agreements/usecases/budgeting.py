"""Budgets and measures: the frame of the goals, and what is done towards them."""

from uuid import UUID

from chassis.caller import Caller, Role
from domain.budget import Budget, Reallocation, reallocate, with_moves
from domain.measure import Measure, Overlap, Programme, overlaps, programme

from agreements.ports import Filed, Ports
from agreements.usecases.filing import Check, file, refile
from agreements.usecases.naming import must_know
from agreements.usecases.sight import seeing

KEEPERS = (Role.UNIT_LEAD, Role.CONTROLLER)


async def budgets(
    ports: Ports, caller: Caller, units: list[str], years: list[int], after: UUID | None, limit: int
) -> list[Filed[Budget]]:
    """List budgets within reach."""
    async with seeing(ports, caller) as work:
        return await work.budgets.matching({"unit": units, "year": years}, after, limit)


async def budget(ports: Ports, caller: Caller, id: UUID) -> Filed[Budget]:
    """Give one budget."""
    async with seeing(ports, caller) as work:
        return await work.budgets.get(id)


async def set_budget(ports: Ports, caller: Caller, sent: Budget, new_id: UUID) -> Filed[Budget]:
    """Set the budget of one's own unit for a year."""
    _must_keep(caller, sent.unit)
    async with ports.begin() as work:
        await must_know(work, {"/unit": sent.unit})
        kept = with_moves(sent, sent.reallocations)
        return await file(work, caller, work.budgets, new_id, kept, "budget.set")


async def change_budget(ports: Ports, caller: Caller, id: UUID, check: Check, sent: Budget) -> Filed[Budget]:
    """Change titles, instruments, posts; what was reallocated stays and must still fit."""
    _must_keep(caller, sent.unit)
    async with ports.begin() as work:
        known = await work.budgets.locked(id)
        _must_keep(caller, known.value.unit)
        check(known.version)
        kept = with_moves(sent, known.value.reallocations)
        return await refile(work, caller, work.budgets, known, kept, "budget.changed")


async def move(ports: Ports, caller: Caller, id: UUID, check: Check, moved: Reallocation) -> Filed[Budget]:
    """Reallocate an amount between two titles within the rule."""
    caller.must_be(*KEEPERS)
    moved.must_name_its_reason()
    async with ports.begin() as work:
        known = await work.budgets.locked(id)
        _must_keep(caller, known.value.unit)
        check(known.version)
        return await refile(work, caller, work.budgets, known, reallocate(known.value, moved), "budget.reallocated")


async def measures(
    ports: Ports,
    caller: Caller,
    units: list[str],
    years: list[int],
    after: UUID | None = None,
    limit: int | None = None,
) -> list[Filed[Measure]]:
    """List measures within reach."""
    async with seeing(ports, caller) as work:
        return await work.measures.matching({"unit": units, "year": years}, after, limit)


async def measure(ports: Ports, caller: Caller, id: UUID) -> Filed[Measure]:
    """Give one measure."""
    async with seeing(ports, caller) as work:
        return await work.measures.get(id)


async def plan_measure(ports: Ports, caller: Caller, sent: Measure, new_id: UUID) -> Filed[Measure]:
    """Add a measure to one's own unit's programme."""
    _must_keep(caller, sent.unit)
    async with ports.begin() as work:
        await must_know(work, {"/unit": sent.unit})
        return await file(work, caller, work.measures, new_id, sent, "measure.planned")


async def change_measure(ports: Ports, caller: Caller, id: UUID, check: Check, sent: Measure) -> Filed[Measure]:
    """Change a measure of one's own unit."""
    _must_keep(caller, sent.unit)
    async with ports.begin() as work:
        known = await work.measures.locked(id)
        _must_keep(caller, known.value.unit)
        check(known.version)
        return await refile(work, caller, work.measures, known, sent, "measure.changed")


async def found_overlaps(ports: Ports, caller: Caller, unit: str, year: int) -> tuple[Overlap, ...]:
    """Find measures of a unit and year that do the same for the same people at the same time."""
    found = await measures(ports, caller, [unit], [year])
    return overlaps({filed.id: filed.value for filed in found})


async def programme_of(ports: Ports, caller: Caller, unit: str, year: int) -> Programme:
    """Give the programme of a unit and year from needs to goals."""
    found = await measures(ports, caller, [unit], [year])
    return programme({filed.id: filed.value for filed in found})


def _must_keep(caller: Caller, unit: str) -> None:
    caller.must_be(*KEEPERS)
    caller.must_act_for(unit)
