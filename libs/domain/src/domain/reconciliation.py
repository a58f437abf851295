"""Reconciliation: official figures beside our own, difference by difference, each with its likely cause."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.delivery import FileFault
from domain.identity import IndicatorCode, UnitCode
from domain.period import Month, View
from domain.quantity import PRECISE, Measure, half_up

FINEST = 10
ROUNDING_BASE = Decimal(10)
COUNTED = frozenset({Measure.PERSONS, Measure.CASES, Measure.CONTACTS})


class ReconciliationStatus(StrEnum):
    """How far a comparison has come."""

    RECEIVED = "received"
    COMPARING = "comparing"
    COMPARED = "compared"
    FAILED = "failed"


OPEN = frozenset({ReconciliationStatus.RECEIVED, ReconciliationStatus.COMPARING})
"""The states in which a comparison still waits for its outcome."""


class Cause(StrEnum):
    """Why an official figure and ours may differ, in the order in which causes are tried."""

    MISSING_HERE = "missing_here"
    MISSING_THERE = "missing_there"
    ROUNDING = "rounding"
    EQUAL_AS_OF = "equal_as_of"
    VARIANT = "variant"
    BOUNDARY = "boundary"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialFigure:
    """
    One row of an official table; no value means that the figure is not published.

    `variant` names a definition; `dimensions` say of whom it tells, all without any.
    """

    row: int
    unit: UnitCode
    indicator: IndicatorCode
    view: View
    month: Month
    value: Decimal | None
    variant: str | None = None
    dimensions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What would give the official figure: an earlier state, another definition or view, another boundary."""

    as_of: datetime | None = None
    definition: str | None = None
    view: View | None = None
    plus: tuple[UnitCode, ...] = ()
    minus: tuple[UnitCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureDifference:
    """An official figure that is not ours; `relative` is the difference in percent of the official figure."""

    row: int | None
    unit: UnitCode
    indicator: IndicatorCode
    view: View
    month: Month
    official: Decimal | None
    ours: Decimal | None
    difference: Decimal | None
    relative: Decimal | None
    cause: Cause
    explained_by: Explanation
    dimensions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """
    One run: which table is compared with which state of the data, how far that is, and how many figures came out how.

    Until it is compared, `state` is the one it was received over; `asked` are the figures of the table with those it
    leaves out. Runs of before comparing took its time were compared when they were received.
    """

    id: UUID
    digest: str
    media_type: str
    state: str
    by: str
    at: datetime
    size: int = 0
    status: ReconciliationStatus = ReconciliationStatus.COMPARED
    asked: int = 0
    compared: int = 0
    read: int = 0
    rejected: int = 0
    equal: int = 0
    unpublished: int = 0
    causes: Mapping[str, int] = field(default_factory=dict)
    ignored_columns: tuple[str, ...] = ()
    fault: FileFault | None = None


def agrees(official: Decimal, ours: Decimal) -> bool:
    """Say whether our figure, rounded half up to the places the official one is told with, is the official one."""
    places = places_of(official)
    return half_up(ours, places) == half_up(official, places)


def rounded_otherwise(official: Decimal, ours: Decimal, measure: Measure) -> bool:
    """Say whether another way of rounding explains the difference: cut off, rounded twice, or to multiples of ten."""
    step = Decimal(1).scaleb(-places_of(official))
    if abs(PRECISE.subtract(official, ours)) < step:
        return True
    tens = measure in COUNTED and official % ROUNDING_BASE == 0
    return tens and abs(PRECISE.subtract(official, ours)) <= ROUNDING_BASE / 2


def places_of(number: Decimal) -> int:
    """Count the decimal places a number is told with, ten at the most.

    >>> places_of(Decimal("20.60")), places_of(Decimal("17283")), places_of(Decimal("1E+2"))
    (2, 0, 0)
    """
    return min(FINEST, max(0, -int(number.as_tuple().exponent)))


def differing(
    figure: OfficialFigure, ours: Decimal | None, cause: Cause, explained_by: Explanation | None = None
) -> FigureDifference:
    """Put both figures side by side."""
    gap = None if figure.value is None or ours is None else PRECISE.subtract(ours, figure.value)
    relative = None
    if gap is not None and figure.value:
        relative = PRECISE.multiply(PRECISE.divide(gap, abs(figure.value)), Decimal(100))
    return FigureDifference(
        row=figure.row or None,
        unit=figure.unit,
        indicator=figure.indicator,
        view=figure.view,
        month=figure.month,
        official=figure.value,
        ours=_told(ours),
        difference=_told(gap),
        relative=None if relative is None else half_up(relative, 4),
        cause=cause,
        explained_by=explained_by or Explanation(),
        dimensions=figure.dimensions,
    )


def _told(value: Decimal | None) -> Decimal | None:
    """Cut an endless quotient to ten places; what has fewer stays as it is."""
    if value is None or -int(value.as_tuple().exponent) <= FINEST:
        return value
    return half_up(value, FINEST).normalize() + 0
