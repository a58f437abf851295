"""Who brings something to a figure: a unit itself, or the members of what is read as one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.identity import UnitCode
from domain.period import Month
from domain.unit import Units
from domain.unit_lineage import with_origins

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
    """Find members with those they succeed; whom two of them succeed counts with the first."""
    composition = group.composition(month)
    day, members = composition.since.first_day, {*composition.members}
    ranks = {one: near.rank for near in groups if near.rank is not None for one in near.members(month)}
    others = with_origins(units, members, day) - members
    found = []
    for one in sorted(members):
        before = with_origins(units, [one], day) & others if others else frozenset[UnitCode]()
        others -= before
        found.append(Member(unit=one, units=(one, *sorted(before)), rank=ranks.get(one)))
    return found
