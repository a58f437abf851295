"""Formulas tried over sample values, on the wire."""

from decimal import Decimal

from chassis.wire import DecimalText, FigureText, MonthText, Sent, Told
from domain.formula.printing import written
from domain.identity import VariableCode
from domain.period import Month, View
from domain.reading import NoValue
from domain.variable import Cell
from pydantic import Field

from indicators.api.formula_schemas import FormulaText
from indicators.api.variable_schemas import Code
from indicators.usecases.formulas import Tried
from indicators.usecases.telling import told

MOST_TOLD = 1_000


class SampleIn(Sent):
    """A value to try a formula with."""

    variable: Code
    dimensions: dict[str, str] = Field(default={}, max_length=10)
    month: MonthText
    value: DecimalText

    def cell(self) -> Cell:
        """Give the cell the value stands at."""
        return Cell(VariableCode(self.variable), tuple(sorted(self.dimensions.items())))


class TrialIn(Sent):
    """A formula, a month and sample values; without a view the formula is taken as it is written."""

    formula: FormulaText
    month: MonthText
    view: View | None = None
    values: list[SampleIn] = Field(default=[], max_length=2_000)

    def samples(self) -> dict[tuple[Cell, Month], Decimal]:
        """Give the values by cell and month."""
        return {(one.cell(), Month.parse(one.month)): one.value for one in self.values}


class StepOut(Told):
    """One part of the formula in one month."""

    expression: str
    month: str
    value: FigureText | None


class LackingOut(Told):
    """A value that the formula looks at and that was not given."""

    variable: str
    dimensions: dict[str, str]
    month: str


class EvaluatedOut(Told):
    """What a formula came to, or why to nothing; `step_count` counts all steps, of which the first are shown."""

    formula: str
    value: FigureText | None
    numerator: FigureText | None
    denominator: FigureText | None
    reason: NoValue | None
    missing: list[LackingOut]
    missing_count: int
    steps: list[StepOut]
    step_count: int


def evaluated_out(tried: Tried) -> EvaluatedOut:
    """Tell what a formula came to."""
    outcome = tried.outcome
    return EvaluatedOut(
        formula=written(tried.formula),
        value=told(outcome.value),
        numerator=told(outcome.numerator),
        denominator=told(outcome.denominator),
        reason=tried.reason,
        missing=[
            LackingOut(variable=cell.variable, dimensions=dict(cell.dimensions), month=str(month))
            for cell, month in tried.missing[:MOST_TOLD]
        ],
        missing_count=len(tried.missing),
        steps=[StepOut(expression=s.expression, month=str(s.month), value=told(s.value)) for s in tried.steps],
        step_count=tried.step_count,
    )
