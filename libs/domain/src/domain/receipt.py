"""What came in of what is owed: per unit, month and variable, for a unit or for all its parts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.identity import UnitCode, VariableCode
from domain.period import Month
from domain.unit import Units

ANY_VARIABLE = VariableCode("")
"""Stands for rejected rows that do not tell which variable they were for."""


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """Rows were rejected on one day and made good on another."""

    rejected: date
    cured: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """
    What came of a variable: the day since which it is there, the newest rows nothing has cured, and gaps before.

    `withheld` is there where its source keeps anything of it back: the day since which that is known, or on which the
    value came that it told before.
    """

    since: date | None = None
    withheld: date | None = None
    rejected: int = 0
    gaps: tuple[Gap, ...] = ()


Receipts = Mapping[tuple[UnitCode, Month], Mapping[VariableCode, Receipt]]
NOTHING: Mapping[VariableCode, Receipt] = {}


@dataclass(frozen=True, slots=True)
class Arrival:
    """
    How a variable stands for a unit: the day since which it is whole, and who has not delivered it.

    `asked` are all units that it was looked for at; `some` says whether anybody delivered. Where its source keeps it
    back, what can be done is done: it is whole, and the units are `withheld`.
    """

    since: date | None
    missing: tuple[UnitCode, ...]
    asked: tuple[UnitCode, ...]
    some: bool
    withheld: tuple[UnitCode, ...] = ()


@dataclass(slots=True)
class Incoming:
    """Looks at receipts as readings do: a unit's own variable counts, else that of all its parts of the month."""

    units: Units
    receipts: Receipts
    _known: dict[tuple[UnitCode, Month, VariableCode], Arrival] = field(default_factory=dict)

    def arrival(self, unit: UnitCode, month: Month, variable: VariableCode) -> Arrival:
        """Say how a variable of a month stands for a unit."""
        key = (unit, month, variable)
        if key not in self._known:
            self._known[key] = Arrival(None, (unit,), (unit,), some=False)  # for a unit that is part of itself
            self._known[key] = self._found(unit, month, variable)
        return self._known[key]

    def rows(self, units: Collection[UnitCode], month: Month, variables: Collection[VariableCode]) -> Iterator[Receipt]:
        """Give what came of some variables, or of none that was told, for units and a month."""
        for unit in units:
            came = self.receipts.get((unit, month), NOTHING)
            for variable in (*variables, ANY_VARIABLE) if came else ():
                if variable in came:
                    yield came[variable]

    def _found(self, unit: UnitCode, month: Month, variable: VariableCode) -> Arrival:
        own = self.receipts.get((unit, month), NOTHING).get(variable)
        if own is not None and own.since is not None:
            return Arrival(own.since, (), (unit,), some=True)
        parts = [self.arrival(part, month, variable) for part in self.units.parts(unit, month.first_day)]
        summed = _summed(unit, parts) if parts else Arrival(None, (unit,), (unit,), some=False)
        if own is not None and own.withheld is not None and summed.since is None:
            return Arrival(own.withheld, (), summed.asked, some=True, withheld=(unit,))
        return summed


def _summed(unit: UnitCode, parts: Collection[Arrival]) -> Arrival:
    """Put together what came of the parts of a unit."""
    days = [part.since for part in parts if part.since is not None]
    return Arrival(
        max(days) if len(days) == len(parts) else None,
        tuple(sorted({code for part in parts for code in part.missing})),
        (unit, *sorted({code for part in parts for code in part.asked})),
        some=any(part.some for part in parts),
        withheld=tuple(sorted({code for part in parts for code in part.withheld})),
    )
