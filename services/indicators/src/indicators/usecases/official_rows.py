"""Checking the rows of an official table: what cannot be compared is named by row, column and remedy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from chassis.caller import Reach
from domain.identity import IndicatorCode, UnitCode
from domain.indicator import Definition, answering, standing
from domain.official_fault import OfficialFault
from domain.period import BadMonth, Month, View
from domain.quantity import NotADecimal, decimal_of
from domain.reconciliation import OfficialFigure
from domain.unit import Units

from indicators.ports.reconciled import OfficialFinding, OfficialRow

LONGEST_VALUE = 80
EARLIEST = Month(1990, 1)
"""Years before that are slips of the pen: the law is of 2005."""
Definitions = Mapping[IndicatorCode, Sequence[Definition]]
Key = tuple[UnitCode, IndicatorCode, View, Month]


@dataclass(eq=False)
class _Wrong(Exception):
    """A cell that cannot be taken."""

    column: str
    code: OfficialFault
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What rows are held against: units, the caller's reach and the catalogue."""

    units: Units
    reach: Reach
    definitions: Definitions


def check(rows: Sequence[OfficialRow], yardstick: Yardstick) -> tuple[dict[Key, OfficialFigure], list[OfficialFinding]]:
    """Sort rows into figures, each once, and findings."""
    figures: dict[Key, OfficialFigure] = {}
    findings: list[OfficialFinding] = []
    for row in rows:
        try:
            _take(_figure(row, yardstick), figures)
        except _Wrong as wrong:
            value = wrong.value[:LONGEST_VALUE]
            findings.append(OfficialFinding(row=row.row, column=wrong.column, code=wrong.code, value=value))
    return figures, findings


def _take(figure: OfficialFigure, figures: dict[Key, OfficialFigure]) -> None:
    if key_of(figure) in figures:
        raise _Wrong("unit", OfficialFault.DUPLICATE_ROW, figure.unit)
    figures[key_of(figure)] = figure


def key_of(figure: OfficialFigure) -> Key:
    """Name what a figure stands for."""
    return figure.unit, figure.indicator, figure.view, figure.month


def definition_of(versions: Sequence[Definition], figure: OfficialFigure) -> Definition:
    """
    Choose the version that answers for a figure's month, of all or of those that the figure names.

    What somebody computed by a version they name is held against that version, also behind its end.
    """
    day = figure.month.last_day
    if figure.variant is None:
        return standing(versions, day) or answering(versions, day)
    chosen = named(versions, figure.variant)
    begun = max((d for d in chosen if d.valid_from <= day), key=lambda d: d.valid_from, default=chosen[0])
    return replace(begun, valid_until=None)


def named(versions: Sequence[Definition], variant: str) -> list[Definition]:
    """List the versions that a name such as K2/2, or a part of it behind the indicator's code, stands for."""
    return [version for version in versions if variant in (version.name, *version.name.split("/")[1:])]


def _figure(row: OfficialRow, yardstick: Yardstick) -> OfficialFigure:
    unit = UnitCode(row.unit)
    if unit not in yardstick.units.units:
        raise _Wrong("unit", OfficialFault.UNKNOWN_UNIT, row.unit)
    if yardstick.reach is not None and unit not in yardstick.reach:
        raise _Wrong("unit", OfficialFault.NOT_YOUR_UNIT, row.unit)
    versions = yardstick.definitions.get(IndicatorCode(row.indicator))
    if not versions:
        raise _Wrong("indicator", OfficialFault.UNKNOWN_INDICATOR, row.indicator)
    figure = OfficialFigure(
        row=row.row,
        unit=unit,
        indicator=IndicatorCode(row.indicator),
        view=_view(row, versions),
        month=_month(row),
        value=_value(row),
        variant=row.variant or None,
    )
    if figure.variant is not None and not named(versions, figure.variant):
        raise _Wrong("variant", OfficialFault.UNKNOWN_VARIANT, row.variant)
    return figure


def _view(row: OfficialRow, versions: Sequence[Definition]) -> View:
    try:
        return View(row.view) if row.view else versions[-1].default_view
    except ValueError as error:
        raise _Wrong("view", OfficialFault.UNKNOWN_VIEW, row.view) from error


def _month(row: OfficialRow) -> Month:
    try:
        month = Month.parse(row.month)
    except BadMonth as error:
        raise _Wrong("month", OfficialFault.BAD_MONTH, row.month) from error
    if month < EARLIEST:
        raise _Wrong("month", OfficialFault.BAD_MONTH, row.month)
    return month


def _value(row: OfficialRow) -> Decimal | None:
    try:
        return decimal_of(row.value) if row.value else None
    except NotADecimal as error:
        raise _Wrong("value", OfficialFault.NOT_A_DECIMAL, row.value) from error
