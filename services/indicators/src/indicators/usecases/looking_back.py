"""Looking back at figures: every vintage of them, in the order of the list of readings."""

import asyncio
from bisect import bisect_right
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import groupby, islice
from operator import attrgetter

from chassis.caller import Caller
from domain.figures import Figures
from domain.formula.evaluation import inputs
from domain.formula.views import in_view
from domain.identity import UnitCode
from domain.indicator import Definition
from domain.observation import Key, Observation
from domain.period import Month, View
from domain.reading import Reading, read
from domain.unit import Units
from domain.vintage import Vintage, vintages

from indicators.ports import Ports, Span, Work
from indicators.ports.duty import Withholding
from indicators.usecases.figuring import Looked, span_of
from indicators.usecases.lacking import Lacks, lacks, shown
from indicators.usecases.marks import Marks, marks_of
from indicators.usecases.plan import Asked, Pair, Plan
from indicators.usecases.reading import MOST_READINGS, planned, position
from indicators.usecases.reading_errors import TooManyReadings

AT_ONCE, MONTHS = 20_000, 12
"""How many values are looked at in one query, as far as months can be told apart; how many months at the most."""
Position = tuple[tuple[str, ...], datetime]
"""The place of a reading in the list, and the instant of one of its vintages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPage:
    """Vintages in their order, their marks, why what they lack is not there, and whether there are more."""

    found: Sequence[Vintage]
    marks: Marks
    lacks: Lacks
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPart:
    """A part of a table of vintages, and the marks of the table's units and months."""

    found: Sequence[Vintage]
    marks: Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """
    One figure to look back at, by the definition that answers for it, and what it looks at.

    Its unit is `read_as` another where that stands for a group, or for who is at a rank.
    """

    definition: Definition
    unit: UnitCode
    read_as: UnitCode
    view: View
    month: Month
    looked: Looked


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Everything recorded of a span: observations, and what was kept back since which instants."""

    observations: Sequence[Observation]
    withholdings: Sequence[Withholding]
    kept_back: Mapping[datetime, AbstractSet[Key]]

    def kept_back_at(self, at: datetime) -> AbstractSet[Key]:
        """Say what was kept back at an instant."""
        instants = [*self.kept_back]
        number = bisect_right(instants, at)
        return self.kept_back[instants[number - 1]] if number else frozenset()


async def page(ports: Ports, caller: Caller, asked: Asked, after: Position | None, limit: int) -> PastPage:
    """Give a page of vintages in the order unit, indicator, view, month, instant."""
    found: list[Vintage] = []
    async with planned(ports, caller, asked) as (work, units, plan, reach):
        async with aclosing(_Past(work, units, plan, asked).vintages(after, limit + 1)) as parts:
            async for part in parts:
                found += part
                if len(found) > limit:
                    break
        more, found = len(found) > limit, found[:limit]
        told = [one.reading for one in found]
        marks = await marks_of(work, {one.unit for one in told}, sorted({one.month for one in told}), plan.groups)
        why_missing = await lacks(work, shown(told), asked, ports.today(), reach)
    return PastPage(found=found, marks=marks, lacks=why_missing, more=more)


async def everything(ports: Ports, caller: Caller, asked: Asked) -> AsyncGenerator[PastPart]:
    """Give all vintages in the same order, part by part; more than a table holds are refused."""
    count = 0
    async with planned(ports, caller, asked) as (work, units, plan, _):
        if plan.count > MOST_READINGS:
            raise TooManyReadings(count=plan.count, limit=MOST_READINGS)
        marks = await marks_of(work, plan.units, plan.months, plan.groups)
        async with aclosing(_Past(work, units, plan, asked).vintages(None, MOST_READINGS + 1)) as parts:
            async for part in parts:
                count += len(part)
                if count > MOST_READINGS:
                    raise TooManyReadings(count=count, limit=MOST_READINGS)
                yield PastPart(found=part, marks=marks)


class _Past:
    """Goes through the list of readings and replays what was recorded of each."""

    def __init__(self, work: Work, units: Units, plan: Plan, asked: Asked) -> None:
        self._work, self._units, self._plan, self._asked = work, units, plan, asked

    async def vintages(self, after: Position | None, most: int) -> AsyncGenerator[list[Vintage]]:
        """Give the vintages of one reading after another, so many of each at the most, from a position."""
        start = max(0, self._plan.behind(after[0]) - 1) if after else 0
        for unit, pair, months in self._plan.rows_from(start, MONTHS):
            figures = [self._figure(unit, pair, month) for month in months]
            for read_as, alike in groupby(figures, attrgetter("read_as")):
                for some, span in self._spans(read_as, list(alike)):
                    recorded = await self._recorded(span)
                    for figure in some:
                        yield await asyncio.to_thread(list, islice(self._of(figure, recorded, after), most))

    def _spans(self, unit: UnitCode, figures: Sequence[Figure]) -> Iterator[tuple[Sequence[Figure], Span]]:
        """Put figures of a unit together that look at few values; nothing is recorded for those that look at none."""
        span = span_of(self._units, [unit], {place for figure in figures for place in figure.looked})
        if span is None:
            return
        size = len(span.units) * len(span.cells) * (span.last - span.first + 1)
        if size <= AT_ONCE or len(figures) == 1:
            yield figures, span
            return
        for figure in figures:
            yield from self._spans(unit, [figure])

    def _figure(self, unit: UnitCode, pair: Pair, month: Month) -> Figure:
        indicator, view = pair
        definition = self._plan.definition(indicator, month)
        formula = in_view(definition.formula, view, self._plan.variables)
        looked = set() if definition.ended(month.last_day) else set(inputs(formula, month))
        (read_as,) = self._plan.read_as([unit], month)
        return Figure(definition=definition, unit=unit, read_as=read_as, view=view, month=month, looked=looked)

    async def _recorded(self, span: Span) -> Recorded:
        observations = await self._work.history.all_revisions(span, self._asked.as_of)
        withholdings = await self._work.received.withholdings(span, self._asked.as_of)
        keys = {one.key for one in withholdings}
        turning = {one.turn.at for one in withholdings} | {o.recorded_at for o in observations if o.key in keys}
        kept_back = {at: (await self._work.received.kept_back(span, at)).keys() for at in sorted(turning)}
        return Recorded(observations=observations, withholdings=withholdings, kept_back=kept_back)

    def _of(self, figure: Figure, recorded: Recorded, after: Position | None) -> Iterator[Vintage]:
        """Replay what was recorded of one figure, behind the position and the instant asked for."""
        place = (figure.unit, figure.definition.indicator, figure.view, str(figure.month))
        behind = [self._asked.updated_after, after[1] if after and after[0] == place else None]
        return vintages(
            [one for one in recorded.observations if (one.cell, one.month) in figure.looked],
            [one.turn for one in recorded.withholdings if one.key[1:] in figure.looked],
            self._units,
            recorded.kept_back_at,
            partial(self._read, figure),
            max((instant for instant in behind if instant is not None), default=None),
        )

    def _read(self, figure: Figure, figures: Figures, at: datetime) -> Reading:
        variables, on = self._plan.variables, at.date()
        told = read(
            figure.definition, figure.read_as, figure.month, figure.view, figures=figures, variables=variables, on=on
        )
        return replace(told, unit=figure.unit)


def place_of(vintage: Vintage) -> Position:
    """Give a vintage's place in the list."""
    return position(vintage.reading), vintage.recorded_at
