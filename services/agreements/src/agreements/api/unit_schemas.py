"""Units on the wire."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Annotated

from chassis.wire import KeyText, Sent, Told
from domain.codec import decode, encode
from domain.comparison_group import Membership
from domain.nearest_neighbour import NearestNeighbour
from domain.responsibility import Scope
from domain.unit import Unit, UnitKind, Units
from domain.unit_relation import Relation, RelationKind
from pydantic import Field

from agreements.api.neighbour_schemas import NearestNeighbourOut


class UnitIn(Sent):
    """A unit to create or change; validity is half-open."""

    code: Annotated[KeyText, Field(max_length=40, examples=["36402"])]
    name: str = Field(min_length=1, max_length=200, examples=["Jobcenter ME-aktiv"])
    kind: UnitKind
    ags: str | None = Field(None, pattern=r"^[0-9]{2,8}$", examples=["05158"])
    valid_from: date | None = None
    valid_until: date | None = None

    def value(self) -> Unit:
        """Give the unit."""
        return decode(Unit, self.model_dump(mode="json"))


class RelationIn(Sent):
    """`source` is part of, supervises, carries or succeeds `target`."""

    kind: RelationKind
    source: str = Field(examples=["05158004"])
    target: str = Field(examples=["05158"])
    scope: Scope | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def value(self) -> Relation:
        """Give the relation."""
        return decode(Relation, self.model_dump(mode="json"))


class UnitsIn(Sent):
    """Units and relations, created or changed together."""

    units: list[UnitIn] = Field(max_length=20_000)
    relations: list[RelationIn] = Field(default=[], max_length=50_000)


class CountsOut(Told):
    """What a bulk load did."""

    created: int
    changed: int
    unchanged: int


class DesignationIn(Sent):
    """Another name or kind a unit has from a day on; what is left out stays."""

    since: date
    name: str | None = Field(None, min_length=1, max_length=200)
    kind: UnitKind | None = None


class DesignationOut(Told):
    """What a unit was called, and of what kind it was, before a day."""

    name: str
    kind: UnitKind
    until: date


class UpcomingOut(Told):
    """What a unit will be called, and of what kind it will be, from a day on."""

    name: str
    kind: UnitKind
    since: date


class KeptUnitOut(Told):
    """A unit as it is kept: its last known name and kind, and those before, each until its day."""

    code: str
    name: str
    kind: UnitKind
    ags: str | None
    valid_from: date | None
    valid_until: date | None
    earlier: list[DesignationOut]


class UnitOut(KeptUnitOut):
    """A unit under the name and kind of a day, with those it had before and those it will have."""

    upcoming: list[UpcomingOut]


class RelationOut(Told):
    """A relation between two units."""

    kind: RelationKind
    source: str
    target: str
    scope: Scope | None
    valid_from: date | None
    valid_until: date | None


class MembershipOut(Told):
    """A unit's group under a scheme, valid half-open; without `since` it was always so."""

    scheme: str
    unit: str
    group: str
    since: date | None
    valid_until: date | None


class UnitWithRelations(UnitOut):
    """A unit with everything that hangs on it, its groups and nearest neighbours by rank, each for its time."""

    relations: list[RelationOut]
    comparison_groups: list[MembershipOut]
    nearest_neighbours: list[NearestNeighbourOut]


class UnitPage(Told):
    """Units in the order of their codes."""

    items: list[UnitOut]
    next: str | None


class RelationPage(Told):
    """Relations in the order of kind, source, target and beginning."""

    items: list[RelationOut]
    next: str | None


class TreeOut(Told):
    """All units, relations, comparison groups and nearest neighbours in one document, for copies."""

    units: list[KeptUnitOut]
    relations: list[RelationOut]
    comparison_groups: list[MembershipOut]
    nearest_neighbours: list[NearestNeighbourOut]


def unit_out(unit: Unit, day: date) -> UnitOut:
    """Tell a unit as it is on a day."""
    then = replace(unit.on(day), earlier=unit.past(day))
    return UnitOut.model_validate({**asdict(then), "upcoming": encode(list(unit.upcoming(day)))})


def unit_with_relations(
    units: Units, unit: Unit, memberships: Sequence[Membership], neighbours: Sequence[NearestNeighbour], day: date
) -> UnitWithRelations:
    """Tell a unit as it is on a day, its relations, its groups, and its neighbours."""
    related = [relation for relation in units.relations if unit.code in (relation.source, relation.target)]
    groups = [membership for membership in memberships if membership.unit == unit.code]
    hanging = {"relations": related, "comparison_groups": groups, "nearest_neighbours": list(neighbours)}
    told = {name: encode(found) for name, found in hanging.items()}
    return UnitWithRelations.model_validate({**unit_out(unit, day).model_dump(), **told})
