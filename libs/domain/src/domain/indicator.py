"""Indicators: dated, versioned formulas with the unit, direction and source they are told with."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.errors import Invalid, Text, Unknown
from domain.formula.tree import Formula
from domain.formula.typing import Variables, must_give
from domain.identity import IndicatorCode
from domain.period import View
from domain.quantity import PRECISE, Measure

HUNDRED = Decimal(100)


class Direction(StrEnum):
    """Which side of a target is the good one."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    WITHIN = "within"


@dataclass(eq=False)
class UnknownIndicator(Unknown):
    """There is no such indicator."""

    title_de = "Diese Kennzahl gibt es nicht."
    says = Text("there is no indicator '{code}'", "es gibt keine Kennzahl „{code}“")

    code: str


@dataclass(eq=False)
class ChangeNeedsRatio(Invalid):
    """Only a ratio of like to like is shown as a change."""

    title_de = "Nur ein Verhältnis von Gleichem zu Gleichem wird als Veränderung gezeigt."
    says = Text("'{indicator}' is told in {measure}", "„{indicator}“ wird in {measure} angegeben")

    indicator: str
    measure: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One version of an indicator: its formula from a day on, until a later version is valid."""

    indicator: IndicatorCode
    version: int
    valid_from: date
    label: str
    label_en: str
    formula: Formula
    measure: Measure
    direction: Direction | None
    places: int
    default_view: View
    shown_as_change: bool
    source: str
    checked_against: str

    def __post_init__(self) -> None:
        """Refuse a change that is not told in percent."""
        if self.shown_as_change and self.measure is not Measure.PERCENT:
            raise ChangeNeedsRatio(indicator=self.indicator, measure=self.measure)

    @property
    def name(self) -> str:
        """Name this version, such as K2/1."""
        return f"{self.indicator}/{self.version}"

    def check(self, variables: Variables) -> None:
        """Refuse a formula that does not make sense over the catalogue, or comes out in another unit."""
        must_give(self.formula, self.measure, variables)

    def told(self, value: Decimal, view: View) -> Decimal:
        """Turn a formula's value into the figure that is told: percent, or the change in percent."""
        for operation, number in self.telling(view):
            value = operation(value, number)
        return value

    def telling(self, view: View) -> tuple[tuple[Callable[[Decimal, Decimal], Decimal], Decimal], ...]:
        """Say what turns a formula's value into the figure that is told, step by step."""
        in_percent = (PRECISE.multiply, HUNDRED)
        if self.shown_as_change or view is View.CHANGE_PREVIOUS_YEAR:
            return (PRECISE.subtract, Decimal(1)), in_percent
        return (in_percent,) if self.measure is Measure.PERCENT else ()

    def measure_in(self, view: View) -> Measure:
        """Name the unit of the figure in a view: changes are told in percent."""
        return Measure.PERCENT if view is View.CHANGE_PREVIOUS_YEAR else self.measure


def in_force(definitions: Iterable[Definition], day: date) -> Definition | None:
    """Choose the version in force on a day, of versions of one indicator."""
    valid = [definition for definition in definitions if definition.valid_from <= day]
    return max(valid, key=lambda definition: (definition.valid_from, definition.version), default=None)
