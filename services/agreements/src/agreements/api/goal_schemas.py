"""Goals on the wire: flat, told apart by `kind`; a draft may lack what its finding then names."""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from chassis.wire import DecimalText, MonthText, Sent, Told
from domain.agreement_payload import goal_from, goal_payload
from domain.goal import Goal, Level
from domain.indicator import Direction
from domain.path import PathKind
from domain.period import View
from domain.quantity import Measure
from domain.responsibility import Scope
from domain.terms import Aim
from pydantic import Field, TypeAdapter

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,59}$", examples=["integration"])]
UnitCodeText = Annotated[str, Field(min_length=1, max_length=40, examples=["36402"])]
Sex = Literal["women", "men"]
Line = Annotated[str, Field(max_length=300)]
Prose = Annotated[str, Field(max_length=10_000)]


class ContributionWire(Sent):
    """What another office gives to a goal."""

    unit: UnitCodeText
    product: Line
    resources: Line


class PathWire(Sent):
    """The way to the target within the year; `values` by month for an explicit one."""

    kind: PathKind
    values: dict[MonthText, DecimalText] | None = None


class ThresholdsWire(Sent):
    """From which degree in percent a light is green, and from which yellow."""

    green: DecimalText
    yellow: DecimalText


class ExtraWire(Sent):
    """Posts beyond the plan, allowed under conditions."""

    up_to: DecimalText
    conditions: list[Line] = Field(max_length=20)
    split: Line | None = None


class GoalWire(Sent):
    """What goals of every kind have."""

    code: Code
    title: Line = ""
    section: Line | None = None
    scope: Scope | None = None
    level: Level | None = None
    carrier: UnitCodeText | None = None
    obligated: UnitCodeText | None = None
    derived_from: Code | None = None
    contributions: list[ContributionWire] = Field(default=[], max_length=50)
    evidence: Prose | None = None
    legal_basis: Line | None = None
    note: Prose | None = None
    filters: dict[Line, Line] = Field(default={}, max_length=10)
    trial: bool = False
    lineage: Line | None = None


class TargetGoal(GoalWire):
    """A reading against a value or a band."""

    kind: Literal["target"]
    indicator: Line | None = None
    view: View | None = None
    unit_of_measure: Measure | None = None
    direction: Direction | None = None
    target: DecimalText | None = None
    low: DecimalText | None = None
    high: DecimalText | None = None
    baseline: DecimalText | None = None
    path: PathWire | None = None
    thresholds: ThresholdsWire | None = None
    separately: dict[Sex, DecimalText] = Field(default_factory=dict)


class ChangeGoal(GoalWire):
    """A reading against its value of the year before; `change` in percent."""

    kind: Literal["change"]
    indicator: Line | None = None
    view: View | None = None
    unit_of_measure: Measure | None = None
    direction: Direction | None = None
    change: DecimalText | None = None
    thresholds: ThresholdsWire | None = None
    separately: dict[Sex, DecimalText] = Field(default_factory=dict)


class MonitoringGoal(GoalWire):
    """A reading beside the value forecast at the start of the year."""

    kind: Literal["monitoring"]
    indicator: Line | None = None
    view: View | None = None
    unit_of_measure: Measure | None = None
    forecast: DecimalText | None = None
    path: PathWire | None = None


class AppropriationGoal(GoalWire):
    """An amount made available for a service."""

    kind: Literal["appropriation"]
    amount: DecimalText | None = None
    currency: Literal["EUR"] = "EUR"
    indicator: Line | None = None
    due: date | None = None
    budget_title: Line | None = None


class DeliverableGoal(GoalWire):
    """Something done and accepted by a day."""

    kind: Literal["deliverable"]
    due: date | None = None


class StaffingGoal(GoalWire):
    """Posts against a plan, in full-time equivalents."""

    kind: Literal["staffing"]
    target: DecimalText | None = None
    unit_of_measure: Literal[Measure.FTE] = Measure.FTE
    indicator: Line | None = None
    of_which: dict[Line, DecimalText] = Field(default={}, max_length=50)
    counted_in: dict[Line, DecimalText] = Field(default={}, max_length=50)
    fixed_term_share_at_most: DecimalText | None = None
    extra: ExtraWire | None = None


class QualitativeGoal(GoalWire):
    """A goal without a figure, judged by its tendency."""

    kind: Literal["qualitative"]
    judged_by: UnitCodeText | None = None
    aim: Aim | None = None


class SupportOfferGoal(GoalWire):
    """Something the supervising body owes."""

    kind: Literal["support_offer"]
    due: date | None = None
    topic: Line | None = None


AnyGoal: TypeAlias = Annotated[
    TargetGoal
    | ChangeGoal
    | MonitoringGoal
    | AppropriationGoal
    | DeliverableGoal
    | StaffingGoal
    | QualitativeGoal
    | SupportOfferGoal,
    Field(discriminator="kind"),
]
_ANY: TypeAdapter[AnyGoal] = TypeAdapter(AnyGoal)


class GoalPage(Told):
    """The goals of an agreement's present revision, in their order."""

    items: list[AnyGoal]
    next: str | None


def goal_value(sent: AnyGoal) -> Goal:
    """Give the goal a client sent."""
    return goal_from(sent.model_dump(mode="json"))


def goal_out(goal: Goal) -> AnyGoal:
    """Tell a goal."""
    return _ANY.validate_python(goal_payload(goal))
