"""Comparison groups read as one: the ratio of the sums over those who are in a group in the month a figure is of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.comparison_group import Membership, members
from domain.identity import UnitCode
from domain.period import Month
from domain.unit import Unit, UnitKind, Units
from domain.unit_lineage import with_origins
from domain.unit_relation import Relation, RelationKind

from indicators.usecases.asking_errors import GroupOfSeveralSchemes, UnknownComparisonGroup
from indicators.usecases.chosen import must_not_overlap

SIGN = "group:"
Stood = Mapping[UnitCode, Sequence[tuple[Month, UnitCode]]]
"""By which unit a group is read from a month on, for each of its compositions; oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """Who makes up a group from a month on."""

    since: Month
    members: tuple[UnitCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A comparison group with its compositions in the months asked for, oldest first."""

    name: str
    compositions: tuple[Composition, ...]

    @property
    def code(self) -> UnitCode:
        """Name it as a unit."""
        return UnitCode(SIGN + self.name)

    @property
    def everybody(self) -> frozenset[UnitCode]:
        """Give whoever is in it in any of the months."""
        return frozenset(member for composition in self.compositions for member in composition.members)

    def read_as(self, composition: Composition) -> UnitCode:
        """Name one composition as a unit."""
        return UnitCode(f"{self.code}@{composition.since}") if composition.members else self.code


def group_named(name: str, memberships: Sequence[Membership], first: Month, last: Month) -> Group:
    """Find a group by its name, or by `scheme:name`, with who is in it from month to month."""
    scheme = _scheme(name, memberships)
    of_scheme = [known for known in memberships if known.scheme == scheme]
    group = name.removeprefix(f"{scheme}:")
    found: list[Composition] = []
    for number in range(last - first + 1):
        month = first.plus(number)
        there = members(of_scheme, scheme, group, month.first_day)
        if not found or found[-1].members != there:
            found.append(Composition(since=month, members=there))
    if not any(composition.members for composition in found):
        raise UnknownComparisonGroup(name)
    return Group(name=name, compositions=tuple(found))


def with_groups(units: Units, groups: Sequence[Group]) -> Units:
    """Add each composition as a unit of which its members, and those they succeed, are parts; none counts twice."""
    made, parts = [], []
    for group in groups:
        for composition in group.compositions:
            whole, since = group.read_as(composition), composition.since
            must_not_overlap(units, group.name, composition.members, [since])
            made.append(Unit(code=whole, name=group.name, kind=UnitKind.DEPARTMENT))
            origins = with_origins(units, composition.members, since.first_day)
            parts += [Relation(kind=RelationKind.PART_OF, source=one, target=whole) for one in sorted(origins)]
    return Units.of((*units.units.values(), *made), (*units.relations, *parts)) if groups else units


def stood_for(groups: Sequence[Group]) -> Stood:
    """Say by which unit each group is read, from month to month."""
    return {
        group.code: [(composition.since, group.read_as(composition)) for composition in group.compositions]
        for group in groups
    }


def _scheme(name: str, memberships: Sequence[Membership]) -> str:
    schemes = {known.scheme for known in memberships if name in (known.group, f"{known.scheme}:{known.group}")}
    if not schemes:
        raise UnknownComparisonGroup(name)
    if len(schemes) > 1:
        raise GroupOfSeveralSchemes(name=name, schemes=", ".join(sorted(schemes)))
    return schemes.pop()
