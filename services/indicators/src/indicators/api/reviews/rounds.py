"""`/v1/file-reviews`: rounds planned, drawn, closed or withdrawn."""

from typing import Annotated

from chassis.arrival import arrival, binary_body
from chassis.auth import Identified
from chassis.clock import NewId
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Cursor, Limit, cursor_of, uuid_of
from domain.file_review import ReviewStatus
from domain.period import Month
from fastapi import APIRouter, Query, Request, Response

from indicators.api.given import Given
from indicators.api.reviews.given import Grids, HeldVersion, Key, Months, ReasonIn, Units
from indicators.api.reviews.round_schemas import FileReviewIn, FileReviewOut, FileReviewPage, review_out
from indicators.ports.media_types import MediaType
from indicators.usecases.reviews import rounds

router = APIRouter(tags=["internal control"], route_class=KeyedRoute)
TAKEN = (MediaType.CSV, MediaType.JSON)
Statuses = Annotated[list[ReviewStatus] | None, Query(alias="status", description="only in these states")]
Seed = Annotated[
    str | None,
    Query(min_length=1, max_length=200, description="what the draw starts from; the population's digest if left out"),
]
PATH = "/v1/file-reviews/{id}"


@router.post("/v1/file-reviews", status_code=201, response_model=FileReviewOut)
async def plan_file_review(
    request: Request, sent: FileReviewIn, ports: Given, caller: Identified, id: NewId
) -> Response:
    """Plan the round of an office for a month; there is one for each grid until it is withdrawn."""
    filed = await rounds.plan(ports, caller, id, sent.value())
    return tagged(request, review_out(filed), filed.version, status=201, Location=f"/v1/file-reviews/{id}")


@router.get("/v1/file-reviews")
async def list_file_reviews(
    ports: Given,
    caller: Identified,
    unit: Units = None,
    month: Months = None,
    grid: Grids = None,
    status: Statuses = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> FileReviewPage:
    """List rounds of units within your reach."""
    months = [Month.parse(one) for one in month or ()]
    wanted = rounds.Wanted(units=unit or (), months=months, grids=grid or (), statuses=status or ())
    found = await rounds.matching(ports, caller, wanted, uuid_of(cursor), limit + 1)
    following = cursor_of(str(found[limit - 1].id)) if len(found) > limit else None
    return FileReviewPage(items=[review_out(filed) for filed in found[:limit]], next=following)


@router.get(PATH, response_model=FileReviewOut)
async def get_file_review(request: Request, id: Key, ports: Given, caller: Identified) -> Response:
    """Give one round with its draw and, once it is closed, its results."""
    filed = await rounds.one(ports, caller, id)
    return tagged(request, review_out(filed), filed.version)


@router.post(f"{PATH}/population", response_model=FileReviewOut, openapi_extra=binary_body(TAKEN))
async def draw_sample(request: Request, id: Key, ports: Given, caller: Identified, seed: Seed = None) -> Response:
    """Send the month's file references, CSV of one column or JSON, and draw the sample by the rule, once."""
    sent = await arrival(request, TAKEN)
    population = rounds.Population(content=sent.content, media_type=sent.media_type, seed=seed)
    filed = await rounds.draw_sample(ports, caller, id, population)
    return tagged(request, review_out(filed), filed.version)


@router.post(f"{PATH}/closing", response_model=FileReviewOut)
async def close_file_review(request: Request, id: Key, ports: Given, caller: Identified, held: HeldVersion) -> Response:
    """Close a round whose files are all answered or not found; its sums count from now on."""
    filed = await rounds.close(ports, caller, id, held)
    return tagged(request, review_out(filed), filed.version)


@router.post(f"{PATH}/withdrawal", response_model=FileReviewOut)
async def withdraw_file_review(
    request: Request, id: Key, sent: ReasonIn, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Withdraw a round that is not closed, with the reason; it stays to be seen, and another may be planned."""
    filed = await rounds.withdraw(ports, caller, id, held, sent.reason)
    return tagged(request, review_out(filed), filed.version)
