"""What members bring to a figure that is read of several units as one: values that add up to it exactly."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from domain.figures import Figures, MissingInput, Place
from domain.formula.adding import adds_up
from domain.formula.evaluation import evaluate
from domain.formula.tree import Formula, Operation, Sign
from domain.formula.typing import Variables
from domain.identity import DeliveryId, UnitCode
from domain.indicator import Definition
from domain.observation import Observation
from domain.period import Month, View
from domain.quantity import PRECISE
from domain.reading import MadeOf, Reading, read_from
from domain.value_status import ValueStatus
from domain.variable import Cell

Counted = Mapping[Month, tuple[UnitCode, ...]]
"""Which units count in which months."""
Values = Mapping[Place, Decimal | None]
"""What cells come to in months; none where a value is missing, not named where nobody counts."""
Sides = tuple[Decimal | None, Decimal | None]
"""A numerator and a denominator."""
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one member brings to a figure, value by value, and what it lacks."""

    values: Values
    used: tuple[Observation, ...]
    missing: tuple[MissingInput, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What members bring together, and how firm it is; their observations are not kept, however many there are."""

    values: Values = field(default_factory=dict)
    statuses: frozenset[ValueStatus] = frozenset()
    deliveries: frozenset[DeliveryId] = frozenset()
    missing: tuple[MissingInput, ...] = ()

    def plus(self, shares: Iterable[Share]) -> "Together":
        """Add what further members bring; a sum exists only where every member has its value."""
        values, missing = dict(self.values), [*self.missing]
        statuses, deliveries = {*self.statuses}, {*self.deliveries}
        for share in shares:
            for place, value in share.values.items():
                values[place] = _sum(values.get(place, NOTHING), value)
            statuses |= {one.status for one in share.used}
            deliveries |= {one.delivery for one in share.used}
            missing += share.missing
        return Together(
            values=values,
            statuses=frozenset(statuses),
            deliveries=frozenset(deliveries),
            missing=tuple(missing),
        )


def share_of(counted: Counted, places: Iterable[Place], figures: Figures) -> Share:
    """Trace what a member brings: in months in which none of its units counts, it brings nothing and lacks nothing."""
    values: dict[Place, Decimal | None] = {}
    used, missing = list[Observation](), list[MissingInput]()
    for cell, month in places:
        for unit in counted.get(month, ()):
            values[cell, month] = _sum(values.get((cell, month), NOTHING), figures.value(unit, cell, month))
            found, lacking = figures.sources(unit, cell, month)
            used += found
            missing += lacking
    return Share(values=values, used=tuple(used), missing=tuple(missing))


def sides_of(formula: Formula, month: Month, values: Values) -> Sides:
    """
    Give both sides of what some members bring, as far as they add up over members.

    Who counts in some of the months only brings nothing in the others. A side that does not add up is none.
    """
    outcome = evaluate(formula, month, lambda cell, at: values.get((cell, at), NOTHING))
    if isinstance(formula, Operation) and formula.sign is Sign.DIVIDE:
        above, below = adds_up(formula.left), adds_up(formula.right)
        return outcome.numerator if above else None, outcome.denominator if below else None
    return outcome.numerator if adds_up(formula) else None, None


def sides_of_some(formula: Formula, month: Month, counted: Sequence[Counted], values: Values) -> Sides:
    """
    Give both sides of what some members bring together, of whom none may be known by himself.

    `counted` says of each which units count when: where in some month one of them counts alone, their sum would tell
    what he brings, and there are no sides.
    """
    months = {at for one in counted for at in one}
    alone = any(sum(bool(one.get(at)) for one in counted) == 1 for at in months)
    return (None, None) if alone else sides_of(formula, month, values)


def read_together(
    definition: Definition,
    unit: UnitCode,
    month: Month,
    view: View,
    *,
    together: Together,
    variables: Variables,
    on: date,
) -> Reading:
    """Read an indicator for members as one, exactly as `read` does for a unit they are parts of."""
    return read_from(_AsOne(together, unit), definition, unit, month, view, variables=variables, on=on)


@dataclass(frozen=True, slots=True)
class _AsOne:
    """Members as a source under the code they are read as, which lacks what nobody counts for."""

    together: Together
    unit: UnitCode

    def value(self, cell: Cell, month: Month) -> Decimal | None:
        return self.together.values.get((cell, month))

    def made_of(self, places: AbstractSet[Place]) -> MadeOf:
        nobodys = [MissingInput(self.unit, *place) for place in places - self.together.values.keys()]
        return MadeOf(
            statuses=self.together.statuses,
            deliveries=self.together.deliveries,
            missing=(*self.together.missing, *nobodys),
        )


def _sum(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else PRECISE.add(left, right)
