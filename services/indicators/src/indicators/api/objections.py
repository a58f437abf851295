"""`/v1/objections`: contesting a reading, and what the supervisor answers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from chassis.auth import Identified
from chassis.clock import NewId, Now
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Cursor, Limit, cursor_of, uuid_of
from chassis.wire import MonthText
from domain.objection import Objection, ObjectionStatus
from domain.period import Month
from fastapi import APIRouter, Depends, Path, Query, Request, Response

from indicators.api.given import Given
from indicators.api.held import HeldVersion, tag_of
from indicators.api.objection_schemas import AnswerIn, ObjectionIn, ObjectionOut, ObjectionPage, objection_out
from indicators.api.withdrawal_schemas import WithdrawalIn
from indicators.ports.documents import Filed
from indicators.usecases import objecting
from indicators.usecases.objecting import Wanted

router = APIRouter(tags=["standing"], route_class=KeyedRoute)
Key = Annotated[UUID, Path(description="the objection's id")]
UnitFilter = Annotated[list[str] | None, Query(alias="unit", description="only of these units")]
IndicatorFilter = Annotated[list[str] | None, Query(alias="indicator", description="only against these indicators")]
MonthFilter = Annotated[list[MonthText] | None, Query(alias="month", description="only against these months")]
StatusFilter = Annotated[list[ObjectionStatus] | None, Query(alias="status", description="only in these states")]
Overdue = Annotated[bool, Query(description="only open ones whose deadline is past")]


async def _wanted(
    units: UnitFilter = None,
    indicators: IndicatorFilter = None,
    months: MonthFilter = None,
    statuses: StatusFilter = None,
    overdue: Overdue = False,
) -> Wanted:
    return Wanted(
        units=units or (),
        indicators=indicators or (),
        months=[Month.parse(month) for month in months or ()],
        statuses=statuses or (),
        overdue=overdue,
    )


@router.post("/v1/objections", status_code=201, response_model=ObjectionOut)
async def raise_objection(
    request: Request, sent: ObjectionIn, ports: Given, caller: Identified, new_id: NewId, now: Now
) -> Response:
    """Contest a reading with its value, the reason and the source; the supervisor answers by the deadline."""
    filed = await objecting.contest(ports, caller, new_id, sent.value(), now)
    return _told(request, filed, ports.today(), status=201)


@router.get("/v1/objections")
async def list_objections(
    ports: Given,
    caller: Identified,
    wanted: Annotated[Wanted, Depends(_wanted)],
    limit: Limit = 100,
    cursor: Cursor = None,
) -> ObjectionPage:
    """List objections within your reach in the order they were raised."""
    found = await objecting.matching(ports, caller, wanted, uuid_of(cursor), limit + 1)
    following = cursor_of(str(found[limit - 1].id)) if len(found) > limit else None
    return ObjectionPage(items=[objection_out(filed, ports.today()) for filed in found[:limit]], next=following)


@router.get("/v1/objections/{id}", response_model=ObjectionOut)
async def get_objection(request: Request, id: Key, ports: Given, caller: Identified) -> Response:
    """Give one objection."""
    return _told(request, await objecting.one(ports, caller, id), ports.today())


@router.post("/v1/objections/{id}/answer", response_model=ObjectionOut)
async def answer_objection(
    request: Request, id: Key, sent: AnswerIn, ports: Given, caller: Identified, held: HeldVersion, now: Now
) -> Response:
    """Accept an objection or not, with the reason, as the unit's supervisor."""
    filed = await objecting.answer(ports, caller, id, held, sent.accepted, sent.reason, now)
    return _told(request, filed, ports.today())


@router.post("/v1/objections/{id}/withdrawal", response_model=ObjectionOut)
async def withdraw_objection(
    request: Request, id: Key, sent: WithdrawalIn, ports: Given, caller: Identified, held: HeldVersion, now: Now
) -> Response:
    """Take an objection back before it is answered."""
    filed = await objecting.withdraw(ports, caller, id, held, sent.reason, now)
    return _told(request, filed, ports.today())


def _told(request: Request, filed: Filed[Objection], today: date, *, status: int = 200) -> Response:
    tag = tag_of(filed.version, "overdue", filed.value.overdue(today))
    return tagged(request, objection_out(filed, today), tag, status=status, Location=f"/v1/objections/{filed.id}")
