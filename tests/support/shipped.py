"""The catalogue that ships, and the figures a formula of it comes to."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from domain.formula.evaluation import evaluate, inputs
from domain.formula.tree import Formula
from domain.formula.views import in_view
from domain.identity import VariableCode
from domain.indicator import FEDERAL, Definition
from domain.period import Month, View
from domain.variable import Variable
from indicators.persistence.catalogue_rows import shipped

Figures = Callable[[str, Month], int]
SHIPPED, DEFINITIONS = shipped()
VARIABLES: Mapping[VariableCode, Variable] = {variable.code: variable for variable in SHIPPED}
STATUTORY = [
    "K1",
    "K1E1",
    "K1E2",
    "K1E3",
    "K1E4",
    "K2",
    "K2E1",
    "K2E2",
    "K2E3",
    "K2E4",
    "K3",
    "K3E1",
    "K3E2",
    "K3E3",
    "K3E4",
]


def versions(indicator: str, variant: str = FEDERAL) -> list[Definition]:
    """Give the versions of one indicator in one variant."""
    return [d for d in DEFINITIONS if d.indicator == indicator and d.variant == variant]


def invented(seed: int) -> Figures:
    """Invent whole figures that differ by cell and month and are never zero."""
    return lambda cell, month: 1 + (sum(map(ord, cell)) * 31 + month.ordinal * 17 + seed * 13) % 9973


def come_to(formula: Formula, view: View, month: Month, figures: Figures) -> Decimal:
    """Evaluate a formula in a view over figures that are all there."""
    viewed = in_view(formula, view, VARIABLES)
    known = {(cell, at): Decimal(figures(str(cell), at)) for cell, at in inputs(viewed, month)}
    value = evaluate(viewed, month, lambda cell, at: known.get((cell, at))).value
    assert value is not None
    return value
