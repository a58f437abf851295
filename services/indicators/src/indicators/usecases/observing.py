"""Looking at what was delivered, value by value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.caller import Caller
from domain.observation import Observation
from domain.period import Month

from indicators.ports import Ports, Span
from indicators.usecases.reading import must_be_short
from indicators.usecases.sight import must_reach, seeing

Position = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """Which observations are wanted; months inclusive, all cells of the variables."""

    units: Sequence[str]
    variables: Sequence[str]
    first: Month
    last: Month
    as_of: datetime | None
    history: bool


async def observations(
    ports: Ports, caller: Caller, asked: Observed, after: Position | None, limit: int
) -> tuple[list[Observation], bool]:
    """Give a page in the order unit, month, cell, moment, and whether there are more."""
    must_be_short(asked.first, asked.last)
    async with seeing(ports, caller) as (work, units, reach):
        for code in asked.units:
            must_reach(units, reach, code)
        span = Span(
            units=[units.get(code).code for code in sorted(set(asked.units))],
            cells=await work.history.cells(asked.variables),
            first=asked.first,
            last=asked.last,
        )
        look = work.history.all_revisions if asked.history else work.history.newest
        found = await look(span, asked.as_of)
    rest = sorted((one for one in found if after is None or position(one) > after), key=position)
    return rest[:limit], len(rest) > limit


def position(observation: Observation) -> Position:
    """Give an observation's place in the list."""
    moment = observation.recorded_at.isoformat()
    return observation.unit, str(observation.month), str(observation.cell), moment, str(observation.delivery)
