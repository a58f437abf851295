"""`/v1/soft-findings`: figures that were kept and are doubted, and who stands for them."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from chassis.auth import Identified
from chassis.clock import Now
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Cursor, Limit
from chassis.problems import language_of
from chassis.wire import MonthText
from domain.identity import DeliveryId
from domain.period import Month
from domain.soft_finding import SoftFindingFiled, SoftStatus
from fastapi import APIRouter, Path, Query, Request, Response

from indicators.api.given import Given
from indicators.api.soft_finding_schemas import (
    AcknowledgementIn,
    SoftFindingOut,
    SoftFindingPage,
    soft_after,
    soft_cursor,
    soft_finding_out,
)
from indicators.ports.quality import Acknowledging, SoftAsked
from indicators.usecases import doubting

router = APIRouter(tags=["quality"], route_class=KeyedRoute)
FindingKey = Annotated[UUID, Path(description="the finding's id")]
Units = Annotated[list[str] | None, Query(alias="unit", description="only these units", max_length=1000)]
Months = Annotated[list[MonthText] | None, Query(alias="month", description="only these months")]
Statuses = Annotated[list[SoftStatus] | None, Query(alias="status", description="only in these states")]


@router.get("/v1/soft-findings")
async def list_soft_findings(
    request: Request,
    ports: Given,
    caller: Identified,
    units: Units = None,
    months: Months = None,
    statuses: Statuses = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> SoftFindingPage:
    """List doubted figures of units within your reach."""
    wanted = [Month.parse(month) for month in months or ()]
    asked = SoftAsked(units=units or (), months=wanted, statuses=statuses or ())
    found = await doubting.matching(ports, caller, asked, soft_after(cursor), limit + 1)
    return _page(request, found, limit)


@router.get("/v1/soft-findings/{id}", response_model=SoftFindingOut)
async def get_soft_finding(request: Request, id: FindingKey, ports: Given, caller: Identified) -> Response:
    """Give one doubted figure."""
    filed = await doubting.one(ports, caller, id)
    return tagged(request, soft_finding_out(filed, language_of(request)), f"{id.hex}-{filed.status}")


@router.post("/v1/soft-findings/{id}/acknowledgement", response_model=SoftFindingOut)
async def acknowledge_soft_finding(
    request: Request, id: FindingKey, sent: AcknowledgementIn, ports: Given, caller: Identified, now: Now
) -> Response:
    """Stand for a doubted figure, once, with the reason why it is right."""
    given = Acknowledging(reason=sent.reason, at=now)
    filed = await doubting.acknowledge(ports, caller, id, given)
    return tagged(request, soft_finding_out(filed, language_of(request)), f"{id.hex}-{filed.status}")


@router.get("/v1/deliveries/{id}/soft-findings")
async def list_soft_findings_of_delivery(
    request: Request,
    id: Annotated[UUID, Path(description="the delivery's id")],
    ports: Given,
    caller: Identified,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> SoftFindingPage:
    """List the figures that are doubted since a delivery; complete once its `scrutiny` is done."""
    asked = SoftAsked(delivery=DeliveryId(id))
    found = await doubting.matching(ports, caller, asked, soft_after(cursor), limit + 1)
    return _page(request, found, limit)


def _page(request: Request, found: Sequence[SoftFindingFiled], limit: int) -> SoftFindingPage:
    """Cut a page out."""
    shown = [soft_finding_out(filed, language_of(request)) for filed in found[:limit]]
    return SoftFindingPage(items=shown, next=soft_cursor(found[limit - 1]) if len(found) > limit else None)
