"""Who brings something to a figure: a unit itself, or the members of what is read as one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.identity import UnitCode
from domain.period import Month
from domain.unit import Units
from domain.unit_lineage import origins_of_each

from indicators.usecases.chosen import ChosenSet
from indicators.usecases.grouped import Group

Standing = tuple[str, str]
"""The place of a member among the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member and those it succeeds: `units`, whose values count as its own; a neighbour has its rank."""

    unit: UnitCode
    units: tuple[UnitCode, ...]
    rank: int | None = None

    @property
    def place(self) -> Standing:
        """Give its place among the members: by rank, then by code."""
        return f"{self.rank or 0:02}", self.unit


def members_of(
    units: Units, code: UnitCode, month: Month, sets: Iterable[ChosenSet], groups: Sequence[Group]
) -> list[Member]:
    """List who makes up what is read under a code in a month, each unit once; a unit makes up itself."""
    for group in groups:
        if group.code == code:
            return sorted(_in_group(units, group, month, groups), key=lambda member: member.place)
    found = next((chosen.members for chosen in sets if chosen.code == code), (code,))
    return [Member(unit=one, units=(one,)) for one in found]


def _in_group(units: Units, group: Group, month: Month, groups: Sequence[Group]) -> list[Member]:
    """Find the members of a group with those they succeed."""
    composition = group.composition(month)
    origins = origins_of_each(units, composition.members, composition.since.first_day)
    ranks = {one: near.rank for near in groups if near.rank is not None for one in near.members(month)}
    return [Member(unit=one, units=(one, *sorted(before)), rank=ranks.get(one)) for one, before in origins.items()]
