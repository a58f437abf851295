"""`/v1/delivery-schedule` and `/v1/delivery-status`: who owes what by when, and whether it came."""

import asyncio
from typing import Annotated, Any

from chassis.auth import Identified
from chassis.idempotency import KeyedRoute
from chassis.paging import Cursor, Limit, cursor_of, key_of
from chassis.tables.writing import AS_TABLE, TableAsked, table
from chassis.wire import MonthText
from domain.duty import Duty, DutyStatus, Owed
from domain.period import Month
from domain.unit import Units as Tree
from fastapi import APIRouter, Query

from indicators.api.duty_schemas import (
    OWED_COLUMNS,
    DutiesIn,
    DutiesKept,
    DutiesRemoved,
    DutyPage,
    OwedPage,
    duty_out,
    owed_out,
)
from indicators.api.given import Given
from indicators.usecases import owing
from indicators.usecases.owing import Wanted

router = APIRouter(tags=["delivery duty"], route_class=KeyedRoute)
Units = Annotated[list[str] | None, Query(alias="unit", description="only these units")]
Months = Annotated[list[MonthText] | None, Query(alias="month", description="only these months")]
Statuses = Annotated[list[DutyStatus] | None, Query(alias="status", description="only in these states")]


@router.post("/v1/delivery-schedule")
async def put_schedule(sent: DutiesIn, ports: Given, caller: Identified) -> DutiesKept:
    """Set who owes what by when; the same duty again changes nothing."""
    return DutiesKept(kept=await owing.put_schedule(ports, caller, [duty.value() for duty in sent.duties]))


@router.post("/v1/delivery-schedule/removal")
async def remove_duties(sent: DutiesIn, ports: Given, caller: Identified) -> DutiesRemoved:
    """Take duties out again that were set by mistake: unit, variables and months say which, the day does not matter."""
    return DutiesRemoved(removed=await owing.remove_duties(ports, caller, [duty.value() for duty in sent.duties]))


@router.get("/v1/delivery-schedule")
async def list_schedule(ports: Given, caller: Identified, limit: Limit = 100, cursor: Cursor = None) -> DutyPage:
    """List the duties of units within your reach."""
    after = key_of(cursor, 4)
    rest = [duty for duty in await owing.schedule(ports, caller) if after is None or _place(duty) > after]
    following = cursor_of(*_place(rest[limit - 1])) if len(rest) > limit else None
    return DutyPage(items=[duty_out(duty) for duty in rest[:limit]], next=following)


@router.get("/v1/delivery-status", response_model=OwedPage, responses=AS_TABLE)
async def list_delivery_status(
    ports: Given,
    caller: Identified,
    form: TableAsked,
    units: Units = None,
    months: Months = None,
    statuses: Statuses = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Any:
    """List every month owed by units within your reach, and what became of it; as a table all of them."""
    wanted = Wanted(units=units or (), months=[*map(Month.parse, months or ())], statuses=statuses or ())
    if form:
        found, tree = await owing.statuses(ports, caller, wanted)
        return await asyncio.to_thread(table, form, OWED_COLUMNS, (owed_out(owed, tree) for owed in found))
    return _page(*await owing.statuses(ports, caller, wanted, key_of(cursor, 4), limit + 1), limit)


def _page(found: list[Owed], tree: Tree, limit: int) -> OwedPage:
    last = found[limit - 1] if len(found) > limit else None
    following = cursor_of(*owing.place(last.duty, last.month)) if last else None
    return OwedPage(items=[owed_out(owed, tree) for owed in found[:limit]], next=following)


def _place(duty: Duty) -> tuple[str, ...]:
    return duty.unit, str(duty.months.start), " ".join(duty.variables), str(duty.months.after)
