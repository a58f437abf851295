"""`/v1/planning-rounds`: a year's round, its phases and its calendar."""

from datetime import date
from typing import Annotated

from chassis.auth import Identified
from chassis.clock import NewId
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked, Cursor, Limit, uuid_of
from domain.phase import Phase
from domain.planning import OverdueStep, PlanningRound, RoundMoved, RoundPlanned, StepReported
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from agreements.api.forms import Form, filed_form, page_form, told, told_filed, told_form, told_page, whole_page
from agreements.api.given import Code, Given, HeldVersion, Key
from agreements.ports import Filed
from agreements.usecases import rounds

router = APIRouter(tags=["planning"], route_class=KeyedRoute)
SentRound = Annotated[RoundPlanned, Form()]
SentStep = Annotated[StepReported, Form()]
SentMove = Annotated[RoundMoved, Form()]
Calendar = Annotated[
    str | None, Query(max_length=60, description="adds a shipped calendar: `muenster` or `ennepe_ruhr`")
]
Years = Annotated[list[Annotated[int, Query(ge=1990, le=2200)]] | None, Query(description="only for these years")]
Leads = Annotated[list[str] | None, Query(description="only led by these units")]
Phases = Annotated[list[Phase] | None, Query(description="only in these phases")]
On = Annotated[date | None, Query(description="overdue on this day (default today)")]
ROUND = filed_form(PlanningRound)


@router.post("/v1/planning-rounds", status_code=201, response_model=ROUND)
async def plan_round(
    request: Request, sent: SentRound, ports: Given, caller: Identified, id: NewId, calendar: Calendar = None
) -> Response:
    """Begin a year's round for the unit that leads it, with a shipped calendar of steps where one is named."""
    return _told(request, await rounds.plan(ports, caller, id, sent, calendar), status=201)


@router.get("/v1/planning-rounds", response_model=page_form(ROUND))
async def list_rounds(
    ports: Given,
    caller: Identified,
    year: Years = None,
    lead: Leads = None,
    phase: Phases = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> BaseModel:
    """List planning rounds."""
    after = uuid_of(cursor)
    found = await rounds.matching(ports, caller, year or [], lead or [], phase or [], after, limit + 1)
    return told_page(PlanningRound, found, limit)


@router.get("/v1/planning-rounds/{id}", response_model=ROUND)
async def get_round(request: Request, id: Key, ports: Given, caller: Identified) -> Response:
    """Give one round with its calendar."""
    return _told(request, await rounds.one(ports, caller, id))


@router.put("/v1/planning-rounds/{id}", response_model=ROUND)
async def change_round(
    request: Request, id: Key, sent: SentRound, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Plan a round anew: its phase stays, and so does what was done of the steps that stay."""
    return _told(request, await rounds.change(ports, caller, id, held, sent))


@router.post("/v1/planning-rounds/{id}/steps/{code}/done", response_model=ROUND)
async def finish_step(
    request: Request, id: Key, code: Code, sent: SentStep, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Note that a step of the calendar was done, and what shows it."""
    return _told(request, await rounds.finish_step(ports, caller, id, code, held, sent))


@router.post("/v1/planning-rounds/{id}/transitions", response_model=ROUND)
async def move_round(
    request: Request, id: Key, _sent: SentMove, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Move a round to its next phase: reference values, negotiation, conclusion, closed."""
    return _told(request, await rounds.move(ports, caller, id, held))


@router.get("/v1/planning-rounds/{id}/overdue", response_model=page_form(told_form(OverdueStep)))
async def list_overdue(id: Key, ports: Given, caller: Identified, asked: Asked, on: On = None) -> BaseModel:
    """List the steps whose day has passed and that are not done, the oldest first."""
    late = await rounds.late(ports, caller, id, on)
    return whole_page(told_form(OverdueStep), [told(OverdueStep, step) for step in late], asked)


def _told(request: Request, filed: Filed[PlanningRound], *, status: int = 200) -> Response:
    location = f"/v1/planning-rounds/{filed.id}"
    return tagged(request, told_filed(filed), filed.version, status=status, Location=location)
