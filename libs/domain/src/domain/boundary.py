"""Other boundaries of a unit: with whom it succeeds or is succeeded by, without a part, by its parts alone."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.figures import Figures
from domain.formula.evaluation import Look
from domain.identity import UnitCode
from domain.period import Month
from domain.quantity import PRECISE
from domain.unit import Units
from domain.unit_relation import RelationKind
from domain.variable import Cell

Kin = Mapping[UnitCode, tuple[UnitCode, ...]]
"""With whom each unit stands in a succession."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """Units whose values are added, and units whose values are taken away."""

    plus: tuple[UnitCode, ...]
    minus: tuple[UnitCode, ...] = ()

    @property
    def codes(self) -> tuple[UnitCode, ...]:
        """List all units it speaks of."""
        return (*self.plus, *self.minus)

    def look(self, figures: Figures) -> Look:
        """
        Give the look of a formula at this boundary.

        Of units that are added one may have no value in a month, as a predecessor has none after the reform; what is
        taken away must be there.
        """

        def looked(cell: Cell, month: Month) -> Decimal | None:
            added = [figures.value(code, cell, month) for code in self.plus]
            taken = [figures.value(code, cell, month) for code in self.minus]
            if all(value is None for value in added) or any(value is None for value in taken):
                return None
            total = Decimal(0)
            for value in added:
                total = PRECISE.add(total, value or Decimal(0))
            for value in taken:
                total = PRECISE.subtract(total, value or Decimal(0))
            return total

        return looked


def boundaries(units: Units, unit: UnitCode, day: date, kin: Kin) -> list[Boundary]:
    """List the other boundaries a unit may have been counted in: likely ones first."""
    parts = units.parts(unit, day)
    found = [Boundary((unit, other)) for other in kin.get(unit, ())]
    found += [Boundary((unit,), (part,)) for part in parts]
    if parts:
        found += [Boundary(parts), Boundary((unit, *parts))]
    return found


def kin_of(units: Units) -> Kin:
    """List for every unit those that it directly succeeds or is succeeded by, in the order of their codes."""
    found: defaultdict[UnitCode, set[UnitCode]] = defaultdict(set)
    for relation in units.relations:
        if relation.kind is RelationKind.SUCCEEDS:
            found[relation.source].add(relation.target)
            found[relation.target].add(relation.source)
    return {unit: tuple(sorted(others)) for unit, others in found.items()}
