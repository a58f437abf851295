"""What an editor shows beside a formula: its kind, the units it can be told in, its steps, where it goes wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.formula.errors import FormulaError
from domain.formula.evaluation import Look, evaluate, months_of
from domain.formula.printing import written
from domain.formula.tree import Formula, Number, Operation, Shifted, Windowed, is_rate, leaves
from domain.formula.typing import DECLARED, Type
from domain.period import Month
from domain.quantity import Measure


class FormulaKind(StrEnum):
    """What a formula comes to: a constant, something counted at a day, something summed over months, or a rate."""

    NUMBER = "number"
    STOCK = "stock"
    FLOW = "flow"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a formula in one month and what it came to; no value means an input missing or a zero below."""

    expression: str
    month: Month
    value: Decimal | None


def kind_of(formula: Formula, type_: Type) -> FormulaKind:
    """Say what a formula that passed the check comes to."""
    if not any(True for _ in leaves(formula)):
        return FormulaKind.NUMBER
    if is_rate(formula):
        return FormulaKind.RATE
    return FormulaKind.STOCK if type_.stock else FormulaKind.FLOW


def measures_of(type_: Type) -> tuple[Measure, ...]:
    """Give the units an indicator with this formula can be told in; none where no unit fits."""
    return tuple(measure for measure, powers in DECLARED.items() if powers == type_.powers)


def column_of(text: str, error: FormulaError) -> int | None:
    """Find the column, counted from 1, where a text goes wrong; None where it is wrong as a whole."""
    known = vars(error)
    if "column" in known:
        return int(known["column"])
    name = known.get("name", known.get("dimension"))
    found = re.search(rf"(?<![A-Za-z0-9_]){re.escape(name)}(?![A-Za-z0-9_])", text) if name else None
    if found:
        return found.start() + 1
    function = known.get("function", known.get("outer"))
    at = text.find(function) if function else -1
    return at + 1 if at >= 0 else None


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
