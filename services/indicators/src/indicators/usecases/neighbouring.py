"""Nearest neighbours of a unit from month to month: each under its rank, and together as one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.identity import UnitCode
from domain.nearest_neighbour import NearestNeighbour, on_day
from domain.period import Month, Period
from domain.unit import Units

from indicators.usecases.asking_errors import NoNearestNeighbours
from indicators.usecases.grouped import Group, composed

SIGN = "neighbours:"


@dataclass(frozen=True, slots=True)
class Placed:
    """A rank, and the neighbour who stands there, if anybody does."""

    rank: int
    neighbour: UnitCode | None


Places = Mapping[tuple[UnitCode, Month], Placed]
"""Whose figures are told under which ranks, by the code they are read under and the month."""


def whose(code: str) -> UnitCode:
    """Say whose neighbours are read under a code, together or at a rank."""
    return UnitCode(code.removeprefix(SIGN).partition("#")[0])


def neighbourhood(
    unit: UnitCode, nearest: int, known: Iterable[NearestNeighbour], units: Units, months: Period
) -> list[Group]:
    """Find a unit's neighbours up to a rank, from month to month: all together, and each rank by itself."""
    near = [one for one in known if one.unit == unit and one.rank <= nearest]
    held = {month: on_day(near, units, month.first_day) for month in months}
    together = {month: tuple(sorted(one.neighbour for one in there)) for month, there in held.items()}
    groups = [_group(unit, SIGN + unit, together)]
    for rank in sorted({one.rank for there in held.values() for one in there}):
        alone = {month: tuple(one.neighbour for one in there if one.rank == rank) for month, there in held.items()}
        groups.append(replace(_group(unit, f"{SIGN}{unit}#{rank:02}", alone), rank=rank))
    return groups


def placed(groups: Iterable[Group], codes: Collection[UnitCode], months: Sequence[Month]) -> Places:
    """Say who stands from month to month at the ranks that are read under some codes."""
    return {
        (group.code, month): Placed(group.rank, next(iter(group.members(month)), None))
        for group in groups
        if group.rank is not None and group.code in codes
        for month in months
    }


def _group(unit: UnitCode, code: str, there: Mapping[Month, tuple[UnitCode, ...]]) -> Group:
    unknown = NoNearestNeighbours(unit)
    return Group(code=UnitCode(code), compositions=composed(there), whose=frozenset({unit}), unknown=unknown)
