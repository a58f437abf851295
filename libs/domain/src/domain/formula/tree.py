"""A formula as a typed tree."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from domain.variable import Cell


class Sign(StrEnum):
    """The four operations."""

    ADD = "+"
    SUBTRACT = "−"
    MULTIPLY = "×"
    DIVIDE = "÷"


class Window(StrEnum):
    """An aggregation over months that ends in the month looked at."""

    SUM_12 = "sum12"
    AVG_12 = "avg12"
    SUM_YTD = "sum_ytd"
    AVG_YTD = "avg_ytd"

    @property
    def sums(self) -> bool:
        """Say whether months are summed (else averaged)."""
        return self in (Window.SUM_12, Window.SUM_YTD)

    @property
    def sliding(self) -> bool:
        """Say whether it always spans twelve months (else from January)."""
        return self in (Window.SUM_12, Window.AVG_12)


@dataclass(frozen=True, slots=True)
class Number:
    """A constant without unit."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Leaf:
    """A delivered variable, filtered to one cell."""

    cell: Cell


@dataclass(frozen=True, slots=True)
class Operation:
    """Two formulas joined by a sign."""

    sign: Sign
    left: "Formula"
    right: "Formula"


@dataclass(frozen=True, slots=True)
class Shifted:
    """A formula looked at so many months earlier."""

    months: int
    inner: "Formula"


@dataclass(frozen=True, slots=True)
class Windowed:
    """A formula aggregated over months."""

    window: Window
    inner: "Formula"


Formula: TypeAlias = Number | Leaf | Operation | Shifted | Windowed


def is_rate(formula: Formula) -> bool:
    """Say whether something is divided by a variable anywhere in a formula."""
    if isinstance(formula, Operation):
        divides = formula.sign is Sign.DIVIDE and any(True for _ in leaves(formula.right))
        return divides or is_rate(formula.left) or is_rate(formula.right)
    return isinstance(formula, Shifted | Windowed) and is_rate(formula.inner)


def leaves(formula: Formula) -> Iterator[Leaf]:
    """Go through the variables a formula names, left to right."""
    if isinstance(formula, Leaf):
        yield formula
    elif isinstance(formula, Operation):
        yield from leaves(formula.left)
        yield from leaves(formula.right)
    elif isinstance(formula, Shifted | Windowed):
        yield from leaves(formula.inner)
