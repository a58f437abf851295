"""Trying a formula before it becomes an indicator: does it make sense, and what does it come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from chassis.caller import Caller
from domain.formula.describing import FormulaKind, column_of, kind_of, measures_of
from domain.formula.errors import FormulaError
from domain.formula.evaluation import Outcome, evaluate, inputs
from domain.formula.grammar import parse
from domain.formula.steps import Step, steps
from domain.formula.tree import Formula
from domain.formula.typing import Type, Variables, check
from domain.formula.views import in_view
from domain.period import Month, View
from domain.quantity import Measure
from domain.reading import NoValue
from domain.variable import Cell

from indicators.ports import Ports
from indicators.usecases import catalogue

MOST_STEPS = 500
Samples = Mapping[tuple[Cell, Month], Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A formula that makes sense over the catalogue."""

    formula: Formula
    type: Type
    kind: FormulaKind
    measures: Sequence[Measure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What became of a text: a formula, or the problem and the column where it lies; the catalogue names variables."""

    made: Made | None
    problem: FormulaError | None
    column: int | None
    variables: Variables


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a formula came to over sample values, step by step; `step_count` counts all steps, also those not shown."""

    formula: Formula
    outcome: Outcome
    reason: NoValue | None
    missing: Sequence[tuple[Cell, Month]]
    steps: Sequence[Step]
    step_count: int


async def examine(ports: Ports, caller: Caller, text: str) -> Examined:
    """Read a text as a formula over the catalogue; what is wrong with it is an answer, not a refusal."""
    variables = await catalogue.variables(ports, caller)
    try:
        made = _made(text, variables)
    except FormulaError as error:
        return Examined(made=None, problem=error, column=column_of(text, error), variables=variables)
    return Examined(made=made, problem=None, column=None, variables=variables)


async def attempt(ports: Ports, caller: Caller, text: str, month: Month, view: View | None, samples: Samples) -> Tried:
    """Evaluate a text over sample values in a month; without a view the formula is taken as it is written."""
    variables = await catalogue.variables(ports, caller)
    formula = _made(text, variables).formula
    looked_at = in_view(formula, view, variables) if view else formula
    outcome = evaluate(looked_at, month, lambda cell, at: samples.get((cell, at)))
    missing = sorted({key for key in inputs(looked_at, month) if key not in samples})
    gone = steps(looked_at, month, lambda cell, at: samples.get((cell, at)))
    shown = list(islice(gone, MOST_STEPS))
    reason = NoValue.MISSING_INPUT if missing else NoValue.DIVISION_BY_ZERO
    return Tried(
        formula=looked_at,
        outcome=outcome,
        reason=reason if outcome.value is None else None,
        missing=missing,
        steps=shown,
        step_count=len(shown) + sum(1 for _ in gone),
    )


def _made(text: str, variables: Variables) -> Made:
    formula = parse(text)
    type_ = check(formula, variables)
    return Made(formula=formula, type=type_, kind=kind_of(formula, type_), measures=measures_of(type_))
