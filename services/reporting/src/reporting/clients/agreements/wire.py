"""Wire models of another service, generated from its contract by `make clients`; not edited by hand."""
from __future__ import annotations
from pydantic import AwareDatetime, BaseModel, Field, RootModel, constr
from enum import StrEnum
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID


class AcceptanceOut(BaseModel):
    """
    A party's yes to a revision.
    """

    accepted_at: AwareDatetime = Field(..., title="Accepted At")
    party: str = Field(..., title="Party")
    revision: int = Field(..., title="Revision")
    subject: str = Field(..., title="Subject")


class Aim(StrEnum):
    """
    What a qualitative goal is after.
    """

    improve = "improve"
    hold = "hold"
    observe = "observe"
    optimise = "optimise"
    evaluate = "evaluate"


class AttachmentKind(StrEnum):
    """
    What an attachment is.
    """

    accompanying_letter = "accompanying_letter"
    statement = "statement"
    annex = "annex"
    support_overview = "support_overview"
    signed_document = "signed_document"
    paper_scan = "paper_scan"
    evidence = "evidence"


class ContributionWire(BaseModel):
    """
    What another office gives to a goal.
    """

    product: str = Field(..., title="Product")
    resources: str = Field(..., title="Resources")
    unit: str = Field(..., title="Unit")


class DeclarationKind(StrEnum):
    """
    What can be declared of a goal without a figure.
    """

    done = "done"
    accepted = "accepted"
    fulfilled = "fulfilled"
    better = "better"
    same = "same"
    worse = "worse"


class DeclarationOut(BaseModel):
    """
    A declaration.
    """

    condition: str | None = Field(..., title="Condition")
    evidence: str | None = Field(..., title="Evidence")
    goal: str = Field(..., title="Goal")
    kind: DeclarationKind
    narrative: str = Field(..., title="Narrative")
    on: date = Field(..., title="On")
    party: str = Field(..., title="Party")
    subject: str = Field(..., title="Subject")


class DeclarationPage(BaseModel):
    """
    Declarations, oldest first.
    """

    items: list[DeclarationOut] = Field(..., title="Items")
    next: str | None = Field(..., title="Next")


class Direction(StrEnum):
    """
    Which side of a target is the good one.
    """

    at_least = "at_least"
    at_most = "at_most"
    within = "within"


class ExtraWire(BaseModel):
    """
    Posts beyond the plan, allowed under conditions.
    """

    conditions: list[str] = Field(..., title="Conditions")
    split: str | None = Field(None, title="Split")
    up_to: Decimal = Field(..., title="Up To")


class Level(StrEnum):
    """
    A goal's place in the pyramid, from the orientation of all to one product.
    """

    guiding_orientation = "guiding_orientation"
    strategic = "strategic"
    product_area = "product_area"
    product_group = "product_group"
    product = "product"


class Measure(StrEnum):
    """
    The unit in which a quantity is told.
    """

    persons = "persons"
    cases = "cases"
    contacts = "contacts"
    EUR = "EUR"
    FTE = "FTE"
    percent = "percent"
    contacts_per_year = "contacts_per_year"
    EUR_per_person = "EUR_per_person"
    persons_per_post = "persons_per_post"
    one = "one"


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


class PartyRole(StrEnum):
    """
    The role of a unit in an agreement.
    """

    supervising_body = "supervising_body"
    municipal_body = "municipal_body"
    federal_body = "federal_body"
    obligated_unit = "obligated_unit"
    associated = "associated"


class PathKind(StrEnum):
    """
    How the expected value of a month is found.
    """

    explicit = "explicit"
    prior_year_profile = "prior_year_profile"
    linear = "linear"
    level = "level"


class PathWire(BaseModel):
    """
    The way to the target within the year; `values` by month for an explicit one.
    """

    kind: PathKind
    values: dict[constr(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$"), Decimal] | None = Field(
        None, title="Values"
    )


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


class SignatureLevel(StrEnum):
    """
    How much a signature proves; recorded as it is.
    """

    simple = "simple"
    advanced = "advanced"
    qualified = "qualified"
    paper_scan = "paper_scan"


class SignatureOut(BaseModel):
    """
    A party's signature under a revision's digest.
    """

    deputy: bool = Field(..., title="Deputy")
    digest: str = Field(..., title="Digest")
    evidence: str | None = Field(..., title="Evidence")
    jws: str = Field(..., title="Jws")
    key: str | None = Field(..., title="Key")
    level: SignatureLevel
    party: str = Field(..., title="Party")
    revision: int = Field(..., title="Revision")
    signatory: str = Field(..., title="Signatory")
    signed_at: AwareDatetime = Field(..., title="Signed At")
    subject: str = Field(..., title="Subject")


class StaffingGoal(BaseModel):
    """
    Posts against a plan, in full-time equivalents.
    """

    carrier: str | None = Field(None, title="Carrier")
    code: str = Field(..., title="Code")
    contributions: list[ContributionWire] | None = Field(
        [], title="Contributions", validate_default=True
    )
    counted_in: dict[str, Decimal] | None = Field({}, max_length=50, title="Counted In")
    derived_from: str | None = Field(None, title="Derived From")
    evidence: str | None = Field(None, title="Evidence")
    extra: ExtraWire | None = None
    filters: dict[str, str] | None = Field({}, max_length=10, title="Filters")
    fixed_term_share_at_most: Decimal | None = Field(
        None, title="Fixed Term Share At Most"
    )
    indicator: str | None = Field(None, title="Indicator")
    kind: Literal["staffing"] = Field(..., title="Kind")
    legal_basis: str | None = Field(None, title="Legal Basis")
    level: Level | None = None
    lineage: str | None = Field(None, title="Lineage")
    note: str | None = Field(None, title="Note")
    obligated: str | None = Field(None, title="Obligated")
    of_which: dict[str, Decimal] | None = Field({}, max_length=50, title="Of Which")
    scope: Scope | None = None
    section: str | None = Field(None, title="Section")
    target: Decimal | None = Field(None, title="Target")
    title: str | None = Field("", title="Title")
    trial: bool | None = Field(False, title="Trial")
    unit_of_measure: Literal["FTE"] = Field("FTE", title="Unit Of Measure")


class StandardWire(BaseModel):
    """
    A standard the agreement refers to, by its edition.
    """

    code: str = Field(..., title="Code")
    edition: str = Field(..., title="Edition")


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


class SupportOfferGoal(BaseModel):
    """
    Something the supervising body owes.
    """

    carrier: str | None = Field(None, title="Carrier")
    code: str = Field(..., title="Code")
    contributions: list[ContributionWire] | None = Field(
        [], title="Contributions", validate_default=True
    )
    derived_from: str | None = Field(None, title="Derived From")
    due: date | None = Field(None, title="Due")
    evidence: str | None = Field(None, title="Evidence")
    filters: dict[str, str] | None = Field({}, max_length=10, title="Filters")
    kind: Literal["support_offer"] = Field(..., title="Kind")
    legal_basis: str | None = Field(None, title="Legal Basis")
    level: Level | None = None
    lineage: str | None = Field(None, title="Lineage")
    note: str | None = Field(None, title="Note")
    obligated: str | None = Field(None, title="Obligated")
    scope: Scope | None = None
    section: str | None = Field(None, title="Section")
    title: str | None = Field("", title="Title")
    topic: str | None = Field(None, title="Topic")
    trial: bool | None = Field(False, title="Trial")


class ThresholdsWire(BaseModel):
    """
    From which degree in percent a light is green, and from which yellow.
    """

    green: Decimal = Field(..., title="Green")
    yellow: Decimal = Field(..., title="Yellow")


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


class View(StrEnum):
    """
    How a series is looked at in a month.
    """

    month = "month"
    year_to_date = "year_to_date"
    rolling_12 = "rolling_12"
    change_previous_year = "change_previous_year"


class AnnexOut(BaseModel):
    """
    An attachment that is part of what is signed.
    """

    kind: AttachmentKind
    media_type: str = Field(..., title="Media Type")
    name: str = Field(..., title="Name")
    sha256: str = Field(..., title="Sha256")
    size: int = Field(..., title="Size")


class AppropriationGoal(BaseModel):
    """
    An amount made available for a service.
    """

    amount: Decimal | None = Field(None, title="Amount")
    budget_title: str | None = Field(None, title="Budget Title")
    carrier: str | None = Field(None, title="Carrier")
    code: str = Field(..., title="Code")
    contributions: list[ContributionWire] | None = Field(
        [], title="Contributions", validate_default=True
    )
    currency: Literal["EUR"] = Field("EUR", title="Currency")
    derived_from: str | None = Field(None, title="Derived From")
    due: date | None = Field(None, title="Due")
    evidence: str | None = Field(None, title="Evidence")
    filters: dict[str, str] | None = Field({}, max_length=10, title="Filters")
    indicator: str | None = Field(None, title="Indicator")
    kind: Literal["appropriation"] = Field(..., title="Kind")
    legal_basis: str | None = Field(None, title="Legal Basis")
    level: Level | None = None
    lineage: str | None = Field(None, title="Lineage")
    note: str | None = Field(None, title="Note")
    obligated: str | None = Field(None, title="Obligated")
    scope: Scope | None = None
    section: str | None = Field(None, title="Section")
    title: str | None = Field("", title="Title")
    trial: bool | None = Field(False, title="Trial")


class ChangeGoal(BaseModel):
    """
    A reading against its value of the year before; `change` in percent.
    """

    carrier: str | None = Field(None, title="Carrier")
    change: Decimal | None = Field(None, title="Change")
    code: str = Field(..., title="Code")
    contributions: list[ContributionWire] | None = Field(
        [], title="Contributions", validate_default=True
    )
    derived_from: str | None = Field(None, title="Derived From")
    direction: Direction | None = None
    evidence: str | None = Field(None, title="Evidence")
    filters: dict[str, str] | None = Field({}, max_length=10, title="Filters")
    indicator: str | None = Field(None, title="Indicator")
    kind: Literal["change"] = Field(..., title="Kind")
    legal_basis: str | None = Field(None, title="Legal Basis")
    level: Level | None = None
    lineage: str | None = Field(None, title="Lineage")
    note: str | None = Field(None, title="Note")
    obligated: str | None = Field(None, title="Obligated")
    scope: Scope | None = None
    section: str | None = Field(None, title="Section")
    separately: dict[Literal["women", "men"], Decimal] | None = Field(
        None, title="Separately"
    )
    thresholds: ThresholdsWire | None = None
    title: str | None = Field("", title="Title")
    trial: bool | None = Field(False, title="Trial")
    unit_of_measure: Measure | None = None
    view: View | None = None


class DeliverableGoal(BaseModel):
    """
    Something done and accepted by a day.
    """

    carrier: str | None = Field(None, title="Carrier")
    code: str = Field(..., title="Code")
    contributions: list[ContributionWire] | None = Field(
        [], title="Contributions", validate_default=True
    )
    derived_from: str | None = Field(None, title="Derived From")
    due: date | None = Field(None, title="Due")
    evidence: str | None = Field(None, title="Evidence")
    filters: dict[str, str] | None = Field({}, max_length=10, title="Filters")
    kind: Literal["deliverable"] = Field(..., title="Kind")
    legal_basis: str | None = Field(None, title="Legal Basis")
    level: Level | None = None
    lineage: str | None = Field(None, title="Lineage")
    note: str | None = Field(None, title="Note")
    obligated: str | None = Field(None, title="Obligated")
    scope: Scope | None = None
    section: str | None = Field(None, title="Section")
    title: str | None = Field("", title="Title")
    trial: bool | None = Field(False, title="Trial")


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


class MonitoringGoal(BaseModel):
    """
    A reading beside the value forecast at the start of the year.
    """

    carrier: str | None = Field(None, title="Carrier")
    code: str = Field(..., title="Code")
    contributions: list[ContributionWire] | None = Field(
        [], title="Contributions", validate_default=True
    )
    derived_from: str | None = Field(None, title="Derived From")
    evidence: str | None = Field(None, title="Evidence")
    filters: dict[str, str] | None = Field({}, max_length=10, title="Filters")
    forecast: Decimal | None = Field(None, title="Forecast")
    indicator: str | None = Field(None, title="Indicator")
    kind: Literal["monitoring"] = Field(..., title="Kind")
    legal_basis: str | None = Field(None, title="Legal Basis")
    level: Level | None = None
    lineage: str | None = Field(None, title="Lineage")
    note: str | None = Field(None, title="Note")
    obligated: str | None = Field(None, title="Obligated")
    path: PathWire | None = None
    scope: Scope | None = None
    section: str | None = Field(None, title="Section")
    title: str | None = Field("", title="Title")
    trial: bool | None = Field(False, title="Trial")
    unit_of_measure: Measure | None = None
    view: View | None = None


class PartyWire(BaseModel):
    """
    A unit in its role, with the area it answers for and the office that signs.
    """

    role: PartyRole
    scope: Scope
    signs_as: str = Field(..., title="Signs As")
    unit: str = Field(..., title="Unit")


class QualitativeGoal(BaseModel):
    """
    A goal without a figure, judged by its tendency.
    """

    aim: Aim | None = None
    carrier: str | None = Field(None, title="Carrier")
    code: str = Field(..., title="Code")
    contributions: list[ContributionWire] | None = Field(
        [], title="Contributions", validate_default=True
    )
    derived_from: str | None = Field(None, title="Derived From")
    evidence: str | None = Field(None, title="Evidence")
    filters: dict[str, str] | None = Field({}, max_length=10, title="Filters")
    judged_by: str | None = Field(None, title="Judged By")
    kind: Literal["qualitative"] = Field(..., title="Kind")
    legal_basis: str | None = Field(None, title="Legal Basis")
    level: Level | None = None
    lineage: str | None = Field(None, title="Lineage")
    note: str | None = Field(None, title="Note")
    obligated: str | None = Field(None, title="Obligated")
    scope: Scope | None = None
    section: str | None = Field(None, title="Section")
    title: str | None = Field("", title="Title")
    trial: bool | None = Field(False, title="Trial")


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


class TargetGoal(BaseModel):
    """
    A reading against a value or a band.
    """

    baseline: Decimal | None = Field(None, title="Baseline")
    carrier: str | None = Field(None, title="Carrier")
    code: str = Field(..., title="Code")
    contributions: list[ContributionWire] | None = Field(
        [], title="Contributions", validate_default=True
    )
    derived_from: str | None = Field(None, title="Derived From")
    direction: Direction | None = None
    evidence: str | None = Field(None, title="Evidence")
    filters: dict[str, str] | None = Field({}, max_length=10, title="Filters")
    high: Decimal | None = Field(None, title="High")
    indicator: str | None = Field(None, title="Indicator")
    kind: Literal["target"] = Field(..., title="Kind")
    legal_basis: str | None = Field(None, title="Legal Basis")
    level: Level | None = None
    lineage: str | None = Field(None, title="Lineage")
    low: Decimal | None = Field(None, title="Low")
    note: str | None = Field(None, title="Note")
    obligated: str | None = Field(None, title="Obligated")
    path: PathWire | None = None
    scope: Scope | None = None
    section: str | None = Field(None, title="Section")
    separately: dict[Literal["women", "men"], Decimal] | None = Field(
        None, title="Separately"
    )
    target: Decimal | None = Field(None, title="Target")
    thresholds: ThresholdsWire | None = None
    title: str | None = Field("", title="Title")
    trial: bool | None = Field(False, title="Trial")
    unit_of_measure: Measure | None = None
    view: View | None = None


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


class Goals(
    RootModel[
        TargetGoal
        | ChangeGoal
        | MonitoringGoal
        | AppropriationGoal
        | DeliverableGoal
        | StaffingGoal
        | QualitativeGoal
        | SupportOfferGoal
    ]
):
    root: (
        TargetGoal
        | ChangeGoal
        | MonitoringGoal
        | AppropriationGoal
        | DeliverableGoal
        | StaffingGoal
        | QualitativeGoal
        | SupportOfferGoal
    ) = Field(..., discriminator="kind")


class AgreementOut(BaseModel):
    """
    An agreement as it stands.
    """

    acceptances: list[AcceptanceOut] = Field(..., title="Acceptances")
    attachments: list[AnnexOut] = Field(..., title="Attachments")
    awaited: list[str] = Field(..., title="Awaited")
    goals: list[Goals] = Field(..., title="Goals")
    id: UUID = Field(..., title="Id")
    legal_basis: str | None = Field(..., title="Legal Basis")
    meetings: str | None = Field(..., title="Meetings")
    note: str | None = Field(..., title="Note")
    parties: list[PartyWire] = Field(..., title="Parties")
    planning_basis: str | None = Field(..., title="Planning Basis")
    predecessor: UUID | None = Field(..., title="Predecessor")
    reason: str | None = Field(..., title="Reason")
    revision: int = Field(..., title="Revision")
    round: UUID | None = Field(..., title="Round")
    signatures: list[SignatureOut] = Field(..., title="Signatures")
    standards: list[StandardWire] = Field(..., title="Standards")
    status: Status
    tier: str | None = Field(..., title="Tier")
    title: str = Field(..., title="Title")
    trial: bool = Field(..., title="Trial")
    unsigned: list[str] = Field(..., title="Unsigned")
    valid_from: date = Field(..., title="Valid From")
    valid_until: date = Field(..., title="Valid Until")
    version: int = Field(..., title="Version")
    year: int = Field(..., title="Year")


class RevisionOut(BaseModel):
    """
    One immutable revision and the digest of its canonical form.
    """

    attachments: list[AnnexOut] = Field(..., title="Attachments")
    digest: str = Field(..., title="Digest")
    goals: list[Goals] = Field(..., title="Goals")
    number: int = Field(..., title="Number")
    parties: list[PartyWire] = Field(..., title="Parties")
    title: str = Field(..., title="Title")
    valid_from: date = Field(..., title="Valid From")
    valid_until: date = Field(..., title="Valid Until")
    year: int = Field(..., title="Year")
