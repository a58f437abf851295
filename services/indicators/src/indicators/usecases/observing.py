"""Looking at what was delivered, value by value."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from chassis.caller import Caller
from domain.identity import UnitCode
from domain.observation import Observation
from domain.period import Month
from domain.variable import Cell

from indicators.ports import Ports, Span, Work
from indicators.usecases.plan import must_be_short
from indicators.usecases.reading_errors import TooManyReadings
from indicators.usecases.sight import must_reach, seeing

Position = tuple[str, ...]
AT_ONCE = 50_000
"""How many keys are looked at in one query."""
MOST_OBSERVATIONS = 1_000_000
"""How many observations one table has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """
    Which observations are wanted; months inclusive, all cells of the variables.

    With `updated_after` only what became known behind that instant, withdrawals too.
    """

    units: Sequence[str]
    variables: Sequence[str]
    first: Month
    last: Month
    as_of: datetime | None
    history: bool
    updated_after: datetime | None = None


async def observations(
    ports: Ports, caller: Caller, asked: Observed, after: Position | None, limit: int
) -> tuple[list[Observation], bool]:
    """Give a page in the order unit, month, cell, moment, and whether there are more."""
    found: list[Observation] = []
    async with aclosing(_parts(ports, caller, asked, after)) as parts:
        async for part in parts:
            found += [one for one in part if after is None or position(one) > after]
            if len(found) > limit:
                break
    return found[:limit], len(found) > limit


async def all_observations(ports: Ports, caller: Caller, asked: Observed) -> AsyncGenerator[list[Observation]]:
    """Give all observations in the same order, part by part; more than a table holds are refused."""
    count = 0
    async with aclosing(_parts(ports, caller, asked, None)) as parts:
        async for part in parts:
            count += len(part)
            if count > MOST_OBSERVATIONS:
                raise TooManyReadings(count=count, limit=MOST_OBSERVATIONS)
            yield part


def position(observation: Observation) -> Position:
    """Give an observation's place in the list."""
    moment = observation.recorded_at.isoformat()
    return observation.unit, str(observation.month), str(observation.cell), moment, str(observation.delivery)


async def _parts(
    ports: Ports, caller: Caller, asked: Observed, after: Position | None
) -> AsyncGenerator[list[Observation]]:
    must_be_short(asked.first, asked.last)
    async with seeing(ports, caller) as (work, units, reach):
        for code in asked.units:
            must_reach(units, reach, code)
        codes = [units.get(code).code for code in sorted(set(asked.units))]
        cells = await work.history.cells(asked.variables)
        for span in _spans([code for code in codes if after is None or code >= after[0]], cells, asked, after):
            yield await _looked(work, span, asked)


async def _looked(work: Work, span: Span, asked: Observed) -> list[Observation]:
    look = work.history.all_revisions if asked.history else work.history.newest
    found = await look(span, asked.as_of)
    since = asked.updated_after
    return sorted((one for one in found if since is None or one.recorded_at > since), key=position)


def _spans(codes: Sequence[UnitCode], cells: Sequence[Cell], asked: Observed, after: Position | None) -> Iterator[Span]:
    """Cut what is asked for into spans of bounded size, in the order of the list; what lies before is left out."""
    length = asked.last - asked.first + 1
    units = max(1, AT_ONCE // max(1, len(cells) * length))
    months = length if units > 1 else max(1, AT_ONCE // max(1, len(cells)))
    for number in range(0, len(codes), units):
        for start in range(0, length, months):
            first, last = asked.first.plus(start), asked.first.plus(min(start + months, length) - 1)
            behind = after is None or codes[number] != after[0] or units > 1 or str(last) >= after[1]
            if behind:
                yield Span(units=codes[number : number + units], cells=cells, first=first, last=last)
