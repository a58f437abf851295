"""`/v1/agreements/{id}/proposals`: changes of what is proposed, answered by every party."""

from typing import Annotated

from chassis.auth import Identified
from chassis.clock import NewId, Now
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Cursor, Limit, uuid_of
from domain.identity import AgreementId, UnitCode
from domain.proposal import AnswerGiven, Proposal, ProposalMade, ProposalStatus
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from agreements.api.act_schemas import PartyIn
from agreements.api.forms import Form, filed_form, page_form, told_filed, told_page
from agreements.api.given import AgreementKey, Given, HeldVersion, Key
from agreements.ports import Filed
from agreements.usecases import proposing

router = APIRouter(tags=["proposals"], route_class=KeyedRoute)
Made = Annotated[ProposalMade, Form()]
Answered = Annotated[AnswerGiven, Form()]
Statuses = Annotated[list[ProposalStatus] | None, Query(description="only in these states")]
PROPOSAL = filed_form(Proposal)


@router.get("/v1/agreements/{id}/proposals", response_model=page_form(PROPOSAL))
async def list_proposals(
    id: AgreementKey,
    ports: Given,
    caller: Identified,
    status: Statuses = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> BaseModel:
    """List the proposals made in this negotiation, oldest first."""
    after = uuid_of(cursor)
    found = await proposing.proposals(ports, caller, AgreementId(id), status or [], after, limit + 1)
    return told_page(Proposal, found, limit)


@router.post("/v1/agreements/{id}/proposals", status_code=201, response_model=PROPOSAL)
async def propose_change(
    request: Request, id: AgreementKey, sent: Made, ports: Given, caller: Identified, new_id: NewId, now: Now
) -> Response:
    """Propose to change goals or the head of a revision on behalf of a party."""
    filed = await proposing.propose_change(ports, caller, AgreementId(id), sent, new_id, now)
    return _told(request, id, filed, status=201)


@router.get("/v1/agreements/{id}/proposals/{key}", response_model=PROPOSAL)
async def get_proposal(request: Request, id: AgreementKey, key: Key, ports: Given, caller: Identified) -> Response:
    """Give one proposal with its answers."""
    return _told(request, id, await proposing.proposal(ports, caller, AgreementId(id), key))


@router.post("/v1/agreements/{id}/proposals/{key}/answers", response_model=PROPOSAL)
async def answer_proposal(
    request: Request,
    id: AgreementKey,
    key: Key,
    sent: Answered,
    ports: Given,
    caller: Identified,
    held: HeldVersion,
    now: Now,
) -> Response:
    """Take a proposal over, or decline it with a reason; the last yes makes it a new revision."""
    return _told(request, id, await proposing.answer(ports, caller, AgreementId(id), key, held, sent, now))


@router.post("/v1/agreements/{id}/proposals/{key}/withdrawal", response_model=PROPOSAL)
async def withdraw_proposal(
    request: Request, id: AgreementKey, key: Key, sent: PartyIn, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Take your own proposal back."""
    filed = await proposing.withdraw(ports, caller, AgreementId(id), key, held, UnitCode(sent.party))
    return _told(request, id, filed)


def _told(request: Request, id: AgreementKey, filed: Filed[Proposal], *, status: int = 200) -> Response:
    location = f"/v1/agreements/{id}/proposals/{filed.id}"
    return tagged(request, told_filed(filed), filed.version, status=status, Location=location)
