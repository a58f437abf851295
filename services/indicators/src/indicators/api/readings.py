"""`/v1/readings` and `/v1/observations`: figures, and what they are made of."""

from typing import Annotated

from chassis.auth import Identified
from chassis.clock import Now
from chassis.paging import Cursor, Limit, cursor_of, key_of
from chassis.wire import MonthText
from domain.period import Month, View
from fastapi import APIRouter, Path, Query

from indicators.api.given import AsOf, Given, Units
from indicators.api.reading_schemas import (
    ObservationPage,
    ReadingPage,
    ReadingWhy,
    observation_out,
    reading_out,
    why_out,
)
from indicators.usecases import catalogue, observing, reading

router = APIRouter(tags=["readings"])
Indicators = Annotated[list[str], Query(alias="indicator", description="indicator codes", min_length=1, max_length=200)]
Views = Annotated[list[View] | None, Query(alias="view", description="views; each indicator's own where none is given")]
From = Annotated[MonthText, Query(alias="from", description="first month")]
To = Annotated[MonthText, Query(alias="to", description="last month, inclusive")]
Variables = Annotated[list[str], Query(alias="variable", description="variable codes", min_length=1, max_length=200)]
WithHistory = Annotated[bool, Query(description="every revision, not only the newest")]


@router.get("/v1/readings")
async def list_readings(
    ports: Given,
    caller: Identified,
    now: Now,
    units: Units,
    indicators: Indicators,
    first: From,
    last: To,
    views: Views = None,
    as_of: AsOf = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> ReadingPage:
    """Read indicators for units and months, exactly, with both sides of each ratio."""
    asked = reading.Asked(
        units=units,
        indicators=indicators,
        views=views or (),
        first=Month.parse(first),
        last=Month.parse(last),
        as_of=as_of,
    )
    found, more = await reading.readings(ports, caller, asked, key_of(cursor, 4), limit, now)
    following = cursor_of(*reading.position(found[-1])) if more else None
    return ReadingPage(items=[reading_out(one) for one in found], next=following)


@router.get("/v1/readings/{unit}/{indicator}/{month}/why")
async def explain_reading(
    unit: Annotated[str, Path()],
    indicator: Annotated[str, Path()],
    month: Annotated[MonthText, Path()],
    ports: Given,
    caller: Identified,
    now: Now,
    view: Annotated[View | None, Query(description="the indicator's own where none is given")] = None,
    as_of: AsOf = None,
) -> ReadingWhy:
    """Trace one figure to its formula, observations and deliveries."""
    at, views = Month.parse(month), (view,) if view else ()
    asked = reading.Asked(units=(unit,), indicators=(indicator,), views=views, first=at, last=at, as_of=as_of)
    lineage = await reading.why(ports, caller, asked, now)
    known = await catalogue.variables(ports, caller)
    return why_out(lineage, ({c: v.label for c, v in known.items()}, {c: v.label_en for c, v in known.items()}))


@router.get("/v1/observations")
async def list_observations(
    ports: Given,
    caller: Identified,
    units: Units,
    variables: Variables,
    first: From,
    last: To,
    as_of: AsOf = None,
    include_history: WithHistory = False,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> ObservationPage:
    """List what was delivered, as known at an instant, or with every revision."""
    asked = observing.Observed(
        units=units,
        variables=variables,
        first=Month.parse(first),
        last=Month.parse(last),
        as_of=as_of,
        history=include_history,
    )
    found, more = await observing.observations(ports, caller, asked, key_of(cursor, 5), limit)
    following = cursor_of(*observing.position(found[-1])) if more else None
    return ObservationPage(items=[observation_out(one) for one in found], next=following)
