"""Organisational units and how they hang together on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from domain.errors import Invalid, Text, Unknown
from domain.identity import UnitCode
from domain.unit_relation import Relation, RelationKind
from domain.validity import Validity, must_run_forward, within


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
    CITY_QUARTER = "city_quarter"
    DEPARTMENT = "department"
    COMMITTEE = "committee"
    PROVIDER = "provider"


@dataclass(eq=False)
class UnknownUnit(Unknown):
    """There is no such unit."""

    title_de = "Diese Einheit gibt es nicht."
    says = Text("there is no unit '{code}'", "es gibt keine Einheit „{code}“")

    code: str


@dataclass(eq=False)
class ChangeOutOfOrder(Invalid):
    """A change of a unit lies outside its validity or before a change that is known."""

    title_de = "Eine Änderung liegt außerhalb der Gültigkeit oder vor einer bekannten Änderung."
    says = Text(
        "'{code}' cannot change on {day}: it is not valid then, or a later change is known already",
        "„{code}“ kann sich am {day} nicht ändern: nicht gültig an diesem Tag, oder eine spätere Änderung ist bekannt",
    )

    code: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Designation:
    """What a unit was called, and of what kind it was, before a day."""

    name: str
    kind: UnitKind
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """What a unit will be called, and of what kind it will be, from a day on."""

    name: str
    kind: UnitKind
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """
    A ministry, an agency, a district, a town, a jobcenter or a part of one, while it is valid (half-open).

    `earlier` keeps names and kinds it no longer has, oldest first.
    """

    code: UnitCode
    name: str
    kind: UnitKind
    ags: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    earlier: tuple[Designation, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a validity that ends before it begins."""
        must_run_forward(self.valid_from, self.valid_until, self.code)

    def on(self, day: date) -> "Unit":
        """Give the unit under the name and kind it had on a day."""
        then = next((d for d in self.earlier if day < d.until), None)
        return replace(self, name=then.name, kind=then.kind) if then else self

    def past(self, day: date) -> tuple[Designation, ...]:
        """Give the names and kinds it no longer had on a day, oldest first."""
        return tuple(known for known in self.earlier if known.until <= day)

    def upcoming(self, day: date) -> tuple[Upcoming, ...]:
        """Give the names and kinds it has from later days on, soonest first."""
        following: tuple[Designation | Unit, ...] = (*self.earlier[1:], self)
        pairs = zip(self.earlier, following, strict=False)
        return tuple(Upcoming(name=new.name, kind=new.kind, since=old.until) for old, new in pairs if day < old.until)

    def renamed(self, name: str, kind: UnitKind, since: date) -> "Unit":
        """Give the unit under another name or kind from a day on; what it was before is kept."""
        if (name, kind) == (self.name, self.kind):
            return self
        if not self.valid_on(since) or (self.earlier and since < self.earlier[-1].until):
            raise ChangeOutOfOrder(self.code, since.isoformat())
        if since == self.valid_from or (self.earlier and since == self.earlier[-1].until):
            return replace(self, name=name, kind=kind)
        before = Designation(name=self.name, kind=self.kind, until=since)
        return replace(self, name=name, kind=kind, earlier=(*self.earlier, before))

    def corrected(self, sent: "Unit", day: date) -> "Unit":
        """
        Take over what is sent of this unit; names and kinds it had before stay.

        Another name or kind corrects the last one; the present one merely repeated leaves alone what is upcoming.
        """
        repeated = (sent.name, sent.kind) == (self.on(day).name, self.on(day).kind)
        last = self if repeated else sent
        return replace(sent, name=last.name, kind=last.kind, earlier=self.earlier)

    @property
    def validity(self) -> Validity:
        """Give its first day and the first day after."""
        return self.valid_from, self.valid_until

    def valid_on(self, day: date) -> bool:
        """Say whether the unit exists on a day."""
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
            else:
                reaches[relation.source].append((relation.target, relation))
        return cls({unit.code: unit for unit in units}, known, {code: tuple(found) for code, found in reaches.items()})

    def get(self, code: str) -> Unit:
        """Give a unit by its code."""
        unit = self.units.get(UnitCode(code))
        if unit is None:
            raise UnknownUnit(code)
        return unit

    def valid_on(self, code: UnitCode, day: date) -> bool:
        """Say whether a unit is known and exists on a day."""
        unit = self.units.get(code)
        return unit is not None and unit.valid_on(day)

    def parts(self, code: UnitCode, on: date) -> tuple[UnitCode, ...]:
        """List the units that are directly part of another on a day, in the order of their codes."""
        return tuple(
            sorted(
                part
                for part, relation in self._reaches.get(code, ())
                if relation.kind is RelationKind.PART_OF and relation.valid_on(on) and self.valid_on(part, on)
            )
        )

    def below(self, codes: Iterable[str], on: date) -> frozenset[UnitCode]:
        """
        Give what an authority over these units reaches: themselves, their parts, whom they supervise and carry.

        Whoever succeeds a unit that has ended reaches its history too.
        """
        found: set[UnitCode] = set()
        waiting = [UnitCode(code) for code in codes]
        while waiting:
            code = waiting.pop()
            if code in found:
                continue
            found.add(code)
            waiting += [reached for reached, relation in self._reaches.get(code, ()) if self._holds(relation, on)]
        return frozenset(found)

    def as_of(self, day: date) -> "Units":
        """Give the tree as it was on a day: the units valid then, under their names, and what held between them."""
        there = {code: unit.on(day) for code, unit in self.units.items() if unit.valid_on(day)}
        held = [r for r in self.relations if r.valid_on(day) and r.source in there and r.target in there]
        return Units.of(there.values(), held)

    def _holds(self, relation: Relation, on: date) -> bool:
        over = relation.kind is not RelationKind.SUCCEEDS or not self.valid_on(relation.target, on)
        return over and relation.valid_on(on)
