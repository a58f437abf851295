"""`/v1/agreements/{id}/meetings`: talks in a rhythm, and their results."""

from typing import Annotated

from chassis.auth import Identified
from chassis.clock import NewId
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked
from domain.identity import AgreementId
from domain.meeting import Meeting, MeetingHeld
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from agreements.api.forms import Form, filed_form, page_form, told_filed, whole_page
from agreements.api.given import AgreementKey, Given, HeldVersion, Key
from agreements.usecases import meeting
from agreements.usecases.belonging import belonging

router = APIRouter(tags=["meetings"], route_class=KeyedRoute)
Held = Annotated[MeetingHeld, Form()]
MEETING = filed_form(Meeting)


@router.get("/v1/agreements/{id}/meetings", response_model=page_form(MEETING))
async def list_meetings(id: AgreementKey, ports: Given, caller: Identified, asked: Asked) -> BaseModel:
    """List the meetings under an agreement in the order they were recorded."""
    found = await belonging(ports, caller, AgreementId(id), lambda work: work.meetings)
    return whole_page(MEETING, [told_filed(filed) for filed in found], asked)


@router.post("/v1/agreements/{id}/meetings", status_code=201, response_model=MEETING)
async def hold_meeting(
    request: Request, id: AgreementKey, sent: Held, ports: Given, caller: Identified, new_id: NewId
) -> Response:
    """Record a meeting: who took part, what came of it, when it meets again."""
    filed = await meeting.hold(ports, caller, AgreementId(id), sent, new_id)
    return tagged(request, told_filed(filed), filed.version, status=201)


@router.put("/v1/agreements/{id}/meetings/{key}", response_model=MEETING)
async def change_meeting(
    request: Request, id: AgreementKey, key: Key, sent: Held, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Change what is recorded of a meeting, such as the day of the next one."""
    filed = await meeting.correct(ports, caller, AgreementId(id), key, held, sent)
    return tagged(request, told_filed(filed), filed.version)
