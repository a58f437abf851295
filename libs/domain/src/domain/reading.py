"""What an indicator came to for a unit in a month, with both sides of the ratio, its inputs and its state."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from domain.formula.evaluation import Look, evaluate, inputs
from domain.formula.typing import Variables
from domain.formula.views import in_view
from domain.identity import DeliveryId, IndicatorCode, UnitCode
from domain.indicator import Definition
from domain.observation import Key, Observation
from domain.period import Month, View
from domain.quantity import PRECISE, Measure
from domain.unit import Units
from domain.value_status import ValueStatus, least_firm
from domain.variable import Cell

WAITING_MONTHS = 3


class DataState(StrEnum):
    """How firm a figure is."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    EXTRAPOLATED = "extrapolated"
    IMPUTED = "imputed"
    INCOMPLETE = "incomplete"


SOFT: Mapping[ValueStatus, DataState] = MappingProxyType(
    {ValueStatus.EXTRAPOLATED: DataState.EXTRAPOLATED, ValueStatus.IMPUTED: DataState.IMPUTED}
)
"""What a figure is that is built on values nobody counted, however much time has passed."""


class NoValue(StrEnum):
    """Why a figure has no value."""

    MISSING_INPUT = "missing_input"
    WITHHELD = "withheld"
    DIVISION_BY_ZERO = "division_by_zero"
    NO_DATA = "no_data"
    NOT_DEFINED = "not_defined"


@dataclass(frozen=True, slots=True, order=True)
class MissingInput:
    """A value that is not there: whose, what, for which month; and whether its source keeps it back."""

    unit: UnitCode
    cell: Cell
    month: Month
    withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A figure: unrounded value in the indicator's unit, or none with a reason."""

    unit: UnitCode
    indicator: IndicatorCode
    month: Month
    view: View
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    measure: Measure
    state: DataState
    definition: str
    reason: NoValue | None = None
    missing: tuple[MissingInput, ...] = ()
    deliveries: frozenset[DeliveryId] = frozenset()


Place = tuple[Cell, Month]
Trace = tuple[list[Observation], list[MissingInput]]
"""What a value is made of, and what it lacks."""


class KnownNow(Protocol):
    """What is known of each key."""

    def get(self, key: Key, /) -> Observation | None:
        """Give it, if there is anything."""


@dataclass(slots=True)
class Figures:
    """
    Observations as they are known, looked at for a unit: its own value, else the sum of its parts in that month.

    `withheld` are values that their source keeps back.
    """

    units: Units
    known: KnownNow
    withheld: AbstractSet[Key] = frozenset()
    _sums: defaultdict[Place, dict[UnitCode, Decimal | None]] = field(default_factory=lambda: defaultdict(dict))
    _traces: defaultdict[Place, dict[UnitCode, Trace]] = field(default_factory=lambda: defaultdict(dict))

    def look_anew(self, places: Iterable[Place]) -> None:
        """Forget what was found where `known` has become another."""
        for place in places:
            self._sums.pop(place, None)
            self._traces.pop(place, None)

    def look(self, unit: UnitCode) -> Look:
        """Give the look of a formula at one unit."""
        return lambda cell, month: self.value(unit, cell, month)

    def value(self, unit: UnitCode, cell: Cell, month: Month) -> Decimal | None:
        """Give a unit's value; a sum exists only where every part has its value (missing is not zero)."""
        found = self._sums[cell, month]
        if unit not in found:
            found[unit] = None  # a unit that is part of itself finds nothing there
            found[unit] = self._found((unit, cell, month))
        return found[unit]

    def _found(self, key: Key) -> Decimal | None:
        unit, cell, month = key
        own = self.known.get(key)
        if own is not None and own.value is not None:
            return own.value
        parts = self.units.parts(unit, month.first_day)
        total = Decimal(0)
        for part in parts:
            value = self.value(part, cell, month)
            if value is None:
                return None
            total = PRECISE.add(total, value)
        return total if parts else None

    def sources(self, unit: UnitCode, cell: Cell, month: Month) -> Trace:
        """
        Trace a value to the observations it is made of, and to those it lacks.

        Where a unit's own value is kept back, it is that which lacks, and not the parts that do not make it up either.
        """
        found = self._traces[cell, month]
        if unit not in found:
            found[unit] = self._traced(unit, cell, month, ())
        return found[unit]

    def _traced(self, unit: UnitCode, cell: Cell, month: Month, above: tuple[UnitCode, ...]) -> Trace:
        """Trace a value; `above` are the units on the way."""
        own = self.known.get((unit, cell, month))
        if own is not None and own.value is not None:
            return [own], []
        lacking_itself = MissingInput(unit, cell, month, withheld=(unit, cell, month) in self.withheld)
        parts = self.units.parts(unit, month.first_day)
        if not parts or unit in above:
            return [], [lacking_itself]
        found, missing = [], []
        for part in parts:
            used, lacking = self._traced(part, cell, month, (*above, unit))
            found += used
            missing += lacking
        return ([], [lacking_itself]) if missing and lacking_itself.withheld else (found, missing)


def read(
    definition: Definition,
    unit: UnitCode,
    month: Month,
    view: View,
    *,
    figures: Figures,
    variables: Variables,
    on: date,
) -> Reading:
    """
    Read an indicator exactly, as it is known on a day; final after a waiting time of three months.

    Behind the end of its definition there is no figure, and nothing is missing for it.
    """
    if definition.ended(month.last_day):
        return not_defined(definition, unit, month, view, on)
    formula = in_view(definition.formula, view, variables)
    outcome = evaluate(formula, month, figures.look(unit))
    used, missing = _traced(figures, unit, set(inputs(formula, month)))
    return Reading(
        unit=unit,
        indicator=definition.indicator,
        month=month,
        view=view,
        value=None if outcome.value is None else definition.told(outcome.value, view),
        numerator=outcome.numerator,
        denominator=outcome.denominator,
        measure=definition.measure_in(view),
        state=state_made_of(month, on, (one.status for one in used), missing),
        definition=definition.name,
        reason=reason_for(outcome.value, missing, used),
        missing=tuple(sorted(missing)),
        deliveries=frozenset(observation.delivery for observation in used),
    )


def not_defined(definition: Definition, unit: UnitCode, month: Month, view: View, on: date) -> Reading:
    """Say that there is no figure behind the end of its definition."""
    return Reading(
        unit=unit,
        indicator=definition.indicator,
        month=month,
        view=view,
        value=None,
        numerator=None,
        denominator=None,
        measure=definition.measure_in(view),
        state=state_of(month, on),
        definition=definition.name,
        reason=NoValue.NOT_DEFINED,
    )


def state_of(month: Month, on: date) -> DataState:
    """Tell the state of a complete figure of counted values: provisional until three whole months have passed."""
    return DataState.FINAL if on > month.plus(WAITING_MONTHS).last_day else DataState.PROVISIONAL


def _traced(figures: Figures, unit: UnitCode, cells: set[Place]) -> Trace:
    used, missing = [], []
    for cell, month in cells:
        found, lacking = figures.sources(unit, cell, month)
        used += found
        missing += lacking
    return used, missing


def state_made_of(month: Month, on: date, statuses: Iterable[ValueStatus], missing: Collection[object]) -> DataState:
    """Tell the state of a figure: incomplete, else what the least firm of its values makes it."""
    return DataState.INCOMPLETE if missing else SOFT.get(least_firm(statuses)) or state_of(month, on)


def reason_for(value: Decimal | None, missing: Collection[MissingInput], used: Collection[object]) -> NoValue | None:
    """Say why a figure has no value, where it has none."""
    if value is not None:
        return None
    if not missing:
        return NoValue.DIVISION_BY_ZERO
    if all(one.withheld for one in missing):
        return NoValue.WITHHELD
    return NoValue.MISSING_INPUT if used else NoValue.NO_DATA
