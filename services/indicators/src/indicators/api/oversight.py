"""`/v1/delivery-dashboard` and `/v1/delivery-punctuality`: overseeing who delivers."""

import asyncio
from typing import Annotated, Any

from chassis.auth import Identified
from chassis.canonical import sha256
from chassis.conditional import tagged
from chassis.paging import Asked, Window
from chassis.tables.writing import AS_TABLE, TableAsked, table
from chassis.wire import MonthText
from domain.period import Month
from domain.punctuality import Punctuality
from domain.unit import Units
from fastapi import APIRouter, Query, Request

from indicators.api.duty_schemas import OWED_COLUMNS, owed_out
from indicators.api.given import Given
from indicators.api.oversight_schemas import (
    RECORD_COLUMNS,
    DashboardOut,
    PunctualityPage,
    dashboard_out,
    record_out,
)
from indicators.usecases import overseeing

router = APIRouter(tags=["delivery duty"])
Below = Annotated[list[str] | None, Query(alias="unit", description="only these units and those below them")]
Only = Annotated[list[str] | None, Query(alias="unit", description="only these units")]
InMonth = Annotated[MonthText | None, Query(alias="month", description="the last one that is over, if left out")]
From = Annotated[MonthText | None, Query(alias="from", description="eleven months before `to`, if left out")]
To = Annotated[MonthText | None, Query(alias="to", description="the last month that is over, if left out")]


@router.get("/v1/delivery-dashboard", response_model=DashboardOut, responses=AS_TABLE)
async def show_delivery_dashboard(
    request: Request,
    ports: Given,
    caller: Identified,
    form: TableAsked,
    asked: Asked,
    units: Below = None,
    month: InMonth = None,
) -> Any:
    """Show how a month stands: units by state for each supervisor, and who is behind; as a table all of these."""
    found = await overseeing.dashboard(ports, caller, units or (), _month(month))
    if form:
        rows = (owed_out(entry, found.units) for entry in found.behind)
        return await asyncio.to_thread(table, form, OWED_COLUMNS, rows)
    told = dashboard_out(found, asked)
    return tagged(request, told, sha256(told.model_dump_json().encode()))


@router.get("/v1/delivery-punctuality", response_model=PunctualityPage, responses=AS_TABLE)
async def list_delivery_punctuality(
    ports: Given,
    caller: Identified,
    form: TableAsked,
    asked: Asked,
    units: Only = None,
    first: From = None,
    last: To = None,
) -> Any:
    """List how punctual units were over months, each with its history; as a table without it."""
    found, tree = await overseeing.records(ports, caller, units or (), _month(first), _month(last))
    if form:
        rows = (record_out(record, tree) for record in found)
        return await asyncio.to_thread(table, form, RECORD_COLUMNS, rows)
    return _page(found, tree, asked)


def _page(found: list[Punctuality], tree: Units, asked: Window) -> PunctualityPage:
    shown, following = asked.cut(found, [record.unit for record in found])
    return PunctualityPage(items=[record_out(record, tree) for record in shown], next=following)


def _month(text: str | None) -> Month | None:
    return Month.parse(text) if text else None
