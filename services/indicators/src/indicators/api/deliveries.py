"""`/v1/deliveries`: files in, outcomes out."""

from typing import Annotated, Any
from uuid import UUID

from chassis.arrival import binary_body, media_type_of
from chassis.auth import Identified
from chassis.clock import NewId, Now
from chassis.conditional import tagged
from chassis.paging import Cursor, Limit, cursor_of, integer_of, key_of
from chassis.problems import language_of
from domain.delivery import DeliveryKind, DeliveryMode, DeliveryStatus, OnError
from domain.identity import DeliveryId
from fastapi import APIRouter, Path, Query, Request, Response

from indicators.api.arriving import FOLLOWED, TAKEN, EventStream, Wait, announced, awaited, event_of, file_of
from indicators.api.delivery_schemas import (
    CoveragePage,
    DeliveryOut,
    DeliveryPage,
    RetractionIn,
    SentKind,
    covered_out,
    delivery_out,
    version_of,
)
from indicators.api.given import Given
from indicators.usecases import delivering

router = APIRouter(tags=["deliveries"])
DeliveryKey = Annotated[UUID, Path(description="the delivery's id")]
UnitFilter = Annotated[list[str] | None, Query(description="only with rows for one of these units")]
StatusFilter = Annotated[list[DeliveryStatus] | None, Query(description="only in these states")]
KNOWN: dict[int | str, dict[str, Any]] = {
    200: {"model": DeliveryOut, "description": "these bytes were delivered before; nothing was changed"}
}


@router.post(
    "/v1/deliveries", status_code=202, response_model=DeliveryOut, responses={**KNOWN}, openapi_extra=binary_body(TAKEN)
)
async def deliver(
    request: Request,
    ports: Given,
    caller: Identified,
    now: Now,
    id: NewId,
    wait: Wait,
    kind: SentKind = DeliveryKind.OBSERVATIONS,
    mode: Annotated[DeliveryMode | None, Query(description="partial, where neither you nor the profile says")] = None,
    on_error: OnError = OnError.ACCEPT_VALID,
    dry_run: bool = False,
    profile: Annotated[str | None, Query(description="a mapping profile; else the one meant for you, if any")] = None,
) -> Response:
    """Deliver a file: good rows are kept, bad ones told by row; the answer waits for the outcome."""
    wanted = delivering.Wanted(
        id=DeliveryId(id),
        media_type=media_type_of(request, TAKEN),
        kind=kind,
        mode=mode,
        on_error=on_error,
        dry_run=dry_run,
        profile=profile,
        announced=announced(request),
    )
    delivery, job = await delivering.receive(ports, caller, wanted, file_of(request), now)
    outcome = await awaited(ports, caller, job, wait) if job else delivery
    location = f"/v1/deliveries/{delivery.id}"
    return tagged(
        request,
        delivery_out(outcome, language_of(request)),
        version_of(outcome),
        status=202 if job else 200,
        Location=location,
    )


@router.post("/v1/deliveries/{id}/cancellation", response_model=DeliveryOut)
async def cancel_delivery(request: Request, id: DeliveryKey, ports: Given, caller: Identified) -> Response:
    """Cancel a delivery that has no outcome yet; nothing of it is kept."""
    delivery = await delivering.cancel(ports, caller, DeliveryId(id))
    return tagged(request, delivery_out(delivery, language_of(request)), version_of(delivery))


@router.post("/v1/deliveries/{id}/retraction", status_code=201, response_model=DeliveryOut)
async def retract_delivery(
    request: Request, id: DeliveryKey, sent: RetractionIn, ports: Given, caller: Identified, now: Now, new: NewId
) -> Response:
    """Take a whole delivery back: what was known before it stands again; the retraction is a delivery of its own."""
    wanted = delivering.Retraction(id=DeliveryId(new), reason=sent.reason, at=now)
    done = await delivering.take_back(ports, caller, DeliveryId(id), wanted)
    location = f"/v1/deliveries/{done.id}"
    return tagged(request, delivery_out(done, language_of(request)), version_of(done), status=201, Location=location)


@router.get("/v1/deliveries")
async def list_deliveries(
    request: Request,
    ports: Given,
    caller: Identified,
    unit: UnitFilter = None,
    status: StatusFilter = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> DeliveryPage:
    """List deliveries within your reach, newest first."""
    before = integer_of(cursor) if cursor else None
    found = await delivering.matching(ports, caller, unit or (), status or (), before, limit + 1)
    shown = [delivery_out(delivery, language_of(request)) for _, delivery in found[:limit]]
    return DeliveryPage(items=shown, next=str(found[limit - 1][0]) if len(found) > limit else None)


@router.get("/v1/deliveries/{id}", response_model=DeliveryOut)
async def get_delivery(request: Request, id: DeliveryKey, ports: Given, caller: Identified) -> Response:
    """Give one delivery with its counts."""
    delivery = await delivering.one(ports, caller, DeliveryId(id))
    return tagged(request, delivery_out(delivery, language_of(request)), version_of(delivery))


@router.get("/v1/deliveries/{id}/events", response_class=Response, responses={**FOLLOWED})
async def follow_delivery(request: Request, id: DeliveryKey, ports: Given, caller: Identified) -> Response:
    """Follow a delivery to its outcome as server-sent events."""
    first = await delivering.one(ports, caller, DeliveryId(id))
    states = delivering.follow(ports, caller, first)
    return EventStream(event_of(delivery, language_of(request)) async for delivery in states)


@router.get("/v1/deliveries/{id}/coverage")
async def list_coverage(
    id: DeliveryKey, ports: Given, caller: Identified, limit: Limit = 100, cursor: Cursor = None
) -> CoveragePage:
    """List what a delivery brought for each unit: rows, months, first and last month."""
    (after,) = key_of(cursor, 1) or ("",)
    found = await delivering.coverage(ports, caller, DeliveryId(id), after, limit + 1)
    following = cursor_of(found[limit - 1].unit) if len(found) > limit else None
    return CoveragePage(items=[covered_out(entry) for entry in found[:limit]], next=following)
