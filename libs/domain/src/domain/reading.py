"""What an indicator came to for a unit in a month, with both sides of the ratio, its inputs and its state."""

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from domain.figures import Figures, MissingInput, Place
from domain.formula.evaluation import evaluate, inputs
from domain.formula.typing import Variables
from domain.formula.views import in_view
from domain.identity import DeliveryId, IndicatorCode, UnitCode
from domain.indicator import Definition
from domain.period import Month, View
from domain.quantity import Measure
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


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeOf:
    """What a figure is made of: how its values came to be, who delivered them, and which it lacks."""

    statuses: AbstractSet[ValueStatus]
    deliveries: frozenset[DeliveryId]
    missing: Collection[MissingInput]


class Source(Protocol):
    """Where a figure's values come from: a unit, or members that are read as one."""

    def value(self, cell: Cell, month: Month, /) -> Decimal | None:
        """Give a value, if it is there."""

    def made_of(self, places: AbstractSet[Place], /) -> MadeOf:
        """Trace what a figure of these values is made of."""


@dataclass(frozen=True, slots=True)
class _OfUnit:
    """One unit's figures as a source."""

    figures: Figures
    unit: UnitCode

    def value(self, cell: Cell, month: Month) -> Decimal | None:
        return self.figures.value(self.unit, cell, month)

    def made_of(self, places: AbstractSet[Place]) -> MadeOf:
        statuses, deliveries, missing = set[ValueStatus](), set[DeliveryId](), list[MissingInput]()
        for cell, month in places:
            found, lacking = self.figures.sources(self.unit, cell, month)
            statuses |= {one.status for one in found}
            deliveries |= {one.delivery for one in found}
            missing += lacking
        return MadeOf(statuses=statuses, deliveries=frozenset(deliveries), missing=missing)


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
    """Read an indicator exactly, as it is known on a day; final after a waiting time of three months."""
    return read_from(_OfUnit(figures, unit), definition, unit, month, view, variables=variables, on=on)


def read_from(
    source: Source,
    definition: Definition,
    unit: UnitCode,
    month: Month,
    view: View,
    *,
    variables: Variables,
    on: date,
) -> Reading:
    """Read an indicator; behind the end of its definition there is no figure, and nothing is missing for it."""
    if definition.ended(month.last_day):
        return _not_defined(definition, unit, month, view, on)
    formula = in_view(definition.formula, view, variables)
    outcome = evaluate(formula, month, source.value)
    made_of = source.made_of({*inputs(formula, month)})
    return Reading(
        unit=unit,
        indicator=definition.indicator,
        month=month,
        view=view,
        value=None if outcome.value is None else definition.told(outcome.value, view),
        numerator=outcome.numerator,
        denominator=outcome.denominator,
        measure=definition.measure_in(view),
        state=_state_made_of(made_of, month, on),
        definition=definition.name,
        reason=None if outcome.value is not None else _reason_for(made_of),
        missing=tuple(sorted(made_of.missing)),
        deliveries=made_of.deliveries,
    )


def _not_defined(definition: Definition, unit: UnitCode, month: Month, view: View, on: date) -> Reading:
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


def _state_made_of(made_of: MadeOf, month: Month, on: date) -> DataState:
    """Tell the state of a figure: incomplete, else what the least firm of its values makes it."""
    return DataState.INCOMPLETE if made_of.missing else SOFT.get(least_firm(made_of.statuses)) or state_of(month, on)


def _reason_for(made_of: MadeOf) -> NoValue:
    """Say why a figure has no value."""
    if not made_of.missing:
        return NoValue.DIVISION_BY_ZERO
    if all(one.withheld for one in made_of.missing):
        return NoValue.WITHHELD
    return NoValue.MISSING_INPUT if made_of.deliveries else NoValue.NO_DATA
