"""Splitting a formula by a dimension: the same formula over one group (women and men are told apart and together)."""

from dataclasses import dataclass
from typing import assert_never

from domain.errors import Invalid, Text
from domain.formula.tree import Formula, Leaf, Number, Operation, Shifted, Windowed
from domain.formula.typing import Variables
from domain.variable import DIMENSIONS, Cell


@dataclass(eq=False)
class NotSplitBy(Invalid):
    """A formula can only be split by what all its variables are delivered by."""

    title_de = "Eine Formel lässt sich nur nach Merkmalen gliedern, nach denen alle ihre Variablen geliefert werden."
    says = Text(
        "'{variable}' is not delivered by {dimension} = {value}",
        "„{variable}“ wird nicht nach {dimension} = {value} geliefert",
    )

    variable: str
    dimension: str
    value: str


def split(formula: Formula, dimension: str, value: str, variables: Variables) -> Formula:
    """Give the formula over one group; fails where a variable lacks the dimension or stands at another group."""
    match formula:
        case Number():
            return formula
        case Leaf(cell):
            return Leaf(_split(cell, dimension, value, variables))
        case Shifted(shift, inner):
            return Shifted(shift, split(inner, dimension, value, variables))
        case Windowed(window, inner):
            return Windowed(window, split(inner, dimension, value, variables))
        case Operation(sign, left, right):
            return Operation(sign, split(left, dimension, value, variables), split(right, dimension, value, variables))
        case _:
            assert_never(formula)


def _split(cell: Cell, dimension: str, value: str, variables: Variables) -> Cell:
    known = variables.get(cell.variable)
    delivered = known is not None and dimension in known.dimensions and value in DIMENSIONS[dimension]
    if not delivered or dict(cell.dimensions).get(dimension, value) != value:
        raise NotSplitBy(variable=str(cell), dimension=dimension, value=value)
    return Cell.of(cell.variable, **{**dict(cell.dimensions), dimension: value})
