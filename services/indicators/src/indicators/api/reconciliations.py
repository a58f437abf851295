"""`/v1/reconciliations`: the officially published figures held against ours."""

from typing import Annotated, Any
from uuid import UUID

from chassis.arrival import binary_body, media_type_of
from chassis.auth import Identified
from chassis.clock import NewId, Now
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Cursor, Limit, cursor_of, integer_of, uuid_of
from chassis.problems import language_of
from domain.reconciliation import OPEN, Cause, Reconciliation
from fastapi import APIRouter, Path, Query, Request, Response

from indicators.api.arriving import FOLLOWED, EventStream, Wait, state_event, table_of, waited_for
from indicators.api.given import Given
from indicators.api.official_finding_schemas import OfficialFindingPage, official_finding_out
from indicators.api.reconciliation_schemas import (
    FigureDifferencePage,
    ReconciliationOut,
    ReconciliationPage,
    figure_difference_out,
    reconciliation_out,
    version_of,
)
from indicators.ports import Ports
from indicators.ports.media_types import MediaType
from indicators.ports.reconciled import Comparison
from indicators.usecases.reconciliations import receiving
from indicators.usecases.reconciliations.receiving import OfficialFile

router = APIRouter(tags=["reconciliations"], route_class=KeyedRoute)
Key = Annotated[UUID, Path(description="the reconciliation's id")]
CauseFilter = Annotated[list[Cause] | None, Query(description="only with these causes")]
UnitFilter = Annotated[list[str] | None, Query(description="only of these units")]
TAKEN = (MediaType.CSV, MediaType.XLSX, MediaType.JSON)
KNOWN: dict[int | str, dict[str, Any]] = {
    200: {"model": ReconciliationOut, "description": "this table waits already, or was compared over the same data"}
}


@router.post(
    "/v1/reconciliations",
    status_code=202,
    response_model=ReconciliationOut,
    responses={**KNOWN},
    openapi_extra=binary_body(TAKEN),
)
async def reconcile_figures(
    request: Request, ports: Given, caller: Identified, id: NewId, now: Now, wait: Wait
) -> Response:
    """Compare official figures with ours, each difference with its likely cause; the answer waits for the outcome."""
    file = OfficialFile(id=id, media_type=media_type_of(request, TAKEN))
    run, job = await receiving.receive(ports, caller, file, table_of(request), now)
    outcome = await _awaited(ports, job, wait) if job else run
    told, location = reconciliation_out(outcome, language_of(request)), f"/v1/reconciliations/{run.id}"
    return tagged(request, told, version_of(outcome), status=202 if job else 200, Location=location)


@router.get("/v1/reconciliations")
async def list_reconciliations(
    request: Request, ports: Given, caller: Identified, limit: Limit = 100, cursor: Cursor = None
) -> ReconciliationPage:
    """List reconciliations within your reach, newest first."""
    found = await receiving.matching(ports, caller, uuid_of(cursor), limit + 1)
    following = cursor_of(str(found[limit - 1].id)) if len(found) > limit else None
    shown = [reconciliation_out(run, language_of(request)) for run in found[:limit]]
    return ReconciliationPage(items=shown, next=following)


@router.get("/v1/reconciliations/{id}", response_model=ReconciliationOut)
async def get_reconciliation(request: Request, id: Key, ports: Given, caller: Identified) -> Response:
    """Give one reconciliation: how far it is, and its counts when it is compared."""
    run = await receiving.one(ports, caller, id)
    return tagged(request, reconciliation_out(run, language_of(request)), version_of(run))


@router.get("/v1/reconciliations/{id}/events", response_class=Response, responses={**FOLLOWED})
async def follow_reconciliation(request: Request, id: Key, ports: Given, caller: Identified) -> Response:
    """Follow a reconciliation to its outcome as server-sent events."""
    first, language = await receiving.one(ports, caller, id), language_of(request)
    runs = receiving.follow(ports, caller, first)
    return EventStream(state_event(run.status, reconciliation_out(run, language)) async for run in runs)


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
    found = await receiving.differences(ports, caller, id, cause or (), unit or (), after, limit + 1)
    following = str(found[limit - 1][0]) if len(found) > limit else None
    return FigureDifferencePage(items=[figure_difference_out(entry) for _, entry in found[:limit]], next=following)


@router.get("/v1/reconciliations/{id}/findings")
async def list_official_findings(
    request: Request, id: Key, ports: Given, caller: Identified, limit: Limit = 100, cursor: Cursor = None
) -> OfficialFindingPage:
    """List the rows that could not be compared, in their order: row, column, code, value and remedy."""
    found, page = await receiving.findings(ports, caller, id, integer_of(cursor), limit + 1)
    following = str(page[limit - 1].row) if len(page) > limit else None
    shown = [official_finding_out(finding, language_of(request)) for finding in page[:limit]]
    return OfficialFindingPage(items=shown, found=found, next=following)


async def _awaited(ports: Ports, job: Comparison, seconds: int) -> Reconciliation:
    """Put a run in line and wait for its outcome; while it is open, its file must survive a crash."""
    await waited_for(ports.reconciling.submit(job), seconds)
    run = await receiving.sent(ports, job)
    if run.status in OPEN:
        await ports.spool.secure(job.id)
    return run
