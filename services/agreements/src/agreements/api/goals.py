"""`/v1/agreements/{id}/goals`: the goals of the present revision, and what is declared of them."""

from typing import Annotated

from chassis.auth import Identified
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from domain.agreement import Agreement, Declaration
from domain.identity import AgreementId, GoalCode, UnitCode
from fastapi import APIRouter, Body, Path, Request, Response

from agreements.api.act_schemas import DeclarationIn, DeclarationOut, DeclarationPage, declaration_out
from agreements.api.agreement_schemas import AgreementOut, agreement_out
from agreements.api.given import AgreementKey, Given, HeldVersion
from agreements.api.goal_schemas import AnyGoal, GoalPage, goal_out, goal_value
from agreements.usecases import drafting, negotiating

router = APIRouter(tags=["goals"], route_class=KeyedRoute)
GoalKey = Annotated[str, Path(description="the goal's code", max_length=60)]
SentGoal = Annotated[AnyGoal, Body()]


@router.get("/v1/agreements/{id}/goals")
async def list_goals(id: AgreementKey, ports: Given, caller: Identified) -> GoalPage:
    """List the goals of the present revision."""
    agreement = await drafting.one(ports, caller, AgreementId(id))
    return GoalPage(items=[goal_out(goal) for goal in agreement.revision.goals], next=None)


@router.get("/v1/agreements/{id}/goals/{code}")
async def get_goal(id: AgreementKey, code: GoalKey, ports: Given, caller: Identified) -> AnyGoal:
    """Give one goal of the present revision."""
    return goal_out((await drafting.one(ports, caller, AgreementId(id))).revision.goal(code))


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
async def list_declarations(id: AgreementKey, ports: Given, caller: Identified) -> DeclarationPage:
    """List what was declared of all goals of an agreement."""
    found = await drafting.declarations(ports, caller, AgreementId(id))
    return DeclarationPage(items=[declaration_out(declaration) for declaration in found], next=None)


def _told(request: Request, agreement: Agreement, *, status: int = 200) -> Response:
    return tagged(request, agreement_out(agreement), agreement.version, status=status)
