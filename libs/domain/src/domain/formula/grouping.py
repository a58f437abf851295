"""A formula told for a group: women and men, lone parents, one measure."""

from typing import assert_never

from domain.formula.errors import NotSplit, OtherGroup, VariableNotKnown
from domain.formula.tree import Formula, Leaf, Number, Operation, Shifted, Windowed
from domain.formula.typing import Variables
from domain.variable import CODE, DIMENSIONS, Cell, allowed_value


def split(formula: Formula, dimension: str, value: str, variables: Variables) -> Formula:
    """
    Filter every variable of a formula to one group, so that both sides of a ratio tell of the same persons.

    A variable that is not split by the dimension refuses the whole: half a ratio for women means nothing. What is
    filtered to this group already stays, another group of the same dimension is refused.
    """
    if not allowed_value(dimension, value):
        known = DIMENSIONS.get(dimension)
        names = ", ".join(sorted(DIMENSIONS)) if known is None else ", ".join(known) or CODE.pattern
        raise VariableNotKnown(name=dimension if known is None else value, known=names)
    return _split(formula, dimension, value, variables)


def _split(formula: Formula, dimension: str, value: str, variables: Variables) -> Formula:
    match formula:
        case Number():
            return formula
        case Leaf():
            return _filtered(formula, dimension, value, variables)
        case Shifted(months, inner):
            return Shifted(months, _split(inner, dimension, value, variables))
        case Windowed(window, inner):
            return Windowed(window, _split(inner, dimension, value, variables))
        case Operation(sign, left, right):
            return Operation(
                sign, _split(left, dimension, value, variables), _split(right, dimension, value, variables)
            )
        case _:
            assert_never(formula)


def _filtered(leaf: Leaf, dimension: str, value: str, variables: Variables) -> Leaf:
    filters = dict(leaf.cell.dimensions)
    if filters.get(dimension, value) != value:
        raise OtherGroup(leaf=str(leaf.cell), dimension=dimension, value=value)
    variable = variables.get(leaf.cell.variable)
    if variable is None:
        raise VariableNotKnown(name=leaf.cell.variable, known=", ".join(sorted(variables)))
    if dimension not in variable.dimensions:
        known = ", ".join(sorted(variable.dimensions)) or "–"
        raise NotSplit(variable=leaf.cell.variable, dimension=dimension, known=known)
    return Leaf(Cell.of(leaf.cell.variable, **{**filters, dimension: value}))
