"""Laying out what quality rules look at: the months judged, two years before them, the parts of wholes."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl
from domain.identity import UnitCode
from domain.period import Month
from domain.plausibility import WINDOW
from domain.quality_rule import QualityRule
from domain.unit import Units
from domain.unit_relation import RelationKind

from indicators.ports import Work
from indicators.ports.scrutiny import Known, Touched
from indicators.usecases.sieving import Sheet
from indicators.usecases.suspecting import Judged, suspects

MOST_VALUES = 300_000
"""How many values are looked at together."""
INTS = {"unit": pl.Int32, "month": pl.Int32}
Months = Mapping[UnitCode, Iterable[Month]]


async def judged(work: Work, rules: Sequence[QualityRule], months: Months, units: Units, most: int) -> Judged:
    """Find what rules doubt in some months of some units, as it is known now; with `most` of it, that is enough."""
    sheet = await sheet_of(work, months, units)
    return await asyncio.to_thread(suspects, rules, sheet, most)


async def sheet_of(work: Work, months: Months, units: Units) -> Sheet:
    """Lay out what rules look at: units with two years before, and their parts in the months that are judged."""
    places = [(unit, month) for unit, asked in months.items() for month in sorted(set(asked))]
    parts = {place: units.parts(place[0], place[1].first_day) for place in places}
    codes = [*sorted(months), *sorted({part for found in parts.values() for part in found} - months.keys())]
    number = {code: place for place, code in enumerate(codes)}
    judged = {month for _, month in places}
    window = {month.plus(-back) for month in judged for back in range(WINDOW + 1)}
    own = await work.scrutinies.known(codes[: len(months)], sorted(window))
    below = await work.scrutinies.known(codes[len(months) :], sorted(judged))
    values = pl.concat([own.values, below.values.with_columns(pl.col("unit") + len(months))])
    return Sheet(
        units=codes,
        known=Known(values=values, cells={**own.cells, **below.cells}),
        places=pl.DataFrame([(number[u], m.ordinal) for u, m in places], schema=INTS, orient="row"),
        parts=pl.DataFrame(
            [(number[u], m.ordinal, number[part]) for (u, m), found in parts.items() for part in found],
            schema={"whole": pl.Int32, "month": pl.Int32, "unit": pl.Int32},
            orient="row",
        ),
    )


def groups(touched: Sequence[Touched], units: Units) -> Iterator[dict[UnitCode, set[Month]]]:
    """
    Group the months that are judged by unit, so that one group has not too many values.

    Judged are the months that were touched, the month after, which is held against them, and the whole of each part.
    """
    above = _wholes(units)
    months: dict[UnitCode, set[Month]] = defaultdict(set)
    cells: dict[UnitCode, int] = defaultdict(int)
    for entry in touched:
        wholes = [
            whole for whole in above.get(entry.unit, ()) if entry.unit in units.parts(whole, entry.month.first_day)
        ]
        for unit in (entry.unit, *wholes):
            months[unit].add(entry.month)
            cells[unit] = max(cells[unit], entry.cells)
        months[entry.unit].add(entry.month.next)
    group: dict[UnitCode, set[Month]] = {}
    room = MOST_VALUES
    for unit in sorted(months):
        values = cells[unit] * (len(months[unit]) + WINDOW)
        if group and values > room:
            yield group
            group, room = {}, MOST_VALUES
        group[unit] = months[unit]
        room -= values
    if group:
        yield group


def _wholes(units: Units) -> dict[UnitCode, set[UnitCode]]:
    found: dict[UnitCode, set[UnitCode]] = defaultdict(set)
    for relation in units.relations:
        if relation.kind is RelationKind.PART_OF:
            found[relation.source].add(relation.target)
    return found
