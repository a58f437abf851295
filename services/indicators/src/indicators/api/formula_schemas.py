"""Formulas that are looked at before they become indicators, on the wire."""

from typing import Annotated, Any

from chassis.wire import Sent, Told
from domain.errors import Language, slug
from domain.formula.describing import FormulaKind
from domain.formula.errors import FormulaError
from domain.formula.printing import in_words, written
from domain.formula.tree import leaves
from domain.quantity import Measure
from pydantic import Field

from indicators.api.catalogue_schemas import tree_of
from indicators.usecases.formulas import Examined

FormulaText = Annotated[
    str, Field(max_length=2_000, examples=["sum12(integrations) ÷ avg12(previous_month(elb_stock))"])
]


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
