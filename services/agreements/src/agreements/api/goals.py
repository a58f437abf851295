"""`/v1/agreements/{id}/goals`: the goals of the present revision, and what is declared of them."""

from typing import Annotated

from chassis.auth import Identified
from chassis.clock import Now
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked
from domain.agreement import Agreement, Declaration
from domain.identity import AgreementId, GoalCode, UnitCode
from fastapi import APIRouter, Body, Path, Query, Request, Response

from agreements.api.act_schemas import DeclarationIn, DeclarationOut, DeclarationPage, declaration_out
from agreements.api.agreement_schemas import AgreementOut, agreement_out
from agreements.api.given import AgreementKey, Given, HeldVersion
from agreements.api.goal_schemas import AnyGoal, GoalPage, goal_out, goal_value
from agreements.api.view_schemas import (
    ConditionsOut,
    ContradictionOut,
    ContradictionPage,
    LineagePage,
    PyramidPage,
    ResultPage,
    conditions_out,
    place_out,
    ref_out,
    result_out,
)
from agreements.usecases import carrying, drafting, negotiating, surroundings, viewing

router = APIRouter(tags=["goals"], route_class=KeyedRoute)
GoalKey = Annotated[str, Path(description="the goal's code", max_length=60)]
SentGoal = Annotated[AnyGoal, Body()]
Year = Annotated[int, Query(ge=1990, le=2200, description="the agreements' year")]


@router.get("/v1/agreements/{id}/goals")
async def list_goals(id: AgreementKey, ports: Given, caller: Identified, asked: Asked, now: Now) -> GoalPage:
    """List the goals of the present revision."""
    agreement = await viewing.one(ports, caller, AgreementId(id), now)
    return asked.page(GoalPage, [goal_out(goal) for goal in agreement.revision.goals])


@router.get("/v1/agreements/{id}/goals/{code}")
async def get_goal(id: AgreementKey, code: GoalKey, ports: Given, caller: Identified, now: Now) -> AnyGoal:
    """Give one goal of the present revision."""
    return goal_out((await viewing.one(ports, caller, AgreementId(id), now)).revision.goal(code))


@router.post("/v1/agreements/{id}/goals", status_code=201, response_model=AgreementOut)
async def add_goal(
    request: Request, id: AgreementKey, sent: SentGoal, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Add a goal: a new revision."""
    edit = drafting.with_goal(goal_value(sent))
    return _told(request, await drafting.change(ports, caller, AgreementId(id), held, edit), status=201)


@router.put("/v1/agreements/{id}/goals/{code}", response_model=AgreementOut)
async def replace_goal(
    request: Request,
    id: AgreementKey,
    code: GoalKey,
    sent: SentGoal,
    ports: Given,
    caller: Identified,
    held: HeldVersion,
) -> Response:
    """Put a goal in another's place: a new revision."""
    edit = drafting.with_goal_replaced(GoalCode(code), goal_value(sent))
    return _told(request, await drafting.change(ports, caller, AgreementId(id), held, edit))


@router.delete("/v1/agreements/{id}/goals/{code}", response_model=AgreementOut)
async def remove_goal(
    request: Request, id: AgreementKey, code: GoalKey, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Take a goal out: a new revision."""
    edit = drafting.without_goal(GoalCode(code))
    return _told(request, await drafting.change(ports, caller, AgreementId(id), held, edit))


@router.post("/v1/agreements/{id}/goals/{code}/declarations", status_code=201)
async def declare_goal(
    id: AgreementKey, code: GoalKey, sent: DeclarationIn, ports: Given, caller: Identified
) -> DeclarationOut:
    """Declare a goal done, accepted or fulfilled, or its tendency, on behalf of a party."""
    fields = {**sent.model_dump(), "party": UnitCode(sent.party)}
    declaration = Declaration(goal=GoalCode(code), subject=caller.subject, **fields)
    return declaration_out(await negotiating.declare(ports, caller, AgreementId(id), declaration))


@router.get("/v1/agreements/{id}/declarations")
async def list_declarations(id: AgreementKey, ports: Given, caller: Identified, asked: Asked) -> DeclarationPage:
    """List what was declared of all goals of an agreement."""
    found = await viewing.declarations(ports, caller, AgreementId(id))
    return asked.page(DeclarationPage, [declaration_out(declaration) for declaration in found])


@router.get("/v1/agreements/{id}/goals/{code}/conditions")
async def list_conditions(id: AgreementKey, code: GoalKey, ports: Given, caller: Identified) -> ConditionsOut:
    """Say which conditions of a goal's conditional extra are declared fulfilled, by whom and on what evidence."""
    goal, extra, declared = await viewing.conditions(ports, caller, AgreementId(id), code)
    return conditions_out(goal.code, extra, declared)


@router.get("/v1/agreements/{id}/pyramid")
async def get_pyramid(id: AgreementKey, ports: Given, caller: Identified, asked: Asked) -> PyramidPage:
    """Give the goals top-down, each followed by what is derived from it."""
    places = await viewing.goals_by_level(ports, caller, AgreementId(id))
    return asked.page(PyramidPage, [place_out(place) for place in places])


@router.get("/v1/lineages/{code}")
async def get_lineage(code: GoalKey, ports: Given, caller: Identified, asked: Asked) -> LineagePage:
    """Give the goals of a lineage over the years, also where their kind changed."""
    found = await viewing.lineage(ports, caller, code)
    return asked.page(LineagePage, [ref_out(ref) for ref in found])


@router.get("/v1/agreements/{id}/results-before")
async def list_results_before(id: AgreementKey, ports: Given, caller: Identified, asked: Asked) -> ResultPage:
    """Tell what came of the goals agreed before: what was asked, what happened, what was declared last."""
    found = await carrying.results_before(ports, caller, AgreementId(id))
    return asked.page(ResultPage, [result_out(result) for result in found])


@router.get("/v1/contradictions")
async def list_contradictions(ports: Given, caller: Identified, asked: Asked, year: Year) -> ContradictionPage:
    """Find goals of different agreements that ask different things of the same unit, indicator and year."""
    found = await surroundings.contradictions(ports, caller, year)
    return asked.page(
        ContradictionPage, [ContradictionOut(one=ref_out(one), other=ref_out(other)) for one, other in found]
    )


def _told(request: Request, agreement: Agreement, *, status: int = 200) -> Response:
    return tagged(request, agreement_out(agreement), agreement.version, status=status)
