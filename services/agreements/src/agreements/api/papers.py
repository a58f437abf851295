"""`/v1/papers` and `/v1/standards`: what councils treat, and what agreements refer to."""

from datetime import date
from typing import Annotated

from chassis.auth import Identified
from chassis.clock import NewId
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked, Cursor, Limit, uuid_of
from domain.codec import encode
from domain.paper import Link, Paper
from domain.standards import Standard
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from agreements.api.forms import FILED, Form, filed_form, page_form, told_filed, told_form, told_page, whole_page
from agreements.api.given import Code, Given, HeldVersion, Key
from agreements.ports import Filed
from agreements.usecases import papers

router = APIRouter(tags=["papers"], route_class=KeyedRoute)
SentPaper = Annotated[Paper, Form()]
SentStandard = Annotated[Standard, Form()]
Units = Annotated[list[str] | None, Query(description="only papers of these units")]
Numbers = Annotated[list[str] | None, Query(description="only papers with these numbers")]
Codes = Annotated[list[str] | None, Query(description="only these standards")]
On = Annotated[date | None, Query(description="only editions in force on this day")]
PAPER, STANDARD = filed_form(Paper), filed_form(Standard)
LINKED = told_form(Link, ("from_number", str))
WHOLE = told_form(Paper, *FILED, ("total", str), ("linked_by", list[LINKED]))  # type: ignore[valid-type]


@router.get("/v1/papers", response_model=page_form(PAPER))
async def list_papers(
    ports: Given,
    caller: Identified,
    unit: Units = None,
    number: Numbers = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> BaseModel:
    """List papers that are public or within your reach, oldest first."""
    found = await papers.papers(ports, caller, unit or [], number or [], uuid_of(cursor), limit + 1)
    return told_page(Paper, found, limit)


@router.post("/v1/papers", status_code=201, response_model=PAPER)
async def add_paper(request: Request, sent: SentPaper, ports: Given, caller: Identified, new_id: NewId) -> Response:
    """Add a paper whole: proposals for resolution, financial block, impact questions, links."""
    filed = await papers.add_paper(ports, caller, sent, new_id)
    return tagged(request, told_filed(filed), filed.version, status=201, Location=f"/v1/papers/{filed.id}")


@router.get("/v1/papers/{key}", response_model=WHOLE)
async def get_paper(request: Request, key: Key, ports: Given, caller: Identified) -> Response:
    """Give one paper with the total of its finances and the papers that point to it."""
    filed, pointing = await papers.paper(ports, caller, key)
    return tagged(request, _whole(filed, pointing), filed.version)


@router.put("/v1/papers/{key}", response_model=PAPER)
async def change_paper(
    request: Request, key: Key, sent: SentPaper, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Change a paper of your own unit."""
    filed = await papers.change_paper(ports, caller, key, held, sent)
    return tagged(request, told_filed(filed), filed.version)


@router.get("/v1/standards", response_model=page_form(STANDARD))
async def list_standards(
    ports: Given, caller: Identified, asked: Asked, code: Codes = None, on: On = None
) -> BaseModel:
    """List expert concepts, quality standards, guidelines and instructions by edition."""
    found = await papers.standards(ports, caller, code or [], on)
    return whole_page(STANDARD, [told_filed(filed) for filed in found], asked)


@router.post("/v1/standards", status_code=201, response_model=STANDARD)
async def register_standard(
    request: Request, sent: SentStandard, ports: Given, caller: Identified, new_id: NewId
) -> Response:
    """Register an edition of a standard."""
    filed = await papers.register(ports, caller, sent, new_id)
    return tagged(request, told_filed(filed), filed.version, status=201)


@router.get("/v1/standards/{code}/{edition}", response_model=STANDARD)
async def get_standard(request: Request, code: Code, edition: Code, ports: Given, caller: Identified) -> Response:
    """Give one edition of a standard."""
    filed = await papers.standard(ports, caller, code, edition)
    return tagged(request, told_filed(filed), filed.version)


def _whole(filed: Filed[Paper], pointing: list[tuple[str, Link]]) -> BaseModel:
    body = told_filed(filed).model_dump(mode="json")
    linked = [{"from_number": number, **_members(link)} for number, link in pointing]
    return WHOLE.model_validate({**body, "total": f"{filed.value.total:f}", "linked_by": linked})


def _members(link: Link) -> dict[str, object]:
    return {"kind": encode(link.kind), "number": link.number}
