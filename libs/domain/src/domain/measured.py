"""What a measured goal is held against: the terms of every measured kind in one form."""

from dataclasses import dataclass
from decimal import Decimal

from domain.goal import Goal
from domain.identity import IndicatorCode
from domain.indicator import Direction
from domain.path import YEARS_OF_PROFILE, Path, PathKind
from domain.period import View
from domain.quantity import Measure
from domain.terms import (
    USUAL,
    AppropriationTerms,
    ChangeTerms,
    MonitoringTerms,
    StaffingTerms,
    TargetTerms,
    Thresholds,
)

LEVEL = Path(kind=PathKind.LEVEL)
PROFILE = Path(kind=PathKind.PRIOR_YEAR_PROFILE)
SUMMED = frozenset({Measure.PERSONS, Measure.CASES, Measure.CONTACTS, Measure.EUR})


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredTerms:
    """An indicator in a view, the direction that is good, and a target, a band or a change in percent."""

    indicator: IndicatorCode
    view: View
    unit_of_measure: Measure
    direction: Direction
    path: Path
    target: Decimal | None = None
    band: tuple[Decimal, Decimal] | None = None
    change: Decimal | None = None
    thresholds: Thresholds = USUAL

    @property
    def years_back(self) -> int:
        """Count the past years whose readings the path asks for."""
        if self.change is not None:
            return 1
        return YEARS_OF_PROFILE if self.path.kind is PathKind.PRIOR_YEAR_PROFILE else 0


def measured_terms(goal: Goal) -> MeasuredTerms | None:
    """Give what a goal is held against; None where it is not measured, or not completely described."""
    match goal.terms:
        case TargetTerms():
            return _of_target(goal.terms)
        case ChangeTerms():
            return _of_change(goal.terms)
        case MonitoringTerms():
            return _of_monitoring(goal.terms)
        case AppropriationTerms():
            return _of_appropriation(goal.terms)
        case StaffingTerms():
            return _of_staffing(goal.terms)
        case _:
            return None


def usual_path(view: View, measure: Measure) -> Path:
    """Choose the path where none is agreed: the past years' profile for sums over the year, else the level."""
    return PROFILE if view is View.YEAR_TO_DATE and measure in SUMMED else LEVEL


def _of_target(terms: TargetTerms) -> MeasuredTerms | None:
    if terms.indicator is None or terms.view is None or terms.unit_of_measure is None or terms.direction is None:
        return None
    band = None if terms.low is None or terms.high is None else (terms.low, terms.high)
    return MeasuredTerms(
        indicator=terms.indicator,
        view=terms.view,
        unit_of_measure=terms.unit_of_measure,
        direction=terms.direction,
        path=terms.path or usual_path(terms.view, terms.unit_of_measure),
        target=terms.target,
        band=band if terms.direction is Direction.WITHIN else None,
        thresholds=terms.thresholds or USUAL,
    )


def _of_change(terms: ChangeTerms) -> MeasuredTerms | None:
    if terms.indicator is None or terms.view is None or terms.unit_of_measure is None or terms.direction is None:
        return None
    return MeasuredTerms(
        indicator=terms.indicator,
        view=terms.view,
        unit_of_measure=terms.unit_of_measure,
        direction=terms.direction,
        path=PROFILE,
        change=terms.change,
        thresholds=terms.thresholds or USUAL,
    )


def _of_monitoring(terms: MonitoringTerms) -> MeasuredTerms | None:
    if terms.indicator is None or terms.view is None or terms.unit_of_measure is None:
        return None
    return MeasuredTerms(
        indicator=terms.indicator,
        view=terms.view,
        unit_of_measure=terms.unit_of_measure,
        direction=Direction.AT_MOST,
        path=terms.path or usual_path(terms.view, terms.unit_of_measure),
        target=terms.forecast,
    )


def _of_appropriation(terms: AppropriationTerms) -> MeasuredTerms | None:
    """Hold what was spent this year against the whole amount: the frame must not be exceeded."""
    if terms.indicator is None:
        return None
    return MeasuredTerms(
        indicator=terms.indicator,
        view=View.YEAR_TO_DATE,
        unit_of_measure=Measure.EUR,
        direction=Direction.AT_MOST,
        path=LEVEL,
        target=terms.amount,
    )


def _of_staffing(terms: StaffingTerms) -> MeasuredTerms | None:
    """Hold the posts of the month against the plan."""
    if terms.indicator is None:
        return None
    return MeasuredTerms(
        indicator=terms.indicator,
        view=View.MONTH,
        unit_of_measure=terms.unit_of_measure,
        direction=Direction.AT_LEAST,
        path=LEVEL,
        target=terms.target,
    )
