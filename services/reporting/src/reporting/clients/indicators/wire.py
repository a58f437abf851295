"""Wire models of another service, generated from its contract by `make clients`; not edited by hand."""
from __future__ import annotations
from enum import StrEnum
from uuid import UUID
from pydantic import AwareDatetime, BaseModel, Field
from decimal import Decimal
from datetime import date


class Absence(StrEnum):
    """
    Why a value is not there: nobody told it, its rows were rejected, or its source keeps it back.
    """

    not_delivered = "not_delivered"
    rejected = "rejected"
    withheld = "withheld"


class DataState(StrEnum):
    """
    How firm a figure is.
    """

    final = "final"
    provisional = "provisional"
    extrapolated = "extrapolated"
    imputed = "imputed"
    incomplete = "incomplete"


class Direction(StrEnum):
    """
    Which side of a target is the good one.
    """

    at_least = "at_least"
    at_most = "at_most"
    within = "within"


class DutyStatus(StrEnum):
    """
    What became of a month that is owed.
    """

    expected = "expected"
    on_time = "on_time"
    late = "late"
    missing = "missing"
    incomplete = "incomplete"


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


class MissingOut(BaseModel):
    """
    A value that is not there: why, by which delivery, and who can bring it.

    Where no `senders` are named, that is whoever delivers for the unit. While `month_closed`, an operator's permit for
    them comes first.
    """

    delivery: UUID | None = Field(..., title="Delivery")
    dimensions: dict[str, str] = Field(..., title="Dimensions")
    month: str = Field(..., title="Month")
    month_closed: bool = Field(..., title="Month Closed")
    senders: list[str] = Field(..., title="Senders")
    unit: str = Field(..., title="Unit")
    variable: str = Field(..., title="Variable")
    why: Absence


class NoValue(StrEnum):
    """
    Why a figure has no value.
    """

    missing_input = "missing_input"
    withheld = "withheld"
    division_by_zero = "division_by_zero"
    no_data = "no_data"
    not_defined = "not_defined"


class OthersOut(BaseModel):
    """
    What members that are shown by name only bring together; without sides where that is one member's alone.
    """

    count: int = Field(..., title="Count")
    denominator: Decimal | None = Field(..., title="Denominator")
    numerator: Decimal | None = Field(..., title="Numerator")


class OwedOut(BaseModel):
    """
    One month that is owed and what became of it; `days_late` are calendar days after the due day.

    What is `withheld` by its source has come as far as it can: it is neither missing nor late.
    """

    completed_on: date | None = Field(..., title="Completed On")
    days_late: int = Field(..., title="Days Late")
    due: date = Field(..., title="Due")
    missing: list[str] = Field(..., title="Missing")
    missing_units: list[str] = Field(..., title="Missing Units")
    month: str = Field(..., title="Month")
    rejected_rows: int = Field(..., title="Rejected Rows")
    status: DutyStatus
    unit: str = Field(..., title="Unit")
    unit_name: str = Field(..., title="Unit Name")
    variables: list[str] = Field(..., title="Variables")
    withheld: list[str] = Field(..., title="Withheld")
    withheld_units: list[str] = Field(..., title="Withheld Units")


class OwedPage(BaseModel):
    """
    What is owed, in the order of month and unit.
    """

    items: list[OwedOut] = Field(..., title="Items")
    next: str | None = Field(..., title="Next")


class Shown(StrEnum):
    """
    How much of a member a caller is shown: what it is made of, both sides, or who it is.
    """

    inputs = "inputs"
    sides = "sides"
    name = "name"


class ValueStatus(StrEnum):
    """
    How a value came to be, the firmest first; a value of which nothing is said was counted.
    """

    counted = "counted"
    extrapolated = "extrapolated"
    imputed = "imputed"


class VariableKind(StrEnum):
    """
    A stock is counted at the count day, a flow is summed over the month.
    """

    stock = "stock"
    flow = "flow"


class VariableOut(BaseModel):
    """
    A variable with the values its dimensions can have.
    """

    code: str = Field(..., title="Code")
    dimensions: dict[str, list[str]] = Field(..., title="Dimensions")
    high: Decimal | None = Field(..., title="High")
    kind: VariableKind
    label: str = Field(..., title="Label")
    label_en: str = Field(..., title="Label En")
    low: Decimal | None = Field(..., title="Low")
    unit_of_measure: Measure
    valid_from: date | None = Field(..., title="Valid From")
    valid_until: date | None = Field(..., title="Valid Until")


class VariablePage(BaseModel):
    """
    All variables in the order of their codes.
    """

    items: list[VariableOut] = Field(..., title="Items")
    next: str | None = Field(..., title="Next")


class View(StrEnum):
    """
    How a series is looked at in a month.
    """

    month = "month"
    year_to_date = "year_to_date"
    rolling_12 = "rolling_12"
    change_previous_year = "change_previous_year"


class DefinitionOut(BaseModel):
    """
    One version of an indicator.
    """

    checked_against: str = Field(..., title="Checked Against")
    default_view: View
    direction: Direction | None
    formula: str = Field(..., title="Formula")
    indicator: str = Field(..., title="Indicator")
    label: str = Field(..., title="Label")
    label_en: str = Field(..., title="Label En")
    name: str = Field(..., title="Name")
    note: str = Field(..., title="Note")
    note_en: str = Field(..., title="Note En")
    places: int = Field(..., title="Places")
    shown_as_change: bool = Field(..., title="Shown As Change")
    source: str = Field(..., title="Source")
    unit_of_measure: Measure
    valid_from: date = Field(..., title="Valid From")
    valid_until: date | None = Field(..., title="Valid Until")
    variant: str = Field(..., title="Variant")
    version: int = Field(..., title="Version")


class DefinitionPage(BaseModel):
    """
    Versions of indicators in the order of code and version.
    """

    items: list[DefinitionOut] = Field(..., title="Items")
    next: str | None = Field(..., title="Next")


class InputOut(BaseModel):
    """
    An observation that a reading is made of, who delivered it, and the `member` of a set or group it counts for.
    """

    delivery: UUID = Field(..., title="Delivery")
    dimensions: dict[str, str] = Field(..., title="Dimensions")
    member: str | None = Field(..., title="Member")
    month: str = Field(..., title="Month")
    recorded_at: AwareDatetime = Field(..., title="Recorded At")
    sender: str = Field(..., title="Sender")
    status: ValueStatus | None
    unit: str = Field(..., title="Unit")
    value: Decimal | None = Field(..., title="Value")
    variable: str = Field(..., title="Variable")


class MemberOut(BaseModel):
    """
    What a member of a set, a group or a neighbourhood brings to the figure, together with those it succeeds: `units`.

    `shown` says how much is told: its `inputs`, its `sides` (of neighbours beyond reach), or its `name`. The sides of
    all members and of the others add up to the reading's; null where an input is missing, or where products and
    quotients of variables do not add up.
    """

    denominator: Decimal | None = Field(..., title="Denominator")
    numerator: Decimal | None = Field(..., title="Numerator")
    rank: int | None = Field(..., title="Rank")
    shown: Shown
    unit: str = Field(..., title="Unit")
    units: list[str] = Field(..., title="Units")


class ReadingOut(BaseModel):
    """
    A figure with both sides of its ratio; `value` is null with a `reason`.

    `attested` says whether the unit stands for the month and nothing was recorded of it since, `objections` how many
    contest this very figure. A figure of nearest neighbours that is told by rank names its `rank` and the `neighbour`
    who stands there in the month. With `include_history` each vintage of a figure is an item: what it came to from
    `recorded_at` on, by the deliveries `changed_by`, by the data of that instant; without it the first is null and the
    second empty.
    """

    attested: bool = Field(..., title="Attested")
    changed_by: list[UUID] = Field(..., title="Changed By")
    definition: str = Field(..., title="Definition")
    deliveries: list[UUID] = Field(..., title="Deliveries")
    denominator: Decimal | None = Field(..., title="Denominator")
    dimensions: dict[str, str] = Field(..., title="Dimensions")
    indicator: str = Field(..., title="Indicator")
    missing: list[MissingOut] = Field(..., title="Missing")
    missing_count: int = Field(..., title="Missing Count")
    month: str = Field(..., title="Month")
    neighbour: str | None = Field(..., title="Neighbour")
    numerator: Decimal | None = Field(..., title="Numerator")
    objections: int = Field(..., title="Objections")
    rank: int | None = Field(..., title="Rank")
    reason: NoValue | None
    recorded_at: AwareDatetime | None = Field(..., title="Recorded At")
    state: DataState
    unit: str = Field(..., title="Unit")
    unit_of_measure: Measure
    value: Decimal | None = Field(..., title="Value")
    view: View


class ReadingPage(BaseModel):
    """
    Readings in the order of unit, indicator, view and month; their vintages in that of instants.
    """

    items: list[ReadingOut] = Field(..., title="Items")
    next: str | None = Field(..., title="Next")


class ReadingWhy(BaseModel):
    """
    A reading traced to its formula, observations and deliveries.

    The figure of a set, a group or of neighbours has `members`, a page of them with their `inputs`, by rank and code;
    `next` leads to further ones. `others` are the members of all pages that are shown by name only.
    """

    checked_against: str = Field(..., title="Checked Against")
    formula: str = Field(..., title="Formula")
    inputs: list[InputOut] = Field(..., title="Inputs")
    members: list[MemberOut] = Field(..., title="Members")
    missing: list[MissingOut] = Field(..., title="Missing")
    next: str | None = Field(..., title="Next")
    others: OthersOut | None
    reading: ReadingOut
    source: str = Field(..., title="Source")
    words_de: str = Field(..., title="Words De")
    words_en: str = Field(..., title="Words En")
