"""`/v1/reports`: drafted reports and their documents."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from chassis.auth import Identified
from chassis.clock import Now
from chassis.conditional import etag, tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Cursor, Limit, cursor_of, uuid_of
from chassis.tables.liking import liked
from domain.identity import ReportId
from domain.period import Period
from domain.report import Report, ReportKind, ReportStatus
from fastapi import APIRouter, Path, Query, Request, Response

from reporting.api.given import Given, held
from reporting.api.schemas import ReportIn, ReportOut, ReportPage, report_out
from reporting.ports import Sought
from reporting.usecases import reporting

Renderers = dict[str, Callable[[Report], bytes]]
Key = Annotated[UUID, Path(description="the report's id")]
Units = Annotated[list[str] | None, Query(alias="unit", description="only on these units")]
Kinds = Annotated[list[ReportKind] | None, Query(alias="kind", description="only these kinds")]
Statuses = Annotated[list[ReportStatus] | None, Query(alias="status", description="only in these states")]
Periods = Annotated[list[str] | None, Query(alias="period", description="only for these periods")]
DOCUMENT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "the report in the form asked for",
        "content": {"application/json": {}, "text/html": {}, "application/pdf": {}},
    }
}


def reports_router(renderers: Renderers) -> APIRouter:
    """Serve reports in the forms there are renderers for; the first is the usual one."""
    router = APIRouter(tags=["reports"], route_class=KeyedRoute)

    @router.post("/v1/reports", status_code=201, response_model=ReportOut)
    async def draft_report(request: Request, sent: ReportIn, ports: Given, caller: Identified, now: Now) -> Response:
        """Draft a report from what is judged and known now; its content is frozen with a digest."""
        kept = await reporting.make(ports, caller, sent.order(), now)
        return tagged(request, report_out(kept), kept.digest, status=201, Location=f"/v1/reports/{kept.id}")

    @router.get("/v1/reports")
    async def list_reports(
        ports: Given,
        caller: Identified,
        units: Units = None,
        kinds: Kinds = None,
        periods: Periods = None,
        statuses: Statuses = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> ReportPage:
        """List reports of units within your reach, oldest first."""
        sought = Sought(
            units=units,
            kinds=kinds or (),
            periods=[str(Period.parse(period)) for period in periods or ()],
            statuses=statuses or (),
            after=uuid_of(cursor),
            limit=limit + 1,
        )
        found = await reporting.matching(ports, caller, sought)
        shown = [report_out(kept) for kept in found[:limit]]
        return ReportPage(items=shown, next=cursor_of(str(shown[-1].id)) if len(found) > limit else None)

    @router.get("/v1/reports/{id}", response_model=ReportOut)
    async def get_report(request: Request, id: Key, ports: Given, caller: Identified) -> Response:
        """Give one report without its content."""
        kept = await reporting.one(ports, caller, ReportId(id))
        return tagged(request, report_out(kept), kept.digest)

    @router.get("/v1/reports/{id}/document", response_class=Response, responses=DOCUMENT)
    async def get_document(request: Request, id: Key, ports: Given, caller: Identified) -> Response:
        """Give the report as JSON, HTML or PDF (PDF/UA-1), by `Accept`."""
        form = liked(request.headers.get("accept", ""), {form: form for form in renderers})
        kept = await reporting.one(ports, caller, ReportId(id))
        headers = {"ETag": etag(kept.digest), "Vary": "Accept"}
        if held(request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return Response(await asyncio.to_thread(renderers[form], kept.report), media_type=form, headers=headers)

    return router
