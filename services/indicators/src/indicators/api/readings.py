"""`/v1/readings` and `/v1/observations`: figures, and what they are made of."""

from functools import partial

from chassis.auth import Identified
from chassis.clock import Now
from chassis.paging import Cursor, Limit, cursor_of, key_of
from fastapi import APIRouter, Request, Response

from indicators.api.asking import WantedObservations, WantedReadings
from indicators.api.digests import by_digest
from indicators.api.figure_cursors import after_vintage
from indicators.api.given import Given
from indicators.api.reading_schemas import (
    ObservationPage,
    ReadingPage,
    observation_out,
    reading_out,
    vintage_out,
)
from indicators.api.tables.answer import table
from indicators.api.tables.forms import OFFERED, ListForm, TableAsked
from indicators.api.tables.layout import of_observations, of_readings
from indicators.usecases import looking_back, observing, reading
from indicators.usecases.plan import Asked
from indicators.usecases.telling import rows_of, rows_of_observations, rows_of_vintages

router = APIRouter(tags=["readings"])


@router.get("/v1/readings", response_model=ReadingPage, responses={**OFFERED})
async def list_readings(
    request: Request,
    ports: Given,
    caller: Identified,
    now: Now,
    asked: WantedReadings,
    form: TableAsked,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """Read indicators for units, sets and months, exactly, with both sides of each ratio; or every vintage of them."""
    if form:
        return await _table(form, ports, caller, asked, now)
    listed = _past if asked.history else _present
    return by_digest(request, await listed(ports, caller, asked, cursor, limit, now))


async def _present(ports: Given, caller: Identified, asked: Asked, cursor: Cursor, limit: int, now: Now) -> ReadingPage:
    page = await reading.readings(ports, caller, asked, key_of(cursor, 4), limit, now)
    items = [reading_out(one, page.marks, page.lacks, asked.dimensions) for one in page.found]
    following = cursor_of(*reading.position(page.found[-1])) if page.more else None
    return ReadingPage(items=items, next=following)


async def _past(ports: Given, caller: Identified, asked: Asked, cursor: Cursor, limit: int, _now: Now) -> ReadingPage:
    page = await looking_back.page(ports, caller, asked, after_vintage(cursor), limit)
    items = [vintage_out(one, page.marks, page.lacks, asked.dimensions) for one in page.found]
    if not page.more:
        return ReadingPage(items=items, next=None)
    place, at = looking_back.place_of(page.found[-1])
    return ReadingPage(items=items, next=cursor_of(*place, at.isoformat()))


async def _table(form: ListForm, ports: Given, caller: Identified, asked: Asked, now: Now) -> Response:
    changed, ranked = asked.updated_after is not None, bool(asked.neighbours_of)
    layout = of_readings(asked.dimensions, changed=changed, ranked=ranked, history=asked.history)
    if asked.history:
        told_then = partial(rows_of_vintages, dimensions=asked.dimensions)
        return await table(form, layout, looking_back.everything(ports, caller, asked), told_then, now)
    told = partial(rows_of, dimensions=asked.dimensions)
    return await table(form, layout, reading.all_readings(ports, caller, asked, now), told, now)


@router.get("/v1/observations", response_model=ObservationPage, responses={**OFFERED})
async def list_observations(
    request: Request,
    ports: Given,
    caller: Identified,
    now: Now,
    asked: WantedObservations,
    form: TableAsked,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """List what was delivered, as known at an instant, with every revision, or only what is new since an instant."""
    if form:
        layout, parts = of_observations(history=asked.history), observing.all_observations(ports, caller, asked)
        return await table(form, layout, parts, rows_of_observations, now)
    found, more = await observing.observations(ports, caller, asked, key_of(cursor, 5), limit)
    following = cursor_of(*observing.position(found[-1])) if more else None
    page = ObservationPage(items=[observation_out(one) for one in found], next=following)
    return by_digest(request, page)
