"""Who is made of whom in which months: spans in which nothing changes, units in the order in which sums are made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from domain.identity import UnitCode
from domain.period import Month
from domain.unit import Units
from domain.unit_parts import with_parts
from domain.unit_relation import RelationKind

from indicators.usecases.columns.column import Integers


@dataclass(frozen=True, eq=False)
class Level:
    """Units whose parts are all known already: `parts` of all of them in a row, `starts` where each one's begin."""

    wholes: Integers
    parts: Integers
    starts: Integers


@dataclass(frozen=True, eq=False)
class Stretch:
    """Months, as positions from `start` up to `stop`, in which no unit gains or loses a part."""

    start: int
    stop: int
    parts: dict[int, tuple[int, ...]]
    levels: tuple[Level, ...]


@dataclass(frozen=True, eq=False)
class Structure:
    """Units in a row, months from a first one, and how the units hang together in them."""

    units: tuple[UnitCode, ...]
    first: Month
    length: int
    stretches: tuple[Stretch, ...]

    def parts(self, unit: int, month: int) -> tuple[int, ...]:
        """List the parts of a unit in a month, all as positions."""
        stretch = next(found for found in self.stretches if month < found.stop)
        return stretch.parts.get(unit, ())


def structure_of(units: Units, wanted: Iterable[UnitCode], first: Month, last: Month) -> Structure:
    """Put the wanted units and everything they are made of in these months in a row."""
    starts = fresh_starts(units, first, last)
    codes = tuple(sorted(with_parts(units, wanted, starts)))
    number = {code: position for position, code in enumerate(codes)}
    stops = [*starts[1:], last.next]
    return Structure(
        units=codes,
        first=first,
        length=last - first + 1,
        stretches=tuple(
            _stretch(units, number, start - first, stop - first, start.first_day)
            for start, stop in zip(starts, stops, strict=True)
        ),
    )


def fresh_starts(units: Units, first: Month, last: Month) -> list[Month]:
    """Give the months that begin with other parts than the month before: only there validities begin or end."""
    relations = [relation for relation in units.relations if relation.kind is RelationKind.PART_OF]
    sources = [units.units[relation.source] for relation in relations if relation.source in units.units]
    validities = [(dated.valid_from, dated.valid_until) for dated in relations]
    validities += [(unit.valid_from, unit.valid_until) for unit in sources]
    days = {day for validity in validities for day in validity if day}
    months = {Month.of(day) if day.day == 1 else Month.of(day).next for day in days if day < date(9999, 12, 1)}
    return [first, *sorted(month for month in months if first < month <= last)]


def _stretch(units: Units, number: dict[UnitCode, int], start: int, stop: int, day: date) -> Stretch:
    parts = {
        position: tuple(number[part] for part in found)
        for code, position in number.items()
        if (found := units.parts(code, day))
    }
    heights: dict[int, int] = {}
    for whole in parts:
        _height(whole, parts, heights)
    ordered = [[whole for whole in parts if heights[whole] == height] for height in sorted(set(heights.values()) - {0})]
    return Stretch(start, stop, parts, tuple(_level(wholes, parts) for wholes in ordered))


def _height(unit: int, parts: dict[int, tuple[int, ...]], heights: dict[int, int]) -> int:
    """Count the levels below a unit; one that is part of itself finds nothing there."""
    if unit not in heights:
        heights[unit] = 0
        below = [_height(part, parts, heights) for part in parts.get(unit, ())]
        heights[unit] = 1 + max(below) if below else 0
    return heights[unit]


def _level(wholes: Sequence[int], parts: dict[int, tuple[int, ...]]) -> Level:
    flat = [part for whole in wholes for part in parts[whole]]
    lengths = [len(parts[whole]) for whole in wholes]
    starts = np.cumsum([0, *lengths[:-1]])
    return Level(np.array(wholes), np.array(flat), starts)
