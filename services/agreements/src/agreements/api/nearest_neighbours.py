"""`/v1/nearest-neighbours`: whom units are most like, by rank; tables in and out."""

from datetime import date
from typing import Annotated, Any

from chassis.auth import Identified
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked
from chassis.tables.writing import AS_TABLE, TableAsked, table
from domain.codec import encode
from domain.nearest_neighbour import NearestNeighbour
from fastapi import APIRouter, Query, Request

from agreements.api.given import Given
from agreements.api.neighbour_schemas import (
    COLUMNS,
    NEEDED,
    NearestNeighbourIn,
    NearestNeighbourPage,
    NearestNeighboursIn,
    RankedIn,
    RankingOut,
    neighbour_out,
    ranking_out,
)
from agreements.api.table import AS_CSV, rows_of
from agreements.api.unit_schemas import CountsOut
from agreements.usecases import neighbouring

router = APIRouter(tags=["units"], route_class=KeyedRoute)
AsOf = Annotated[date, Query(description="the day from which the listed units have these neighbours and no others")]
Units = Annotated[list[str] | None, Query(description="only the neighbours of these units", max_length=1000)]
On = Annotated[date | None, Query(description="only who is one on this day")]


@router.post("/v1/nearest-neighbours")
async def load_nearest_neighbours(sent: NearestNeighboursIn, ports: Given, caller: Identified) -> CountsOut:
    """Create or change nearest neighbours in one go; nothing is kept if one does not fit."""
    named = {f"/nearest_neighbours/{number}": one.value() for number, one in enumerate(sent.nearest_neighbours)}
    return CountsOut.model_validate(encode(await neighbouring.load(ports, caller, named)))


@router.post("/v1/nearest-neighbours/table", openapi_extra=AS_CSV)
async def load_nearest_neighbour_table(request: Request, ports: Given, caller: Identified) -> CountsOut:
    """Create or change nearest neighbours from a CSV table; nothing is kept if a row is wrong."""
    rows = await rows_of(request, ports, caller, NearestNeighbourIn, COLUMNS, NEEDED)
    named = {f"/rows/{number}": row.value() for number, row in rows.items()}
    return CountsOut.model_validate(encode(await neighbouring.load(ports, caller, named)))


@router.post("/v1/nearest-neighbours/rankings", openapi_extra=AS_CSV)
async def load_ranking(request: Request, ports: Given, caller: Identified, as_of: AsOf) -> RankingOut:
    """Rank units anew from a day on by a CSV table: who is not listed ends, who is listed alike goes on."""
    rows = await rows_of(request, ports, caller, RankedIn, NEEDED, NEEDED)
    listed = {f"/rows/{number}": row.value(as_of) for number, row in rows.items()}
    return ranking_out(await neighbouring.rank(ports, caller, listed, as_of))


@router.get("/v1/nearest-neighbours", response_model=NearestNeighbourPage, responses=AS_TABLE)
async def list_nearest_neighbours(
    ports: Given, caller: Identified, form: TableAsked, asked: Asked, unit: Units = None, on: On = None
) -> Any:
    """List nearest neighbours in the order of unit, beginning and rank; as a table all of them."""
    found = await neighbouring.known(ports, caller, unit or [], on)
    if form:
        return table(form, COLUMNS, found)
    shown, following = asked.cut(found, [_mark(one) for one in found])
    return NearestNeighbourPage(items=[neighbour_out(one) for one in shown], next=following)


def _mark(one: NearestNeighbour) -> str:
    return f"{one.unit} {one.neighbour} {one.valid_from}"
