"""`/v1/reconciliations`: the officially published figures held against ours."""

from typing import Annotated, Any
from uuid import UUID

from chassis.arrival import arrival, binary_body
from chassis.auth import Identified
from chassis.clock import NewId, Now
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Cursor, Limit, cursor_of, integer_of, uuid_of
from chassis.problems import language_of
from domain.reconciliation import Cause
from fastapi import APIRouter, Path, Query, Request, Response

from indicators.api.given import Given
from indicators.api.official_finding_schemas import OfficialFindingPage, official_finding_out
from indicators.api.reconciliation_schemas import (
    FigureDifferencePage,
    ReconciliationOut,
    ReconciliationPage,
    figure_difference_out,
    reconciliation_out,
)
from indicators.ports.media_types import MediaType
from indicators.usecases import reconciling
from indicators.usecases.reconciling import OfficialFile

router = APIRouter(tags=["reconciliations"], route_class=KeyedRoute)
Key = Annotated[UUID, Path(description="the reconciliation's id")]
CauseFilter = Annotated[list[Cause] | None, Query(description="only with these causes")]
UnitFilter = Annotated[list[str] | None, Query(description="only of these units")]
TAKEN = (MediaType.CSV, MediaType.XLSX, MediaType.JSON)
KNOWN: dict[int | str, dict[str, Any]] = {
    200: {"model": ReconciliationOut, "description": "this table was compared over the same data before"}
}


@router.post(
    "/v1/reconciliations",
    status_code=201,
    response_model=ReconciliationOut,
    responses={**KNOWN},
    openapi_extra=binary_body(TAKEN),
)
async def reconcile_figures(request: Request, ports: Given, caller: Identified, id: NewId, now: Now) -> Response:
    """Compare a table of official figures with ours; each difference is kept with its likely cause."""
    file = await arrival(request, TAKEN)
    sent = OfficialFile(id=id, content=file.content, digest=file.digest, media_type=file.media_type)
    run, known = await reconciling.reconcile(ports, caller, sent, now)
    location = f"/v1/reconciliations/{run.id}"
    return tagged(request, reconciliation_out(run), "1", status=200 if known else 201, Location=location)


@router.get("/v1/reconciliations")
async def list_reconciliations(
    ports: Given, caller: Identified, limit: Limit = 100, cursor: Cursor = None
) -> ReconciliationPage:
    """List reconciliations within your reach, newest first."""
    found = await reconciling.matching(ports, caller, uuid_of(cursor), limit + 1)
    following = cursor_of(str(found[limit - 1].id)) if len(found) > limit else None
    return ReconciliationPage(items=[reconciliation_out(run) for run in found[:limit]], next=following)


@router.get("/v1/reconciliations/{id}", response_model=ReconciliationOut)
async def get_reconciliation(request: Request, id: Key, ports: Given, caller: Identified) -> Response:
    """Give one reconciliation with its counts."""
    return tagged(request, reconciliation_out(await reconciling.one(ports, caller, id)), "1")


@router.get("/v1/reconciliations/{id}/differences")
async def list_figure_differences(
    id: Key,
    ports: Given,
    caller: Identified,
    cause: CauseFilter = None,
    unit: UnitFilter = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> FigureDifferencePage:
    """List differences of units within your reach, each with its likely cause."""
    after = integer_of(cursor)
    found = await reconciling.differences(ports, caller, id, cause or (), unit or (), after, limit + 1)
    following = str(found[limit - 1][0]) if len(found) > limit else None
    return FigureDifferencePage(items=[figure_difference_out(entry) for _, entry in found[:limit]], next=following)


@router.get("/v1/reconciliations/{id}/findings")
async def list_official_findings(
    request: Request, id: Key, ports: Given, caller: Identified, limit: Limit = 100, cursor: Cursor = None
) -> OfficialFindingPage:
    """List the rows that could not be compared: row, column, code, value and remedy."""
    found, page = await reconciling.findings(ports, caller, id, integer_of(cursor), limit + 1)
    following = str(page[limit - 1][0]) if len(page) > limit else None
    shown = [official_finding_out(finding, language_of(request)) for _, finding in page[:limit]]
    return OfficialFindingPage(items=shown, found=found, next=following)
