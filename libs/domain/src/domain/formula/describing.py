"""What an editor shows beside a formula: its kind, the units it can be told in, where it goes wrong."""

import re
from enum import StrEnum

from domain.formula.errors import FormulaError
from domain.formula.tree import Formula, is_rate, leaves
from domain.formula.typing import DECLARED, Type
from domain.quantity import Measure


class FormulaKind(StrEnum):
    """What a formula comes to: a constant, something counted at a day, something summed over months, or a rate."""

    NUMBER = "number"
    STOCK = "stock"
    FLOW = "flow"
    RATE = "rate"


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
