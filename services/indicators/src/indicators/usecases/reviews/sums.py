"""Sums of closed rounds, and the same as a file that can be delivered."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chassis.caller import Caller
from domain.file_review import FileReview, ReviewStatus
from domain.period import YEAR_LENGTH, Month
from domain.review_grid import Checkpoint
from domain.review_results import Closed, Grouping, Line, summed
from domain.unit import Units

from indicators.ports import Ports, Work
from indicators.ports.filed import Filed
from indicators.usecases.reading import must_be_short
from indicators.usecases.reviews.sight import reviewing

LOOK_BACK = 12
"""How many months before the first one the round before is looked for."""
REVIEWED, ERRORS = "reviewed_files", "review_errors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which closed rounds are summed; months inclusive, no unit or grid is any."""

    first: Month
    last: Month
    units: Sequence[str] = ()
    grids: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Lines with what their checkpoints ask, in the words of the newest grid, and the units to name them."""

    lines: Sequence[Line]
    checkpoints: dict[tuple[str, int], Checkpoint]
    units: Units


async def sum_up(ports: Ports, caller: Caller, asked: Asked, by: Grouping) -> Summary:
    """Sum closed rounds within reach by grid and checkpoint, beside the rounds before them."""
    must_be_short(asked.first, asked.last)
    async with reviewing(ports, caller, asked.units) as (work, units, _):
        rounds = await _closed(work, asked, asked.first, asked.last)
        earlier = await _earlier(work, asked) if rounds else []
        grids = await work.review_grids.listed(sorted({one.grid for one in rounds})) if rounds else []
    checkpoints = {(grid.code, checkpoint.number): checkpoint for grid in grids for checkpoint in grid.checkpoints}
    return Summary(lines=list(summed(rounds, earlier, by)), checkpoints=checkpoints, units=units)


async def results(ports: Ports, caller: Caller, asked: Asked) -> list[tuple[str, str, str, int]]:
    """Give files reviewed and files with an error as rows of unit, variable, month and value."""
    must_be_short(asked.first, asked.last)
    async with reviewing(ports, caller, asked.units) as (work, _, _):
        rounds = await _closed(work, asked, asked.first, asked.last)
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for one in rounds:
        counts[one.unit, str(one.month), REVIEWED] += one.results.reviewed
        counts[one.unit, str(one.month), ERRORS] += one.results.with_errors
    return [(unit, variable, month, count) for (unit, month, variable), count in sorted(counts.items())]


async def _closed(work: Work, asked: Asked, first: Month, last: Month) -> list[Closed]:
    months = [first.plus(number) for number in range(last - first + 1)]
    keys = {"unit": asked.units, "month": months, "grid": asked.grids, "status": [ReviewStatus.CLOSED]}
    return list(_results(await work.file_reviews.matching(keys)))


def _results(found: Iterable[Filed[FileReview]]) -> Iterable[Closed]:
    for filed in found:
        review = filed.value
        if review.results is not None:
            yield Closed(unit=review.unit, month=review.month, grid=review.grid, results=review.results)


async def _earlier(work: Work, asked: Asked) -> list[Closed]:
    start = asked.first.ordinal - LOOK_BACK
    return await _closed(work, asked, Month.numbered(start), asked.first.previous) if start >= YEAR_LENGTH else []
