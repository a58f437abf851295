"""`/v1/formulas` and `/v1/indicators/impact`: trying a formula, and a change of the catalogue, before it is made."""

from chassis.auth import Identified
from chassis.clock import Now
from chassis.idempotency import KeyedRoute
from chassis.problems import language_of
from domain.period import Month
from fastapi import APIRouter, Request

from indicators.api.formula_schemas import CheckedOut, FormulaIn, checked_out
from indicators.api.given import Given
from indicators.api.impact_schemas import ImpactIn, ImpactOut, impact_out
from indicators.api.trial_schemas import EvaluatedOut, TrialIn, evaluated_out
from indicators.usecases import formulas, impact

router = APIRouter(tags=["catalogue"], route_class=KeyedRoute)


@router.post("/v1/formulas/check")
async def check_formula(request: Request, sent: FormulaIn, ports: Given, caller: Identified) -> CheckedOut:
    """Say whether a text makes sense as a formula: its unit, kind, words and tree, or the problem and its column."""
    return checked_out(await formulas.examine(ports, caller, sent.formula), language_of(request))


@router.post("/v1/formulas/evaluate")
async def evaluate_formula(sent: TrialIn, ports: Given, caller: Identified) -> EvaluatedOut:
    """Evaluate a formula over sample values, step by step; of two values for one cell and month the last counts."""
    month = Month.parse(sent.month)
    return evaluated_out(await formulas.attempt(ports, caller, sent.formula, month, sent.view, sent.samples()))


@router.post("/v1/indicators/impact")
async def weigh_change(request: Request, sent: ImpactIn, ports: Given, caller: Identified, now: Now) -> ImpactOut:
    """Say which indicators and goals a new definition or variable touches, what it breaks, what readings it moves."""
    return impact_out(await impact.impact(ports, caller, sent.value(), now), language_of(request))
