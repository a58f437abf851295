"""`/v1/measures`: the measure programme, from needs to goals; overlaps found."""

from typing import Annotated

from chassis.auth import Identified
from chassis.clock import NewId
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked, Cursor, Limit, uuid_of
from domain.measure import Measure, Overlap, Programme
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from agreements.api.forms import Form, filed_form, page_form, told, told_filed, told_form, told_page, whole_page
from agreements.api.given import Given, HeldVersion, Key
from agreements.usecases import budgeting

router = APIRouter(tags=["measures"], route_class=KeyedRoute)
SentMeasure = Annotated[Measure, Form()]
Units = Annotated[list[str] | None, Query(description="only of these units")]
Years = Annotated[list[Annotated[int, Query(ge=1990, le=2200)]] | None, Query(description="only of these years")]
Unit = Annotated[str, Query(description="the unit whose programme it is", min_length=1, max_length=40)]
Year = Annotated[int, Query(ge=1990, le=2200)]
MEASURE = filed_form(Measure)


@router.get("/v1/measures", response_model=page_form(MEASURE))
async def list_measures(
    ports: Given,
    caller: Identified,
    unit: Units = None,
    year: Years = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> BaseModel:
    """List measures within your reach."""
    found = await budgeting.measures(ports, caller, unit or [], year or [], uuid_of(cursor), limit + 1)
    return told_page(Measure, found, limit)


@router.post("/v1/measures", status_code=201, response_model=MEASURE)
async def plan_measure(
    request: Request, sent: SentMeasure, ports: Given, caller: Identified, new_id: NewId
) -> Response:
    """Add a measure: for which needs of which groups, towards which goals, by whom, at what cost."""
    filed = await budgeting.plan_measure(ports, caller, sent, new_id)
    return tagged(request, told_filed(filed), filed.version, status=201, Location=f"/v1/measures/{filed.id}")


@router.get("/v1/measures/overlaps", response_model=page_form(told_form(Overlap)))
async def list_overlaps(ports: Given, caller: Identified, asked: Asked, unit: Unit, year: Year) -> BaseModel:
    """Find measures that do the same for the same people at the same time, justified or not."""
    found = await budgeting.found_overlaps(ports, caller, unit, year)
    return whole_page(told_form(Overlap), [told(Overlap, overlap) for overlap in found], asked)


@router.get("/v1/measures/programme", response_model=told_form(Programme))
async def get_programme(ports: Given, caller: Identified, unit: Unit, year: Year) -> BaseModel:
    """Give the programme from needs over groups and measures to goals, and what is tied to nothing."""
    return told(Programme, await budgeting.programme_of(ports, caller, unit, year))


@router.get("/v1/measures/{key}", response_model=MEASURE)
async def get_measure(request: Request, key: Key, ports: Given, caller: Identified) -> Response:
    """Give one measure."""
    filed = await budgeting.measure(ports, caller, key)
    return tagged(request, told_filed(filed), filed.version)


@router.put("/v1/measures/{key}", response_model=MEASURE)
async def change_measure(
    request: Request, key: Key, sent: SentMeasure, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Change a measure of your own unit."""
    filed = await budgeting.change_measure(ports, caller, key, held, sent)
    return tagged(request, told_filed(filed), filed.version)
