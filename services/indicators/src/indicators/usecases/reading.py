"""Reading indicators for units and months, and tracing a figure to its deliveries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chassis.caller import Caller
from domain.formula.evaluation import inputs
from domain.formula.typing import Variables
from domain.formula.views import in_view
from domain.identity import DeliveryId, IndicatorCode, UnitCode
from domain.indicator import Definition, UnknownIndicator, in_force
from domain.observation import Observation, as_known
from domain.period import Month, View
from domain.reading import Figures, MissingInput, Reading, read
from domain.unit import Units
from domain.variable import Cell

from indicators.ports import Ports, Span, Work
from indicators.usecases.errors import SpanTooLong
from indicators.usecases.sight import must_reach, seeing

MOST_MONTHS = 240
Key = tuple[UnitCode, IndicatorCode, View, Month]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which readings are wanted; no view is each indicator's own, months inclusive."""

    units: Sequence[str]
    indicators: Sequence[str]
    views: Sequence[View]
    first: Month
    last: Month
    as_of: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """A reading with its definition and every observation it was made of."""

    reading: Reading
    definition: Definition
    observations: Sequence[Observation]
    missing: Sequence[MissingInput]
    senders: Mapping[DeliveryId, str]


async def readings(
    ports: Ports, caller: Caller, asked: Asked, after: tuple[str, ...] | None, limit: int, now: datetime
) -> tuple[list[Reading], bool]:
    """Give a page of readings in the order unit, indicator, view, month, and whether there are more."""
    must_be_short(asked.first, asked.last)
    async with seeing(ports, caller) as (work, units, reach):
        for code in asked.units:
            must_reach(units, reach, code)
        definitions = await work.catalogue.definitions()
        keys = [key for key in _keys(asked, definitions) if after is None or _position(key) > after]
        figures, variables = await _figures(work, units, keys[:limit], definitions, asked.as_of)
    on = (asked.as_of or now).date()
    found = [_read(key, definitions, figures, variables, on=on) for key in keys[:limit]]
    return found, len(keys) > limit


async def why(ports: Ports, caller: Caller, asked: Asked, now: datetime) -> Lineage:
    """Trace one reading down to observations and deliveries."""
    async with seeing(ports, caller) as (work, units, reach):
        must_reach(units, reach, asked.units[0])
        definitions = await work.catalogue.definitions()
        key = _keys(asked, definitions)[0]
        figures, variables = await _figures(work, units, [key], definitions, asked.as_of)
        definition = _definition(definitions, key)
        reading = _read(key, definitions, figures, variables, on=(asked.as_of or now).date())
        observations, missing = _sources(figures, key, definition, variables)
        senders = {used: (await work.deliveries.get(used)).sender for used in reading.deliveries}
    return Lineage(reading=reading, definition=definition, observations=observations, missing=missing, senders=senders)


def must_be_short(first: Month, last: Month) -> None:
    """Refuse a span of months that goes backwards or is longer than one answer gives."""
    if not 0 <= last - first < MOST_MONTHS:
        raise SpanTooLong(first=str(first), last=str(last), limit=MOST_MONTHS)


def position(reading: Reading) -> tuple[str, ...]:
    """Give a reading's place in the list."""
    return _position((reading.unit, reading.indicator, reading.view, reading.month))


def _keys(asked: Asked, definitions: Mapping[IndicatorCode, Sequence[Definition]]) -> list[Key]:
    keys: list[Key] = []
    for unit in sorted(set(asked.units)):
        for code in sorted(set(asked.indicators)):
            versions = definitions.get(IndicatorCode(code))
            if not versions:
                raise UnknownIndicator(code)
            for view in sorted(set(asked.views) or {versions[-1].default_view}):
                months = (asked.first.plus(number) for number in range(asked.last - asked.first + 1))
                keys += [(UnitCode(unit), IndicatorCode(code), view, month) for month in months]
    return keys


def _position(key: Key) -> tuple[str, ...]:
    return tuple(str(part) for part in key)


def _definition(definitions: Mapping[IndicatorCode, Sequence[Definition]], key: Key) -> Definition:
    """Choose the version in force in the month; before the first one that first one stands in."""
    versions = definitions[key[1]]
    return in_force(versions, key[3].last_day) or versions[0]


async def _figures(
    work: Work,
    units: Units,
    keys: Sequence[Key],
    definitions: Mapping[IndicatorCode, Sequence[Definition]],
    as_of: datetime | None,
) -> tuple[Figures, Variables]:
    """Load everything the keys look at in one query."""
    variables = await work.catalogue.variables()
    looked_at: set[tuple[Cell, Month]] = set()
    for key in keys:
        looked_at.update(inputs(in_view(_definition(definitions, key).formula, key[2], variables), key[3]))
    if not looked_at:
        return Figures(units, {}), variables
    months = [month for _, month in looked_at]
    span = Span(
        units=sorted(_with_parts(units, {key[0] for key in keys}, set(months))),
        cells=sorted({cell for cell, _ in looked_at}),
        first=min(months),
        last=max(months),
    )
    return Figures(units, as_known(await work.history.newest(span, as_of))), variables


def _with_parts(units: Units, codes: Iterable[UnitCode], months: Iterable[Month]) -> set[UnitCode]:
    found, waiting = set[UnitCode](), list(codes)
    days = {month.first_day for month in months}
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting += {part for day in days for part in units.parts(code, day)}
    return found


def _read(
    key: Key,
    definitions: Mapping[IndicatorCode, Sequence[Definition]],
    figures: Figures,
    variables: Variables,
    *,
    on: date,
) -> Reading:
    unit, _, view, month = key
    return read(_definition(definitions, key), unit, month, view, figures=figures, variables=variables, on=on)


def _sources(
    figures: Figures, key: Key, definition: Definition, variables: Variables
) -> tuple[list[Observation], list[MissingInput]]:
    used, missing = [], []
    for cell, month in sorted(set(inputs(in_view(definition.formula, key[2], variables), key[3]))):
        found, lacking = figures.sources(key[0], cell, month)
        used += found
        missing += lacking
    return used, missing
