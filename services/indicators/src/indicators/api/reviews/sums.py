"""`/v1/file-reviews/aggregate` and `/results`: what closed rounds say, and the same as a file to deliver."""

from typing import Annotated

from chassis.auth import Identified
from chassis.paging import Asked
from chassis.tables.cells import PLAIN
from chassis.tables.writing import AS_TABLE, written
from domain.period import Month
from domain.review_results import Grouping
from fastapi import APIRouter, Query, Response

from indicators.api.given import Given
from indicators.api.reviews.given import From, Grids, To, Units
from indicators.api.reviews.sum_schemas import SumPage, place, sum_out
from indicators.usecases.reviews import sums

router = APIRouter(tags=["internal control"])
By = Annotated[Grouping, Query(description="sums for each unit, for each month, or one for all")]
COLUMNS = ("unit", "variable", "month", "value")


@router.get("/v1/file-reviews/aggregate")
async def sum_file_reviews_up(
    ports: Given,
    caller: Identified,
    asked: Asked,
    first: From,
    last: To,
    unit: Units = None,
    grid: Grids = None,
    by: By = Grouping.UNIT,
) -> SumPage:
    """Sum closed rounds of units within your reach by checkpoint: errors, error rate with interval, amounts."""
    wanted = sums.Asked(first=Month.parse(first), last=Month.parse(last), units=unit or (), grids=grid or ())
    summary = await sums.sum_up(ports, caller, wanted, by)
    shown, following = asked.cut(summary.lines, [place(line) for line in summary.lines])
    return SumPage(items=[sum_out(line, summary) for line in shown], next=following)


@router.get("/v1/file-reviews/results", response_class=Response, responses=AS_TABLE)
async def get_review_results(
    ports: Given, caller: Identified, first: From, last: To, unit: Units = None, grid: Grids = None
) -> Response:
    """Give files reviewed and files with an error as CSV that `/v1/deliveries` takes as it is."""
    wanted = sums.Asked(first=Month.parse(first), last=Month.parse(last), units=unit or (), grids=grid or ())
    rows = await sums.results(ports, caller, wanted)
    return Response(written(COLUMNS, rows), media_type=PLAIN.media_type)
