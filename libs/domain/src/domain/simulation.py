"""What an offer would mean before it is made: place, rank, quartile, and the change of the supervisor's sum."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.corridor import Position, ReferenceValue, position, towards_good
from domain.identity import IndicatorCode, UnitCode
from domain.indicator import Direction
from domain.quantity import PRECISE, half_up

ZERO = Decimal(0)
PLACES = 10
QUARTERS = 4
FEWEST_IN_A_SUM = 3
"""Of fewer units a sum would tell one of them the value of another."""


class SumMethod(StrEnum):
    """How units are put together: a ratio of sums where every unit has a weight, else the plain sum."""

    RATIO_OF_SUMS = "ratio_of_sums"
    SUM = "sum"


@dataclass(frozen=True, slots=True, kw_only=True)
class SumChange:
    """What a value changes in the sum over the supervisor's units; without the sums where they would tell too much."""

    method: SumMethod
    units: int
    before: Decimal | None
    after: Decimal | None
    change: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What an offer would mean; rank and quartile count from the most ambitious unit of the comparison group."""

    round: UUID
    unit: UnitCode
    indicator: IndicatorCode
    value: Decimal
    trial: bool
    position: Position
    scheme: str | None
    group: str | None
    group_size: int
    rank: int | None
    quartile: int | None
    sum: SumChange


def ranked(direction: Direction, value: Decimal, others: Collection[Decimal]) -> tuple[int, int]:
    """
    Give rank and quartile of a value beside others; equal values share the better place.

    >>> ranked(Direction.AT_LEAST, Decimal(20), [Decimal(21), Decimal(20), Decimal(19)])
    (2, 2)
    """
    better = sum(towards_good(direction, other) > towards_good(direction, value) for other in others)
    return better + 1, QUARTERS * better // (len(others) + 1) + 1


def simulate(
    own: ReferenceValue,
    value: Decimal,
    references: Iterable[ReferenceValue],
    offered: Mapping[UnitCode, Decimal],
    group: frozenset[UnitCode] | None,
    *,
    named: tuple[str | None, str | None] = (None, None),
    trial: bool = False,
    told_all: bool = True,
) -> Simulation:
    """
    Say what a unit's value would mean before it is offered.

    Of every other unit counts what it offers, else its reference value. Without a group all units are compared;
    `named` are the scheme and group as they are told; `told_all` opens sums of very few units to whoever sees them.
    """
    others = [known for known in references if known.unit != own.unit]
    stands = {known.unit: offered.get(known.unit, known.value) for known in (*others, own)}
    beside = [stands[known.unit] for known in others if group is None or known.unit in group]
    compared = group is None or own.unit in group
    place = ranked(own.direction, value, beside) if compared else (None, None)
    scheme, name = named
    return Simulation(
        round=own.round,
        unit=own.unit,
        indicator=own.indicator,
        value=value,
        trial=trial,
        position=position(value, own),
        scheme=scheme,
        group=name,
        group_size=len(beside) + 1 if compared else 0,
        rank=place[0],
        quartile=place[1],
        sum=_change(own, value, (*others, own), stands, told_all=told_all),
    )


def _change(
    own: ReferenceValue,
    value: Decimal,
    references: Collection[ReferenceValue],
    stands: Mapping[UnitCode, Decimal],
    *,
    told_all: bool,
) -> SumChange:
    weights = {known.unit: known.weight for known in references if known.weight is not None}
    weighed = len(weights) == len(references)
    method = SumMethod.RATIO_OF_SUMS if weighed else SumMethod.SUM
    before = _sum(stands, weights if weighed else None)
    after = _sum({**stands, own.unit: value}, weights if weighed else None)
    told = told_all or len(references) >= FEWEST_IN_A_SUM
    return SumChange(
        method=method,
        units=len(references),
        before=_rounded(before) if told else None,
        after=_rounded(after) if told else None,
        change=_rounded(PRECISE.subtract(after, before)),
    )


def _sum(values: Mapping[UnitCode, Decimal], weights: Mapping[UnitCode, Decimal] | None) -> Decimal:
    total = ZERO
    for unit, value in values.items():
        total = PRECISE.fma(value, weights[unit] if weights else Decimal(1), total)
    if weights is None:
        return total
    over = ZERO
    for weight in weights.values():
        over = PRECISE.add(over, weight)
    return PRECISE.divide(total, over)


def _rounded(number: Decimal) -> Decimal:
    """Cut a quotient without an end to the places that are told; what ends keeps its digits."""
    exponent = number.as_tuple().exponent
    return half_up(number, PLACES) if isinstance(exponent, int) and -exponent > PLACES else number
