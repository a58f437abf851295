"""Wire models of another service, generated from its contract by `make clients`; not edited by hand."""
from __future__ import annotations
from enum import StrEnum
from pydantic import BaseModel, Field
from datetime import date
from uuid import UUID


class GoalKind(StrEnum):
    """
    What a goal is judged by.
    """

    target = "target"
    change = "change"
    monitoring = "monitoring"
    appropriation = "appropriation"
    deliverable = "deliverable"
    staffing = "staffing"
    qualitative = "qualitative"
    support_offer = "support_offer"


class MembershipOut(BaseModel):
    """
    A unit's group under a scheme, valid half-open; without `since` it was always so.
    """

    group: str = Field(..., title="Group")
    scheme: str = Field(..., title="Scheme")
    since: date | None = Field(..., title="Since")
    unit: str = Field(..., title="Unit")
    valid_until: date | None = Field(..., title="Valid Until")


class NearestNeighbourOut(BaseModel):
    """
    Who stands at which rank of a unit while valid (half-open); an open side lasts while both exist.
    """

    neighbour: str = Field(..., title="Neighbour")
    rank: int = Field(..., title="Rank")
    unit: str = Field(..., title="Unit")
    valid_from: date | None = Field(..., title="Valid From")
    valid_until: date | None = Field(..., title="Valid Until")


class RelationKind(StrEnum):
    """
    How the source of a relation stands to its target.
    """

    part_of = "part_of"
    supervises = "supervises"
    carries = "carries"
    succeeds = "succeeds"


class Scope(StrEnum):
    """
    An area of responsibility.
    """

    federal = "federal"
    municipal = "municipal"
    joint = "joint"


class Status(StrEnum):
    """
    Where an agreement stands in its life.
    """

    draft = "draft"
    proposed = "proposed"
    agreed = "agreed"
    sealing = "sealing"
    signed = "signed"
    in_force = "in_force"
    closed = "closed"
    withdrawn = "withdrawn"
    declined = "declined"
    amended = "amended"


class UnitKind(StrEnum):
    """
    What a unit is.
    """

    federal_ministry = "federal_ministry"
    federal_agency = "federal_agency"
    ministry = "ministry"
    employment_agency = "employment_agency"
    district = "district"
    city = "city"
    jobcenter_joint = "jobcenter_joint"
    jobcenter_municipal = "jobcenter_municipal"
    regional_office = "regional_office"
    branch_office = "branch_office"
    city_quarter = "city_quarter"
    department = "department"
    committee = "committee"
    provider = "provider"


class AgreedGoalOut(BaseModel):
    """
    A goal over an indicator, and the agreement it stands in.
    """

    agreement: UUID = Field(..., title="Agreement")
    agreement_title: str = Field(..., title="Agreement Title")
    goal: str = Field(..., title="Goal")
    indicator: str = Field(..., title="Indicator")
    kind: GoalKind
    status: Status
    title: str = Field(..., title="Title")
    unit: str | None = Field(..., title="Unit")
    year: int = Field(..., title="Year")


class AgreedGoalPage(BaseModel):
    """
    Goals in the order of year, agreement and code.
    """

    items: list[AgreedGoalOut] = Field(..., title="Items")
    next: str | None = Field(..., title="Next")


class DesignationOut(BaseModel):
    """
    What a unit was called, and of what kind it was, before a day.
    """

    kind: UnitKind
    name: str = Field(..., title="Name")
    until: date = Field(..., title="Until")


class KeptUnitOut(BaseModel):
    """
    A unit as it is kept: its last known name and kind, and those before, each until its day.
    """

    ags: str | None = Field(..., title="Ags")
    code: str = Field(..., title="Code")
    earlier: list[DesignationOut] = Field(..., title="Earlier")
    kind: UnitKind
    name: str = Field(..., title="Name")
    valid_from: date | None = Field(..., title="Valid From")
    valid_until: date | None = Field(..., title="Valid Until")


class RelationOut(BaseModel):
    """
    A relation between two units.
    """

    kind: RelationKind
    scope: Scope | None
    source: str = Field(..., title="Source")
    target: str = Field(..., title="Target")
    valid_from: date | None = Field(..., title="Valid From")
    valid_until: date | None = Field(..., title="Valid Until")


class TreeOut(BaseModel):
    """
    All units, relations, comparison groups and nearest neighbours in one document, for copies.
    """

    comparison_groups: list[MembershipOut] = Field(..., title="Comparison Groups")
    nearest_neighbours: list[NearestNeighbourOut] = Field(
        ..., title="Nearest Neighbours"
    )
    relations: list[RelationOut] = Field(..., title="Relations")
    units: list[KeptUnitOut] = Field(..., title="Units")
