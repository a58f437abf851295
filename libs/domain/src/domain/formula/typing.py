"""Checking a formula: units add up, stocks are not summed over months, every name is known."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from domain.formula.errors import (
    DividesByNought,
    MeanOfRatios,
    MeasuresDiffer,
    NotThisMeasure,
    StockSummed,
    VariableNotKnown,
    WindowInWindow,
)
from domain.formula.evaluation import constant
from domain.formula.printing import written
from domain.formula.tree import Formula, Leaf, Number, Operation, Shifted, Sign, Window, Windowed, is_rate
from domain.identity import VariableCode
from domain.quantity import Measure
from domain.variable import CODE, DIMENSIONS, Variable, VariableKind, allowed_value

Variables = Mapping[VariableCode, Variable]


@dataclass(frozen=True, slots=True)
class Type:
    """The unit of a formula as powers of base units, and whether a stock is in it."""

    powers: tuple[tuple[Measure, int], ...] = ()
    stock: bool = False
    window: Window | None = None

    def __str__(self) -> str:
        """Write the unit, such as persons or EUR÷persons."""
        above = "×".join(f"{m}^{p}" if p > 1 else m for m, p in self.powers if p > 0)
        below = "".join(f"÷{m}^{-p}" if p < -1 else f"÷{m}" for m, p in self.powers if p < 0)
        return f"{above or '1'}{below}" if self.powers else "a pure number"


DECLARED: Mapping[Measure, tuple[tuple[Measure, int], ...]] = {
    **{measure: ((measure, 1),) for measure in Measure},
    Measure.PERCENT: (),
    Measure.ONE: (),
    Measure.CONTACTS_PER_YEAR: ((Measure.CONTACTS, 1), (Measure.PERSONS, -1)),
    Measure.EUR_PER_PERSON: ((Measure.EUR, 1), (Measure.PERSONS, -1)),
    Measure.PERSONS_PER_POST: ((Measure.FTE, -1), (Measure.PERSONS, 1)),
}


def check(formula: Formula, variables: Variables) -> Type:
    """Give the type of a formula over the catalogue; a FormulaError says why it has none."""
    match formula:
        case Number():
            return Type()
        case Leaf():
            return _leaf(formula, variables)
        case Shifted(_, inner):
            return check(inner, variables)
        case Windowed(window, inner):
            return _windowed(window, inner, check(inner, variables))
        case Operation(_, left, right):
            return _joined(formula, check(left, variables), check(right, variables))
        case _:
            assert_never(formula)


def must_give(formula: Formula, measure: Measure, variables: Variables) -> None:
    """Refuse a formula that does not come out in the unit its indicator is told in."""
    given = check(formula, variables)
    if given.powers != DECLARED[measure]:
        raise NotThisMeasure(given=str(given), declared=measure)


def _leaf(leaf: Leaf, variables: Variables) -> Type:
    variable = variables.get(leaf.cell.variable)
    if variable is None:
        raise VariableNotKnown(name=leaf.cell.variable, known=", ".join(sorted(variables)))
    for name, value in leaf.cell.dimensions:
        if name not in variable.dimensions:
            raise VariableNotKnown(name=name, known=", ".join(sorted(variable.dimensions)) or "none")
        if not allowed_value(name, value):
            raise VariableNotKnown(name=value, known=", ".join(DIMENSIONS[name]) or CODE.pattern)
    return Type(((variable.measure, 1),), stock=variable.kind is VariableKind.STOCK)


def _windowed(window: Window, inner: Formula, type_: Type) -> Type:
    if type_.window:
        raise WindowInWindow(inner=type_.window, outer=window)
    if is_rate(inner):
        raise MeanOfRatios(function=window, expression=written(inner))
    if window.sums and type_.stock:
        instead = window.replace("sum", "avg")
        raise StockSummed(function=window, expression=written(inner), instead=instead)
    return Type(type_.powers, stock=type_.stock, window=window)


def _joined(operation: Operation, left: Type, right: Type) -> Type:
    sign = operation.sign
    if sign is Sign.DIVIDE and constant(operation.right) == 0:
        raise DividesByNought(expression=written(operation.right))
    stock, window = left.stock or right.stock, left.window or right.window
    if sign in (Sign.ADD, Sign.SUBTRACT):
        if left.powers != right.powers:
            raise MeasuresDiffer(left=str(left), right=str(right))
        return Type(left.powers, stock=stock, window=window)
    powers = Counter(dict(left.powers))
    for measure, power in right.powers:
        powers[measure] += power if sign is Sign.MULTIPLY else -power
    return Type(tuple(sorted((m, p) for m, p in powers.items() if p)), stock=stock, window=window)
