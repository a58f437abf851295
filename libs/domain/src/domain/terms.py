"""What only one kind of goal has: the terms a goal is judged by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, TypeAlias

from domain.bounds import FALL_OR_RISE, NOT_NEGATIVE, SHARE, Bounded, Range
from domain.errors import Invalid, Text
from domain.identity import IndicatorCode, UnitCode
from domain.indicator import Direction
from domain.path import Path
from domain.period import View
from domain.quantity import Measure


class GoalKind(StrEnum):
    """What a goal is judged by."""

    TARGET = "target"
    CHANGE = "change"
    MONITORING = "monitoring"
    APPROPRIATION = "appropriation"
    DELIVERABLE = "deliverable"
    STAFFING = "staffing"
    QUALITATIVE = "qualitative"
    SUPPORT_OFFER = "support_offer"


class Aim(StrEnum):
    """What a qualitative goal is after."""

    IMPROVE = "improve"
    HOLD = "hold"
    OBSERVE = "observe"
    OPTIMISE = "optimise"
    EVALUATE = "evaluate"


@dataclass(eq=False)
class BandCrossed(Invalid):
    """The lower edge of a band lies above the upper one."""

    title_de = "Die Untergrenze eines Bandes liegt über der Obergrenze."
    says = Text("{low} is more than {high}", "{low} ist mehr als {high}")

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds(Bounded):
    """From which degree of attainment a light is green, and from which yellow; in percent."""

    ranges: ClassVar[Mapping[str, Range]] = {"green": NOT_NEGATIVE, "yellow": NOT_NEGATIVE}

    green: Decimal = Decimal(100)
    yellow: Decimal = Decimal(95)

    def __post_init__(self) -> None:
        """Refuse a yellow above green."""
        Bounded.__post_init__(self)
        if self.yellow > self.green:
            raise BandCrossed(low=self.yellow, high=self.green)


USUAL = Thresholds()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTerms(Bounded):
    """A reading against a value, or a band from `low` to `high`; `separately` for women and men, shown together."""

    kind: ClassVar[GoalKind] = GoalKind.TARGET

    indicator: IndicatorCode | None = None
    view: View | None = None
    unit_of_measure: Measure | None = None
    direction: Direction | None = None
    target: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    baseline: Decimal | None = None
    path: Path | None = None
    thresholds: Thresholds | None = None
    separately: Mapping[str, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a band whose edges are crossed."""
        Bounded.__post_init__(self)
        if self.low is not None and self.high is not None and self.low > self.high:
            raise BandCrossed(low=self.low, high=self.high)

    @property
    def needed(self) -> tuple[str, ...]:
        """Name the fields a complete goal has."""
        values = ("low", "high") if self.direction is Direction.WITHIN else ("target",)
        return ("indicator", "view", "unit_of_measure", "direction", *values)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTerms(Bounded):
    """A reading against its value of the year before; `change` in percent, also `separately` for women and men."""

    kind: ClassVar[GoalKind] = GoalKind.CHANGE
    needed: ClassVar[tuple[str, ...]] = ("indicator", "view", "unit_of_measure", "direction", "change")
    ranges: ClassVar[Mapping[str, Range]] = {"change": FALL_OR_RISE}

    indicator: IndicatorCode | None = None
    view: View | None = None
    unit_of_measure: Measure | None = None
    direction: Direction | None = None
    change: Decimal | None = None
    thresholds: Thresholds | None = None
    separately: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringTerms(Bounded):
    """A reading beside the value forecast at the start of the year; never a light of its own."""

    kind: ClassVar[GoalKind] = GoalKind.MONITORING
    needed: ClassVar[tuple[str, ...]] = ("indicator", "view", "unit_of_measure", "forecast")

    indicator: IndicatorCode | None = None
    view: View | None = None
    unit_of_measure: Measure | None = None
    forecast: Decimal | None = None
    path: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppropriationTerms(Bounded):
    """An amount made available for a service; `indicator` tells what has been spent of it."""

    kind: ClassVar[GoalKind] = GoalKind.APPROPRIATION
    needed: ClassVar[tuple[str, ...]] = ("amount",)
    ranges: ClassVar[Mapping[str, Range]] = {"amount": NOT_NEGATIVE}

    amount: Decimal | None = None
    currency: str = "EUR"
    indicator: IndicatorCode | None = None
    due: date | None = None
    budget_title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverableTerms:
    """Something done and accepted by a day, which may lie after the year."""

    kind: ClassVar[GoalKind] = GoalKind.DELIVERABLE
    needed: ClassVar[tuple[str, ...]] = ("due",)

    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra(Bounded):
    """Posts beyond the plan, allowed under conditions."""

    ranges: ClassVar[Mapping[str, Range]] = {"up_to": NOT_NEGATIVE}

    up_to: Decimal
    conditions: tuple[str, ...]
    split: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffingTerms(Bounded):
    """Posts against a plan, in full-time equivalents; shares capped in percent."""

    kind: ClassVar[GoalKind] = GoalKind.STAFFING
    needed: ClassVar[tuple[str, ...]] = ("target", "indicator")
    ranges: ClassVar[Mapping[str, Range]] = {
        "target": NOT_NEGATIVE,
        "of_which": NOT_NEGATIVE,
        "counted_in": NOT_NEGATIVE,
        "fixed_term_share_at_most": SHARE,
    }

    target: Decimal | None = None
    unit_of_measure: Measure = Measure.FTE
    indicator: IndicatorCode | None = None
    of_which: Mapping[str, Decimal] = field(default_factory=dict)
    counted_in: Mapping[str, Decimal] = field(default_factory=dict)
    fixed_term_share_at_most: Decimal | None = None
    extra: Extra | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QualitativeTerms:
    """A goal without a figure: its tendency is set by the unit named for it."""

    kind: ClassVar[GoalKind] = GoalKind.QUALITATIVE
    needed: ClassVar[tuple[str, ...]] = ()

    judged_by: UnitCode | None = None
    aim: Aim | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportOfferTerms:
    """Something the supervising body owes."""

    kind: ClassVar[GoalKind] = GoalKind.SUPPORT_OFFER
    needed: ClassVar[tuple[str, ...]] = ("due", "topic")

    due: date | None = None
    topic: str | None = None


Terms: TypeAlias = (
    TargetTerms
    | ChangeTerms
    | MonitoringTerms
    | AppropriationTerms
    | DeliverableTerms
    | StaffingTerms
    | QualitativeTerms
    | SupportOfferTerms
)
TERMS: tuple[type[Terms], ...] = (
    TargetTerms,
    ChangeTerms,
    MonitoringTerms,
    AppropriationTerms,
    DeliverableTerms,
    StaffingTerms,
    QualitativeTerms,
    SupportOfferTerms,
)
