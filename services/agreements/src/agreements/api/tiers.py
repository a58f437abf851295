"""`/v1/tiers` and `/v1/bodies`: who agrees with whom on what ground, and who consults and decides."""

from typing import Annotated

from chassis.auth import Identified
from chassis.clock import NewId
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked
from domain.body import Body
from domain.tier import Tier
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from agreements.api.forms import Form, filed_form, page_form, told, told_filed, told_form, whole_page
from agreements.api.given import Code, Given, HeldVersion
from agreements.usecases import tiers

router = APIRouter(tags=["tiers"], route_class=KeyedRoute)
SentTier = Annotated[Tier, Form()]
SentBody = Annotated[Body, Form()]
Units = Annotated[list[str] | None, Query(description="only bodies of these units")]


@router.get("/v1/tiers", response_model=page_form(told_form(Tier)))
async def list_tiers(ports: Given, caller: Identified, asked: Asked) -> BaseModel:
    """List the tiers of target agreements: statutory, additional by state law, and configured."""
    return whole_page(told_form(Tier), [told(Tier, tier) for tier in await tiers.all_tiers(ports, caller)], asked)


@router.post("/v1/tiers", status_code=201, response_model=filed_form(Tier))
async def configure_tier(request: Request, sent: SentTier, ports: Given, caller: Identified, id: NewId) -> Response:
    """Configure a tier by state law, in place of one that is not statutory or beside the others."""
    filed = await tiers.configure_tier(ports, caller, id, sent)
    return tagged(request, told_filed(filed), filed.version, status=201)


@router.get("/v1/bodies", response_model=page_form(filed_form(Body)))
async def list_bodies(ports: Given, caller: Identified, asked: Asked, unit: Units = None) -> BaseModel:
    """List the bodies that consult and decide."""
    found = await tiers.all_bodies(ports, caller, unit or [])
    return whole_page(filed_form(Body), [told_filed(filed) for filed in found], asked)


@router.post("/v1/bodies", status_code=201, response_model=filed_form(Body))
async def add_body(request: Request, sent: SentBody, ports: Given, caller: Identified, id: NewId) -> Response:
    """Add a body of a unit, such as its carrier assembly."""
    filed = await tiers.add_body(ports, caller, id, sent)
    return tagged(request, told_filed(filed), filed.version, status=201, Location=f"/v1/bodies/{sent.code}")


@router.get("/v1/bodies/{code}", response_model=filed_form(Body))
async def get_body(request: Request, code: Code, ports: Given, caller: Identified) -> Response:
    """Give one body."""
    filed = await tiers.body(ports, caller, code)
    return tagged(request, told_filed(filed), filed.version)


@router.put("/v1/bodies/{code}", response_model=filed_form(Body))
async def change_body(
    request: Request, code: Code, sent: SentBody, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Change a body."""
    filed = await tiers.change_body(ports, caller, code, held, sent)
    return tagged(request, told_filed(filed), filed.version)
