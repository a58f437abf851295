"""Organisational units and how they hang together on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.errors import Invalid, Text, Unknown
from domain.identity import UnitCode
from domain.responsibility import Scope


class UnitKind(StrEnum):
    """What a unit is."""

    FEDERAL_MINISTRY = "federal_ministry"
    FEDERAL_AGENCY = "federal_agency"
    MINISTRY = "ministry"
    EMPLOYMENT_AGENCY = "employment_agency"
    DISTRICT = "district"
    CITY = "city"
    JOBCENTER_JOINT = "jobcenter_joint"
    JOBCENTER_MUNICIPAL = "jobcenter_municipal"
    REGIONAL_OFFICE = "regional_office"
    BRANCH_OFFICE = "branch_office"
    DEPARTMENT = "department"
    COMMITTEE = "committee"
    PROVIDER = "provider"


class RelationKind(StrEnum):
    """How the source of a relation stands to its target."""

    PART_OF = "part_of"
    SUPERVISES = "supervises"
    CARRIES = "carries"
    SUCCEEDS = "succeeds"


@dataclass(eq=False)
class UnknownUnit(Unknown):
    """There is no such unit."""

    title_de = "Diese Einheit gibt es nicht."
    says = Text("there is no unit '{code}'", "es gibt keine Einheit „{code}“")

    code: str


@dataclass(eq=False)
class BackwardValidity(Invalid):
    """A validity ends after it begins."""

    title_de = "Eine Gültigkeit endet nach ihrem Beginn."
    says = Text("'{code}' would end before it begins", "„{code}“ würde vor dem Beginn enden")

    code: str


def within(day: date, start: date | None, end: date | None) -> bool:
    """Say whether a day lies in a half-open validity; an open side has no limit."""
    return (start is None or start <= day) and (end is None or day < end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A ministry, an agency, a district, a town, a jobcenter or a part of one, while it is valid (half-open)."""

    code: UnitCode
    name: str
    kind: UnitKind
    ags: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        """Refuse a validity that ends before it begins."""
        if self.valid_from and self.valid_until and self.valid_from >= self.valid_until:
            raise BackwardValidity(self.code)

    def valid_on(self, day: date) -> bool:
        """Say whether the unit exists on a day."""
        return within(day, self.valid_from, self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """`source` is part of, supervises, carries or succeeds `target`, while valid (half-open)."""

    kind: RelationKind
    source: UnitCode
    target: UnitCode
    scope: Scope | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        """Refuse a validity that ends before it begins."""
        if self.valid_from and self.valid_until and self.valid_from >= self.valid_until:
            raise BackwardValidity(f"{self.source} {self.kind} {self.target}")

    def valid_on(self, day: date) -> bool:
        """Say whether the relation holds on a day."""
        return within(day, self.valid_from, self.valid_until)


@dataclass(frozen=True, slots=True)
class Units:
    """All units and their relations: a tree on any day, and more than one tree over time."""

    units: Mapping[UnitCode, Unit]
    relations: tuple[Relation, ...]
    _reaches: Mapping[UnitCode, tuple[tuple[UnitCode, Relation], ...]] = field(repr=False, compare=False)

    @classmethod
    def of(cls, units: Iterable[Unit], relations: Iterable[Relation]) -> "Units":
        """Put units and relations together."""
        known = tuple(relations)
        reaches: dict[UnitCode, list[tuple[UnitCode, Relation]]] = defaultdict(list)
        for relation in known:
            if relation.kind is RelationKind.PART_OF:
                reaches[relation.target].append((relation.source, relation))
            elif relation.kind in (RelationKind.SUPERVISES, RelationKind.CARRIES):
                reaches[relation.source].append((relation.target, relation))
        return cls({unit.code: unit for unit in units}, known, {code: tuple(found) for code, found in reaches.items()})

    def get(self, code: str) -> Unit:
        """Give a unit by its code."""
        unit = self.units.get(UnitCode(code))
        if unit is None:
            raise UnknownUnit(code)
        return unit

    def parts(self, code: UnitCode, on: date) -> tuple[UnitCode, ...]:
        """List the units that are directly part of another on a day, in the order of their codes."""
        return tuple(
            sorted(
                part
                for part, relation in self._reaches.get(code, ())
                if relation.kind is RelationKind.PART_OF and relation.valid_on(on) and self._valid(part, on)
            )
        )

    def below(self, codes: Iterable[str], on: date) -> frozenset[UnitCode]:
        """Give what an authority over these units reaches: themselves, their parts, whom they supervise and carry."""
        found: set[UnitCode] = set()
        waiting = [UnitCode(code) for code in codes]
        while waiting:
            code = waiting.pop()
            if code in found:
                continue
            found.add(code)
            waiting += [reached for reached, relation in self._reaches.get(code, ()) if relation.valid_on(on)]
        return frozenset(found)

    def _valid(self, code: UnitCode, on: date) -> bool:
        unit = self.units.get(code)
        return unit is not None and unit.valid_on(on)
