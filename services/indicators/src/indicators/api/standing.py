"""`/v1/attestations` and `/v1/standing`: who stands for a month, and how figures stand."""

from typing import Annotated
from uuid import UUID

from chassis.auth import Identified
from chassis.clock import NewId, Now
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Cursor, Limit, cursor_of, key_of, uuid_of
from chassis.wire import MonthText
from domain.attestation import AttestationStatus
from domain.period import Month
from fastapi import APIRouter, Path, Query, Request, Response

from indicators.api.attestation_schemas import AttestationIn, AttestationOut, AttestationPage, attestation_out
from indicators.api.given import Given, Units
from indicators.api.held import HeldVersion, tag_of
from indicators.api.standing_schemas import StandingPage, standing_out
from indicators.api.withdrawal_schemas import WithdrawalIn
from indicators.usecases import attesting
from indicators.usecases import standing as standings
from indicators.usecases.attesting import Stood

router = APIRouter(tags=["standing"], route_class=KeyedRoute)
Key = Annotated[UUID, Path(description="the attestation's id")]
UnitFilter = Annotated[list[str] | None, Query(alias="unit", description="only of these units")]
MonthFilter = Annotated[list[MonthText] | None, Query(alias="month", description="only of these months")]
StatusFilter = Annotated[list[AttestationStatus] | None, Query(alias="status", description="only in these states")]
Months = Annotated[list[MonthText], Query(alias="month", description="months", min_length=1, max_length=240)]
IsAttested = Annotated[bool | None, Query(description="only attested months, or only those that are not")]


@router.post("/v1/attestations", status_code=201, response_model=AttestationOut)
async def attest_month(
    request: Request, sent: AttestationIn, ports: Given, caller: Identified, new_id: NewId, now: Now
) -> Response:
    """Stand for a unit's month: complete and checked; what was known then is frozen by its digest."""
    return _told(request, await attesting.attest(ports, caller, new_id, sent.value(), now), status=201)


@router.get("/v1/attestations")
async def list_attestations(
    ports: Given,
    caller: Identified,
    units: UnitFilter = None,
    months: MonthFilter = None,
    statuses: StatusFilter = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> AttestationPage:
    """List attestations within your reach, and whether anything was recorded of their months since."""
    wanted = [Month.parse(month) for month in months or ()]
    found = await attesting.matching(ports, caller, units or (), wanted, statuses or (), uuid_of(cursor), limit + 1)
    following = cursor_of(str(found[limit - 1].filed.id)) if len(found) > limit else None
    return AttestationPage(items=[attestation_out(stood) for stood in found[:limit]], next=following)


@router.get("/v1/attestations/{id}", response_model=AttestationOut)
async def get_attestation(request: Request, id: Key, ports: Given, caller: Identified) -> Response:
    """Give one attestation."""
    return _told(request, await attesting.one(ports, caller, id))


@router.post("/v1/attestations/{id}/withdrawal", response_model=AttestationOut)
async def withdraw_attestation(
    request: Request, id: Key, sent: WithdrawalIn, ports: Given, caller: Identified, held: HeldVersion, now: Now
) -> Response:
    """Take an attestation back, with the reason; the month may then be attested anew."""
    return _told(request, await attesting.withdraw(ports, caller, id, held, sent.reason, now))


@router.get("/v1/standing")
async def list_standing(
    ports: Given,
    caller: Identified,
    units: Units,
    months: Months,
    attested: IsAttested = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> StandingPage:
    """Say of units and months whether somebody stands for them, since when, and what is contested."""
    wanted = [Month.parse(month) for month in months]
    found = await standings.shown(ports, caller, units, wanted, attested, key_of(cursor, 2), limit + 1)
    last = (found[limit - 1].unit, found[limit - 1].month) if len(found) > limit else None
    following = cursor_of(*standings.position(last)) if last else None
    return StandingPage(items=[standing_out(entry, ports.today()) for entry in found[:limit]], next=following)


def _told(request: Request, stood: Stood, *, status: int = 200) -> Response:
    tag = tag_of(stood.filed.version, "changed", stood.changed)
    location = f"/v1/attestations/{stood.filed.id}"
    return tagged(request, attestation_out(stood), tag, status=status, Location=location)
