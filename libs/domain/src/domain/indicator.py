"""Indicators: dated, versioned formulas with the unit, direction and source they are told with."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.dated import begun, holding
from domain.errors import Invalid, Text, Unknown
from domain.formula.tree import Formula
from domain.formula.typing import Variables, must_give
from domain.identity import IndicatorCode
from domain.period import View
from domain.quantity import PRECISE, Measure

HUNDRED = Decimal(100)
FEDERAL = "federal"


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
class UnknownVariant(Unknown):
    """An indicator has no such variant."""

    title_de = "Diese Kennzahl hat keine solche Variante."
    says = Text("'{indicator}' has no variant '{variant}'", "„{indicator}“ hat keine Variante „{variant}“")

    indicator: str
    variant: str


@dataclass(eq=False)
class ChangeNeedsRatio(Invalid):
    """Only a ratio of like to like is shown as a change."""

    title_de = "Nur ein Verhältnis von Gleichem zu Gleichem wird als Veränderung gezeigt."
    says = Text("'{indicator}' is told in {measure}", "„{indicator}“ wird in {measure} angegeben")

    indicator: str
    measure: Measure


@dataclass(eq=False)
class ValidityBackward(Invalid):
    """A version of an indicator ends after it begins."""

    title_de = "Eine Fassung einer Kennzahl endet nach ihrem Beginn."
    says = Text("{name} would end before it begins", "{name} würde vor dem Beginn enden")

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """
    One version of an indicator: its formula from a day on, until a later version is valid or its own validity ends.

    A `variant` is another reading of the same indicator that has its own versions; `federal` is what the federal
    statistics compute, and what counts where none is asked for. The `note` tells what the formula does not.
    """

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
    variant: str = FEDERAL
    valid_until: date | None = None
    note: str = ""
    note_en: str = ""

    def __post_init__(self) -> None:
        """Refuse a change that is not told in percent, and a validity that ends before it begins."""
        if self.valid_until is not None and self.valid_until <= self.valid_from:
            raise ValidityBackward(name=self.name)
        if self.shown_as_change and self.measure is not Measure.PERCENT:
            raise ChangeNeedsRatio(indicator=self.indicator, measure=self.measure)

    @property
    def name(self) -> str:
        """Name this version, such as K2/1; a variant bears its own name behind it, such as K2/1/ordinance."""
        name = f"{self.indicator}/{self.version}"
        return name if self.variant == FEDERAL else f"{name}/{self.variant}"

    def called(self, name: str) -> bool:
        """Say whether a name means this version: in full, or a part of it behind the indicator's code."""
        return name in (self.name, *self.name.split("/")[1:])

    def ended(self, day: date) -> bool:
        """Say whether its validity is over on a day: then it tells no figure."""
        return self.valid_until is not None and self.valid_until <= day

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


def in_force(definitions: Iterable[Definition], day: date, variant: str = FEDERAL) -> Definition | None:
    """Choose the version of a variant in force on a day, of versions of one indicator."""
    return holding(_versions(definitions, variant), day)


def standing(definitions: Iterable[Definition], day: date, variant: str = FEDERAL) -> Definition | None:
    """Choose the version of a variant that answers for a figure of a day; a variant that does not exist has none."""
    versions = _versions(definitions, variant)
    return answering(versions, day) if versions else None


def answering(versions: Sequence[Definition], day: date) -> Definition:
    """
    Choose among a variant's versions the one begun last by a day; before the first one, that first one stands in.

    It may have ended by then (`ended`): it answers that there is no figure.
    """
    return begun(versions, day) or min(versions, key=lambda definition: definition.valid_from)


def held_against(versions: Sequence[Definition], day: date, name: str | None = None) -> Definition:
    """
    Choose the version that an official figure of a day is held against: of all, or of those that it names (`named`).

    What somebody computed by a version they name is held against that version, also behind its end.
    """
    asked = versions if name is None else named(versions, name)
    found = standing(asked, day) or answering(asked, day)
    return found if name is None else replace(found, valid_until=None)


def named(definitions: Iterable[Definition], name: str) -> list[Definition]:
    """List the versions that a name such as K2/2, 2 or ordinance stands for."""
    return [definition for definition in definitions if definition.called(name)]


def _versions(definitions: Iterable[Definition], variant: str) -> list[Definition]:
    chosen = [definition for definition in definitions if definition.variant == variant]
    return sorted(chosen, key=lambda definition: (definition.valid_from, definition.version))
