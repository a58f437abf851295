"""Evaluating a formula exactly: decimals, missing is not zero, a division by zero gives no value."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from domain.formula.tree import Formula, Leaf, Number, Operation, Shifted, Sign, Window, Windowed
from domain.period import Month
from domain.quantity import PRECISE
from domain.variable import Cell

Look = Callable[[Cell, Month], Decimal | None]
"""The value delivered for a cell and month; None where there is none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a formula came to, with both sides of a ratio; no value means a zero below it or an input missing."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


class _ByZero(Exception):
    """A ratio inside the formula has no value."""


class _Missing(Exception):
    """An input inside the formula is missing."""


def evaluate(formula: Formula, month: Month, look: Look) -> Outcome:
    """Evaluate in a month; a top-level ratio tells its numerator and denominator."""
    if isinstance(formula, Operation) and formula.sign is Sign.DIVIDE:
        above, below = _side(formula.left, month, look), _side(formula.right, month, look)
        if above is None or below is None or not below:
            return Outcome(None, above, below)
        return Outcome(PRECISE.divide(above, below), above, below)
    value = _side(formula, month, look)
    return Outcome(value, value, None)


def constant(formula: Formula) -> Decimal | None:
    """Give the number that a formula of numbers alone comes to in the view of a month; None where there is none."""
    match formula:
        case Number(value):
            return value
        case Leaf():
            return None
        case Shifted(_, inner) | Windowed(_, inner):
            return constant(inner)
        case Operation(sign, left, right):
            above, below = constant(left), constant(right)
            if above is None or below is None or (sign is Sign.DIVIDE and not below):
                return None
            return _joined(sign, above, below)
        case _:
            assert_never(formula)


def inputs(formula: Formula, month: Month) -> Iterator[tuple[Cell, Month]]:
    """Go through every cell and month a formula looks at; some may come twice."""
    match formula:
        case Number():
            return
        case Leaf(cell):
            yield cell, month
        case Shifted(back, inner):
            yield from inputs(inner, month.plus(-back))
        case Windowed(window, inner):
            for at in months_of(window, month):
                yield from inputs(inner, at)
        case Operation(_, left, right):
            yield from inputs(left, month)
            yield from inputs(right, month)
        case _:
            assert_never(formula)


def months_of(window: Window, month: Month) -> Sequence[Month]:
    """List the months of a window that ends in a month."""
    first = month.plus(-11) if window.sliding else month.year_start
    return [first.plus(number) for number in range(month - first + 1)]


def _side(formula: Formula, month: Month, look: Look) -> Decimal | None:
    try:
        return _value(formula, month, look)
    except (_Missing, _ByZero):
        return None


def _value(formula: Formula, month: Month, look: Look) -> Decimal:
    match formula:
        case Number(value):
            return value
        case Leaf(cell):
            return _delivered(look(cell, month))
        case Shifted(back, inner):
            return _value(inner, month.plus(-back), look)
        case Windowed(window, inner):
            return _windowed(window, inner, month, look)
        case Operation(sign, left, right):
            return _joined(sign, _value(left, month, look), _value(right, month, look))
        case _:
            assert_never(formula)


def _delivered(value: Decimal | None) -> Decimal:
    if value is None:
        raise _Missing
    return value


def _windowed(window: Window, inner: Formula, month: Month, look: Look) -> Decimal:
    months = months_of(window, month)
    total = Decimal(0)
    for at in months:
        total = PRECISE.add(total, _value(inner, at, look))
    return total if window.sums else PRECISE.divide(total, Decimal(len(months)))


def _joined(sign: Sign, left: Decimal, right: Decimal) -> Decimal:
    if sign is Sign.ADD:
        return PRECISE.add(left, right)
    if sign is Sign.SUBTRACT:
        return PRECISE.subtract(left, right)
    if sign is Sign.MULTIPLY:
        return PRECISE.multiply(left, right)
    if not right:
        raise _ByZero
    return PRECISE.divide(left, right)
