"""`/v1/deliveries`: files in, outcomes out."""

from typing import Annotated, Any
from uuid import UUID

from chassis.arrival import arrival, binary_body
from chassis.auth import Identified
from chassis.clock import NewId, Now
from chassis.conditional import tagged
from chassis.paging import Cursor, Limit, cursor_of, integer_of, key_of
from chassis.problems import language_of
from domain.delivery import DeliveryKind, DeliveryMode, DeliveryStatus, OnError
from domain.identity import DeliveryId
from fastapi import APIRouter, Path, Query, Request, Response

from indicators.api.delivery_schemas import (
    CoveragePage,
    DeliveryOut,
    DeliveryPage,
    DifferencePage,
    FindingPage,
    covered_out,
    delivery_out,
    difference_out,
    finding_out,
)
from indicators.api.given import Given
from indicators.usecases import delivering

router = APIRouter(tags=["deliveries"])
DeliveryKey = Annotated[UUID, Path(description="the delivery's id")]
UnitFilter = Annotated[list[str] | None, Query(description="only with rows for one of these units")]
StatusFilter = Annotated[list[DeliveryStatus] | None, Query(description="only in these states")]
TAKEN = (
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/json",
)
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
    kind: DeliveryKind = DeliveryKind.OBSERVATIONS,
    mode: DeliveryMode = DeliveryMode.PARTIAL,
    on_error: OnError = OnError.ACCEPT_VALID,
    dry_run: bool = False,
) -> Response:
    """Deliver a file: good rows are kept, bad ones are told by row; the same file again changes nothing."""
    file = await arrival(request, TAKEN)
    received = delivering.Received(
        id=DeliveryId(id),
        chunks=file.chunks,
        digest=file.digest,
        media_type=file.media_type,
        kind=kind,
        mode=mode,
        on_error=on_error,
        dry_run=dry_run,
    )
    delivery, known = await delivering.receive(ports, caller, received, now)
    location = f"/v1/deliveries/{delivery.id}"
    return tagged(request, delivery_out(delivery), delivery.id.hex, status=200 if known else 202, Location=location)


@router.get("/v1/deliveries")
async def list_deliveries(
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
    shown = [delivery_out(delivery) for _, delivery in found[:limit]]
    return DeliveryPage(items=shown, next=str(found[limit - 1][0]) if len(found) > limit else None)


@router.get("/v1/deliveries/{id}", response_model=DeliveryOut)
async def get_delivery(request: Request, id: DeliveryKey, ports: Given, caller: Identified) -> Response:
    """Give one delivery with its counts."""
    delivery = await delivering.one(ports, caller, DeliveryId(id))
    return tagged(request, delivery_out(delivery), delivery.id.hex)


@router.get("/v1/deliveries/{id}/coverage")
async def list_coverage(
    id: DeliveryKey, ports: Given, caller: Identified, limit: Limit = 100, cursor: Cursor = None
) -> CoveragePage:
    """List what a delivery brought for each unit: rows, months, first and last month."""
    (after,) = key_of(cursor, 1) or ("",)
    found = await delivering.coverage(ports, caller, DeliveryId(id), after, limit + 1)
    following = cursor_of(found[limit - 1].unit) if len(found) > limit else None
    return CoveragePage(items=[covered_out(entry) for entry in found[:limit]], next=following)


@router.get("/v1/deliveries/{id}/findings")
async def list_findings(
    request: Request, id: DeliveryKey, ports: Given, caller: Identified, limit: Limit = 100, cursor: Cursor = None
) -> FindingPage:
    """List what is wrong with a delivery's rows: row, column, code, value and remedy."""
    found, page = await delivering.findings(ports, caller, DeliveryId(id), integer_of(cursor), limit + 1)
    shown = [finding_out(finding, language_of(request)) for _, finding in page[:limit]]
    return FindingPage(items=shown, found=found, next=str(page[limit - 1][0]) if len(page) > limit else None)


@router.get("/v1/deliveries/{id}/differences")
async def list_differences(
    id: DeliveryKey, ports: Given, caller: Identified, limit: Limit = 100, cursor: Cursor = None
) -> DifferencePage:
    """List what a dry run would change: new, corrected with old and new value, withdrawn."""
    page = await delivering.differences(ports, caller, DeliveryId(id), integer_of(cursor), limit + 1)
    shown = [difference_out(difference) for _, difference in page[:limit]]
    return DifferencePage(items=shown, next=str(page[limit - 1][0]) if len(page) > limit else None)
