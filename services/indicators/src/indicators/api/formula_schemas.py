"""Trials of formulas and of changes on the wire."""

from decimal import Decimal
from typing import Annotated, Any

from chassis.problems import slug
from chassis.wire import DecimalText, FigureText, MonthText, Sent, Told
from domain.errors import Language
from domain.formula.describing import FormulaKind
from domain.formula.errors import FormulaError
from domain.formula.printing import in_words, written
from domain.formula.tree import leaves
from domain.identity import VariableCode
from domain.period import Month, View
from domain.quantity import Measure
from domain.reading import NoValue
from domain.variable import Cell
from pydantic import Field

from indicators.api.catalogue_schemas import Code, tree_of
from indicators.api.figures import told
from indicators.usecases.formulas import Examined, Tried

FormulaText = Annotated[
    str, Field(max_length=2_000, examples=["sum12(integrations) ÷ avg12(previous_month(elb_stock))"])
]


MOST_TOLD = 1_000


class FormulaIn(Sent):
    """A text to be looked at as a formula; a text that makes no sense is answered, not refused."""

    formula: FormulaText


class FormulaProblem(Told):
    """What is wrong with a formula; `column` counts from 1, null where it is wrong as a whole."""

    type: str
    title: str
    detail: str
    column: int | None


class CheckedOut(Told):
    """A formula that makes sense (`ok`) with its unit, kind and words; else the problem, and the rest is empty."""

    ok: bool
    problem: FormulaProblem | None
    formula: str | None
    unit: str | None
    kind: FormulaKind | None
    measures: list[Measure]
    variables: list[str]
    words_de: str | None
    words_en: str | None
    tree: dict[str, Any] | None


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


def checked_out(examined: Examined, language: Language) -> CheckedOut:
    """Tell what became of a text."""
    made, problem = examined.made, examined.problem
    if made is None:
        told_problem = problem_out(problem, examined.column, language) if problem else None
        empty = dict.fromkeys(("formula", "unit", "kind", "words_de", "words_en", "tree"))
        return CheckedOut(ok=False, problem=told_problem, measures=[], variables=[], **empty)
    german: dict[str, str] = {code: variable.label for code, variable in examined.variables.items()}
    english: dict[str, str] = {code: variable.label_en for code, variable in examined.variables.items()}
    return CheckedOut(
        ok=True,
        problem=None,
        formula=written(made.formula),
        unit=str(made.type),
        kind=made.kind,
        measures=list(made.measures),
        variables=sorted({leaf.cell.variable for leaf in leaves(made.formula)}),
        words_de=in_words(made.formula, "de", german),
        words_en=in_words(made.formula, "en", english),
        tree=tree_of(made.formula),
    )


def problem_out(problem: FormulaError, column: int | None, language: Language) -> FormulaProblem:
    """Tell what is wrong with a formula, as a refusal would."""
    kind = f"/problems/{slug(type(problem))}"
    return FormulaProblem(type=kind, title=problem.title(language), detail=problem.detail(language), column=column)


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
