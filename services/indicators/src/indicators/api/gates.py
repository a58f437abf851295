"""`/v1/sender-responsibilities`, `/v1/closed-months`, `/v1/late-permits`: who delivers what when."""

from chassis.auth import Identified
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked
from fastapi import APIRouter

from indicators.api.gate_schemas import (
    ClosedMonthPage,
    ClosingIn,
    LatePermitIn,
    LatePermitOut,
    LatePermitPage,
    ResponsibilitiesIn,
    ResponsibilityPage,
    closed_out,
    permit_out,
    responsibility_out,
)
from indicators.api.given import Given
from indicators.usecases import gating

router = APIRouter(tags=["delivery duty"], route_class=KeyedRoute)


@router.post("/v1/sender-responsibilities")
async def put_responsibilities(sent: ResponsibilitiesIn, ports: Given, caller: Identified) -> ResponsibilityPage:
    """Say which sender is responsible for a unit's variables; rows of others for them are rejected."""
    kept = await gating.put_responsibilities(ports, caller, [one.value() for one in sent.responsibilities])
    return ResponsibilityPage(items=[responsibility_out(one) for one in kept], next=None)


@router.get("/v1/sender-responsibilities")
async def list_responsibilities(ports: Given, caller: Identified, asked: Asked) -> ResponsibilityPage:
    """List who is responsible for which units."""
    found = (await gating.gates(ports, caller)).responsibilities
    return asked.page(ResponsibilityPage, [responsibility_out(one) for one in found])


@router.post("/v1/closed-months")
async def close_months(sent: ClosingIn, ports: Given, caller: Identified) -> ClosedMonthPage:
    """Close a month for units: late files need a permit from now on."""
    kept = await gating.close(ports, caller, sent.values())
    return ClosedMonthPage(items=[closed_out(one.unit, one.month) for one in kept], next=None)


@router.get("/v1/closed-months")
async def list_closed_months(ports: Given, caller: Identified, asked: Asked) -> ClosedMonthPage:
    """List the months that are closed."""
    found = sorted((await gating.gates(ports, caller)).closed)
    return asked.page(ClosedMonthPage, [closed_out(unit, month) for unit, month in found])


@router.post("/v1/late-permits", status_code=201)
async def give_late_permit(sent: LatePermitIn, ports: Given, caller: Identified) -> LatePermitOut:
    """Let one sender deliver for a closed month until a day."""
    return permit_out(await gating.permit(ports, caller, sent.value()))


@router.get("/v1/late-permits")
async def list_late_permits(ports: Given, caller: Identified, asked: Asked) -> LatePermitPage:
    """List who may deliver late for what, and why."""
    found = (await gating.gates(ports, caller)).permits
    return asked.page(LatePermitPage, [permit_out(one) for one in found])
