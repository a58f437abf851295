"""Statements and escalations of an agreement, conferences of a planning round: the way to a goal concept."""

from typing import Annotated

from chassis.auth import Identified
from chassis.clock import NewId, Now
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked
from domain.concept import Conference, ConferenceHeld, Decision, Escalation, PointRaised, Statement, StatementMade
from domain.identity import AgreementId
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from agreements.api.forms import Form, filed_form, page_form, told_filed, whole_page
from agreements.api.given import AgreementKey, Given, HeldVersion, Key
from agreements.usecases import conceiving
from agreements.usecases.belonging import belonging

router = APIRouter(tags=["goal concept"], route_class=KeyedRoute)
Made = Annotated[StatementMade, Form()]
Raised = Annotated[PointRaised, Form()]
Decided = Annotated[Decision, Form()]
Held = Annotated[ConferenceHeld, Form()]
STATEMENT, ESCALATION, CONFERENCE = filed_form(Statement), filed_form(Escalation), filed_form(Conference)


@router.get("/v1/agreements/{id}/statements", response_model=page_form(STATEMENT))
async def list_statements(id: AgreementKey, ports: Given, caller: Identified, asked: Asked) -> BaseModel:
    """List the written statements of the offices, oldest first."""
    found = await belonging(ports, caller, AgreementId(id), lambda work: work.statements)
    return whole_page(STATEMENT, [told_filed(filed) for filed in found], asked)


@router.post("/v1/agreements/{id}/statements", status_code=201, response_model=STATEMENT)
async def make_statement(
    request: Request, id: AgreementKey, sent: Made, ports: Given, caller: Identified, new_id: NewId, now: Now
) -> Response:
    """State in writing what an office gives to the goals, and whether it consents."""
    filed = await conceiving.state(ports, caller, AgreementId(id), sent, new_id, now)
    return tagged(request, told_filed(filed), filed.version, status=201)


@router.get("/v1/agreements/{id}/escalations", response_model=page_form(ESCALATION))
async def list_escalations(id: AgreementKey, ports: Given, caller: Identified, asked: Asked) -> BaseModel:
    """List unresolved points and what was decided of them."""
    found = await belonging(ports, caller, AgreementId(id), lambda work: work.escalations)
    return whole_page(ESCALATION, [told_filed(filed) for filed in found], asked)


@router.post("/v1/agreements/{id}/escalations", status_code=201, response_model=ESCALATION)
async def raise_point(
    request: Request, id: AgreementKey, sent: Raised, ports: Given, caller: Identified, new_id: NewId
) -> Response:
    """Put an unresolved point to a body with the positions of both sides; until decided, nobody signs."""
    filed = await conceiving.escalate(ports, caller, AgreementId(id), sent, new_id)
    return tagged(request, told_filed(filed), filed.version, status=201)


@router.post("/v1/agreements/{id}/escalations/{key}/decision", response_model=ESCALATION)
async def decide_point(
    request: Request, id: AgreementKey, key: Key, sent: Decided, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Record the body's decision, for the body's unit; the goal must then be written as decided."""
    filed = await conceiving.settle(ports, caller, AgreementId(id), key, held, sent)
    return tagged(request, told_filed(filed), filed.version)


@router.get("/v1/planning-rounds/{id}/conferences", response_model=page_form(CONFERENCE))
async def list_conferences(id: Key, ports: Given, caller: Identified, asked: Asked) -> BaseModel:
    """List the conferences of a round: agenda, participants, outcomes."""
    found = await conceiving.conferences(ports, caller, id)
    return whole_page(CONFERENCE, [told_filed(filed) for filed in found], asked)


@router.post("/v1/planning-rounds/{id}/conferences", status_code=201, response_model=CONFERENCE)
async def hold_conference(
    request: Request, id: Key, sent: Held, ports: Given, caller: Identified, new_id: NewId
) -> Response:
    """Record a planning or steering conference."""
    filed = await conceiving.hold(ports, caller, id, sent, new_id)
    return tagged(request, told_filed(filed), filed.version, status=201)


@router.put("/v1/planning-rounds/{id}/conferences/{key}", response_model=CONFERENCE)
async def change_conference(
    request: Request, id: Key, key: Key, sent: Held, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Change what is recorded of a conference."""
    filed = await conceiving.correct(ports, caller, id, key, held, sent)
    return tagged(request, told_filed(filed), filed.version)
