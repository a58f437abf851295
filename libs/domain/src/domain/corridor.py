"""Reference values with their corridors (Referenzwerte, Korridor), and where a value stands against them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.bounds import Bounded
from domain.errors import Conflict, Invalid, Text
from domain.identity import IndicatorCode, UnitCode
from domain.indicator import Direction
from domain.quantity import PRECISE


class Position(StrEnum):
    """Where a value stands against a corridor: above is more ambitious, below is less."""

    ABOVE = "above"
    INSIDE = "inside"
    BELOW = "below"


@dataclass(eq=False)
class NotThisCorridor(Invalid):
    """A corridor has a good side and a reference value within."""

    title_de = "Ein Korridor hat eine gute Seite und einen Referenzwert in sich."
    says = Text(
        "{unit} {indicator}: write {expected}",
        "{unit} {indicator}: schreiben Sie {expected}",
    )

    unit: str
    indicator: str
    expected: str


@dataclass(eq=False)
class NoReferenceValue(Conflict):
    """There is no reference value for this unit and indicator."""

    title_de = "Für diese Einheit und Kennzahl gibt es keinen Referenzwert."
    says = Text(
        "the round has no reference value for {unit} and {indicator}",
        "die Planungsrunde hat keinen Referenzwert für {unit} und {indicator}",
    )

    unit: str
    indicator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceValue(Bounded):
    """What is expected of a unit (Referenzwert), the corridor around it, and what came of it once that is known."""

    round: UUID
    unit: UnitCode
    indicator: IndicatorCode
    direction: Direction
    value: Decimal
    low: Decimal
    high: Decimal
    weight: Decimal | None = None
    outcome: Decimal | None = None
    basis: str | None = None

    def __post_init__(self) -> None:
        """Refuse a corridor without a good side, one that does not hold its value, and a weight of nothing."""
        Bounded.__post_init__(self)
        if self.direction is Direction.WITHIN:
            self._refuse("at_least, at_most")
        if not self.low <= self.value <= self.high:
            self._refuse("low ≤ value ≤ high")
        if self.weight is not None and self.weight <= 0:
            self._refuse("weight > 0")

    def _refuse(self, expected: str) -> None:
        raise NotThisCorridor(unit=self.unit, indicator=self.indicator, expected=expected)

    @property
    def key(self) -> tuple[UnitCode, IndicatorCode]:
        """Name what the value is expected of."""
        return self.unit, self.indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class Recollection:
    """An earlier round's corridor and offer beside what happened; distances are positive on the good side."""

    round: UUID
    year: int
    trial: bool
    unit: UnitCode
    indicator: IndicatorCode
    direction: Direction
    value: Decimal
    low: Decimal
    high: Decimal
    offer: Decimal | None
    outcome: Decimal | None
    from_corridor: Decimal | None
    from_value: Decimal | None


def position(value: Decimal, reference: ReferenceValue) -> Position:
    """Say where a value stands against a corridor; its edges belong to it."""
    beyond = distance(value, reference)
    return Position.INSIDE if beyond == 0 else Position.ABOVE if beyond > 0 else Position.BELOW


def distance(value: Decimal, reference: ReferenceValue) -> Decimal:
    """Give how far a value lies from the nearer edge of a corridor: 0 inside, positive on the good side."""
    nearest = min(max(value, reference.low), reference.high)
    return towards_good(reference.direction, PRECISE.subtract(value, nearest))


def towards_good(direction: Direction, number: Decimal) -> Decimal:
    """Turn a number so that more is better."""
    return PRECISE.minus(number) if direction is Direction.AT_MOST else number


def recall(known: ReferenceValue, year: int, offer: Decimal | None, *, trial: bool) -> Recollection:
    """Hold an earlier round's corridor against what happened (Korridorgedächtnis)."""
    outcome = known.outcome
    apart = None if outcome is None else towards_good(known.direction, PRECISE.subtract(outcome, known.value))
    return Recollection(
        round=known.round,
        year=year,
        trial=trial,
        unit=known.unit,
        indicator=known.indicator,
        direction=known.direction,
        value=known.value,
        low=known.low,
        high=known.high,
        offer=offer,
        outcome=outcome,
        from_corridor=None if outcome is None else distance(outcome, known),
        from_value=apart,
    )
