"""Values of units as they are known: a unit's own, else the sum of its parts, traced down to observations."""

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from domain.formula.evaluation import Look
from domain.identity import UnitCode
from domain.observation import Key, Observation
from domain.period import Month
from domain.quantity import PRECISE
from domain.unit import Units
from domain.variable import Cell


@dataclass(frozen=True, slots=True, order=True)
class MissingInput:
    """A value that is not there: whose, what, for which month; and whether its source keeps it back."""

    unit: UnitCode
    cell: Cell
    month: Month
    withheld: bool = False


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
