"""`/v1/review-grids`: what files are held against, by version."""

from typing import Annotated

from chassis.auth import Identified
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked
from fastapi import APIRouter, Query, Request, Response

from indicators.api.given import Given
from indicators.api.reviews.given import Code, Number
from indicators.api.reviews.grid_schemas import ReviewGridIn, ReviewGridOut, ReviewGridPage, grid_out
from indicators.usecases.reviews import grids

router = APIRouter(tags=["internal control"], route_class=KeyedRoute)
Codes = Annotated[list[str] | None, Query(alias="code", description="only these grids")]


@router.post("/v1/review-grids", status_code=201, response_model=ReviewGridOut)
async def add_review_grid(request: Request, sent: ReviewGridIn, ports: Given, caller: Identified) -> Response:
    """Add the next version of a grid; rounds keep the version they were planned with."""
    grid = await grids.add(ports, caller, sent.value())
    location = f"/v1/review-grids/{grid.code}/{grid.version}"
    return tagged(request, grid_out(grid), grid.version, status=201, Location=location)


@router.get("/v1/review-grids")
async def list_review_grids(ports: Given, caller: Identified, asked: Asked, code: Codes = None) -> ReviewGridPage:
    """List all versions of all grids, or of some."""
    found = await grids.listed(ports, caller, code or ())
    return asked.page(ReviewGridPage, [grid_out(grid) for grid in found])


@router.get("/v1/review-grids/{code}/{version}", response_model=ReviewGridOut)
async def get_review_grid(request: Request, code: Code, version: Number, ports: Given, caller: Identified) -> Response:
    """Give one version of a grid; it never changes."""
    grid = await grids.one(ports, caller, code, version)
    return tagged(request, grid_out(grid), grid.version)
