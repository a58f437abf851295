"""Units read as one by who belongs together in the month a figure is of: the ratio of the sums over them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.errors import Unknown
from domain.identity import UnitCode
from domain.period import Month
from domain.unit import Unit, UnitKind, Units
from domain.unit_lineage import with_origins
from domain.unit_relation import Relation, RelationKind

from indicators.usecases.chosen import must_not_overlap

Stood = Mapping[UnitCode, Sequence[tuple[Month, UnitCode]]]
"""By which unit a group is read from a month on, for each of its compositions; oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """Who makes up a group from a month on."""

    since: Month
    members: tuple[UnitCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """
    Units under a code of their own, with their compositions in the months asked for, oldest first.

    Who reaches one of `whose` units may read it; to others it is `unknown`. With a `rank` it is who stands there alone.
    """

    code: UnitCode
    compositions: tuple[Composition, ...]
    whose: frozenset[UnitCode]
    unknown: Unknown
    rank: int | None = None

    @property
    def everybody(self) -> frozenset[UnitCode]:
        """Give whoever is in it in any of the months."""
        return frozenset(member for composition in self.compositions for member in composition.members)

    def composition(self, month: Month) -> Composition:
        """Give who makes it up in a month."""
        nobody = Composition(since=month, members=())
        return next((made for made in reversed(self.compositions) if made.since <= month), nobody)

    def members(self, month: Month) -> tuple[UnitCode, ...]:
        """Give who is in it in a month."""
        return self.composition(month).members

    def read_as(self, composition: Composition) -> UnitCode:
        """Name one composition as a unit."""
        return UnitCode(f"{self.code}@{composition.since}") if composition.members else self.code


def composed(there: Mapping[Month, tuple[UnitCode, ...]]) -> tuple[Composition, ...]:
    """Go through who is there from month to month, and begin a composition where it is somebody else than before."""
    found: list[Composition] = []
    for month, members in there.items():
        if not found or found[-1].members != members:
            found.append(Composition(since=month, members=members))
    return tuple(found)


def with_groups(units: Units, groups: Sequence[Group]) -> Units:
    """Add each composition as a unit of which its members, and those they succeed, are parts; none counts twice."""
    made, parts = [], []
    for group in groups:
        for composition in group.compositions:
            whole, since = group.read_as(composition), composition.since
            must_not_overlap(units, group.code, composition.members, [since])
            made.append(Unit(code=whole, name=group.code, kind=UnitKind.DEPARTMENT))
            origins = with_origins(units, composition.members, since.first_day)
            parts += [Relation(kind=RelationKind.PART_OF, source=one, target=whole) for one in sorted(origins)]
    return Units.of((*units.units.values(), *made), (*units.relations, *parts)) if groups else units


def stood_for(groups: Sequence[Group]) -> Stood:
    """Say by which unit each group is read, from month to month."""
    return {
        group.code: [(composition.since, group.read_as(composition)) for composition in group.compositions]
        for group in groups
    }
