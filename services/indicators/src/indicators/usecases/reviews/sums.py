"""Sums of closed rounds, and the same as a file that can be delivered."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from chassis.caller import Caller
from domain.period import Month
from domain.review_grid import Checkpoint
from domain.review_results import Grouping, Line, summed
from domain.unit import Units

from indicators.ports import Ports
from indicators.usecases.plan import must_be_short
from indicators.usecases.reviews.sight import reviewing

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
        rounds = await work.closed_rounds.between(asked.first, asked.last, asked.units, asked.grids)
        earlier = await work.closed_rounds.before(asked.first, asked.units, asked.grids) if rounds else []
        grids = await work.review_grids.listed(sorted({one.grid for one in rounds})) if rounds else []
    checkpoints = {(grid.code, checkpoint.number): checkpoint for grid in grids for checkpoint in grid.checkpoints}
    lines = await asyncio.to_thread(lambda: list(summed(rounds, earlier, by)))
    return Summary(lines=lines, checkpoints=checkpoints, units=units)


async def results(ports: Ports, caller: Caller, asked: Asked) -> list[tuple[str, str, str, int]]:
    """Give files reviewed and files with an error as rows of unit, variable, month and value."""
    must_be_short(asked.first, asked.last)
    async with reviewing(ports, caller, asked.units) as (work, _, _):
        rounds = await work.closed_rounds.between(asked.first, asked.last, asked.units, asked.grids)
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for one in rounds:
        counts[one.unit, str(one.month), REVIEWED] += one.results.reviewed
        counts[one.unit, str(one.month), ERRORS] += one.results.with_errors
    return [(unit, variable, month, count) for (unit, month, variable), count in sorted(counts.items())]
