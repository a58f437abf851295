"""Evaluating a formula step by step, so that everybody can follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from domain.formula.evaluation import Look, evaluate, months_of
from domain.formula.printing import written
from domain.formula.tree import Formula, Number, Operation, Shifted, Windowed
from domain.period import Month


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a formula in one month and what it came to; no value means an input missing or a zero below."""

    expression: str
    month: Month
    value: Decimal | None


def steps(formula: Formula, month: Month, look: Look) -> Iterator[Step]:
    """Go through the parts of a formula from the innermost out, each month of a window for itself, nothing twice."""
    seen: set[tuple[Formula, Month]] = set()
    for part, at in _parts(formula, month):
        if (part, at) not in seen and not isinstance(part, Number):
            seen.add((part, at))
            yield Step(written(part), at, evaluate(part, at, look).value)


def _parts(formula: Formula, month: Month) -> Iterator[tuple[Formula, Month]]:
    if isinstance(formula, Operation):
        yield from _parts(formula.left, month)
        yield from _parts(formula.right, month)
    elif isinstance(formula, Shifted):
        yield from _parts(formula.inner, month.plus(-formula.months))
    elif isinstance(formula, Windowed):
        for at in months_of(formula.window, month):
            yield from _parts(formula.inner, at)
    yield formula, month
