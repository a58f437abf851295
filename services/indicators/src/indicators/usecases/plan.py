"""Which readings are wanted, as a list in the order unit, indicator, view, month that is never written out."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.errors import Unknown
from domain.formula.grouping import split
from domain.formula.typing import Variables
from domain.identity import DeliveryId, IndicatorCode, UnitCode
from domain.indicator import FEDERAL, Definition, UnknownIndicator, answering
from domain.period import Month, Period, View
from domain.ranking import LAST_RANK

from indicators.usecases.chosen import ChosenSet
from indicators.usecases.errors import SpanTooLong
from indicators.usecases.grouped import Group, Stood, stood_for
from indicators.usecases.reading_errors import NotDefinedThen

MOST_MONTHS = 240
TILE = 40_000
"""How many readings are made at once."""
Pair = tuple[IndicatorCode, View]
Definitions = Mapping[IndicatorCode, Sequence[Definition]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    Which readings are wanted; no view is each indicator's own, months inclusive, neighbours up to the rank `nearest`.

    Figures are split by `dimensions`, as known at `as_of`, or as if a dry run were kept; with `updated_after` only
    those of which an input was recorded behind that instant. With `history` every vintage of them.
    """

    units: Sequence[str]
    indicators: Sequence[str]
    views: Sequence[View]
    first: Month
    last: Month
    as_of: datetime | None
    sets: Sequence[ChosenSet] = ()
    groups: Sequence[str] = ()
    neighbours_of: Sequence[str] = ()
    nearest: int = LAST_RANK
    dimensions: Sequence[tuple[str, str]] = ()
    dry_run: DeliveryId | None = None
    updated_after: datetime | None = None
    variant: str = FEDERAL
    history: bool = False

    @property
    def months(self) -> Period:
        """Give the months asked for."""
        return Period(self.first, self.last.next)

    @property
    def catalogue_as_of(self) -> datetime | None:
        """Give the instant by whose catalogue figures are told; vintages are all told by that of today."""
        return None if self.history else self.as_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A part of the list that is read at once: all months of some indicators for some units."""

    units: Sequence[UnitCode]
    pairs: Sequence[Pair]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The list of wanted readings."""

    units: Sequence[UnitCode]
    pairs: Sequence[Pair]
    months: Sequence[Month]
    definitions: Definitions
    variables: Variables
    groups: Sequence[Group] = ()
    stood: Stood = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Count the readings."""
        return len(self.units) * len(self.pairs) * len(self.months)

    def behind(self, key: tuple[str, ...] | None) -> int:
        """Give the position of the first reading behind a key."""
        if key is None:
            return 0
        unit, indicator, view, month = key
        at = bisect_left(self.units, unit)
        before = at * len(self.pairs)
        if at == len(self.units) or self.units[at] != unit:
            return before * len(self.months)
        pair = bisect_left(self.pairs, (indicator, view))
        if pair == len(self.pairs) or self.pairs[pair] != (indicator, view):
            return (before + pair) * len(self.months)
        return (before + pair) * len(self.months) + bisect_right([str(one) for one in self.months], month)

    def rows_from(self, start: int, months: int) -> Iterator[tuple[UnitCode, Pair, Sequence[Month]]]:
        """Go through the list from a position, so many months of a unit, indicator and view at once."""
        each, rows = len(self.months), len(self.pairs)
        while start < self.count:
            row, column = divmod(start, each)
            together = self.months[column : column + months]
            yield self.units[row // rows], self.pairs[row % rows], together
            start += len(together)

    def window(self, start: int, limit: int) -> list[tuple[Tile, int, int]]:
        """Give the tiles that hold so many readings from a position, each with the first it gives and how many."""
        rows, each = len(self.pairs), len(self.months)
        stop, whole = min(start + limit, self.count), rows * each
        unit, other = start // whole, (stop - 1) // whole
        if unit == other:
            first, last = start // each, (stop - 1) // each
            pairs = self.pairs[first % rows : last % rows + 1]
            return [(Tile(units=self.units[unit : unit + 1], pairs=pairs), start - first * each, stop - start)]
        if whole >= limit:
            border = other * whole
            return [*self.window(start, border - start), *self.window(border, stop - border)]
        return [(Tile(units=self.units[unit : other + 1], pairs=self.pairs), start - unit * whole, stop - start)]

    def tiles(self) -> Iterator[Tile]:
        """Cut the whole list into tiles, in its order."""
        whole = len(self.pairs) * len(self.months)
        units, pairs = max(1, TILE // whole), max(1, TILE // len(self.months))
        for unit in range(0, len(self.units), units):
            for pair in range(0, len(self.pairs), pairs):
                yield Tile(units=self.units[unit : unit + units], pairs=self.pairs[pair : pair + pairs])

    def definition(self, indicator: IndicatorCode, month: Month) -> Definition:
        """Choose the version that answers for a figure of the month; behind its end it says that there is none."""
        return answering(self.definitions[indicator], month.last_day)

    def read_as(self, units: Sequence[UnitCode], month: Month) -> list[UnitCode]:
        """Say by which units the figures of a month are read: groups by their composition, others by themselves."""
        return [
            next((code for since, code in reversed(self.stood.get(unit, ())) if since <= month), unit) for unit in units
        ]

    def runs(self, indicator: IndicatorCode) -> list[tuple[Definition, list[Month]]]:
        """Put months together that one version and one composition of every group hold for."""
        seams = {since for stood in self.stood.values() for since, _ in stood}
        runs: list[tuple[Definition, list[Month]]] = []
        for month in self.months:
            definition = self.definition(indicator, month)
            if not runs or runs[-1][0] != definition or month in seams:
                runs.append((definition, []))
            runs[-1][1].append(month)
        return runs


def must_be_short(first: Month, last: Month) -> None:
    """Refuse a span of months that goes backwards or is longer than one answer gives."""
    if not 0 <= last - first < MOST_MONTHS:
        raise SpanTooLong(first=str(first), last=str(last), limit=MOST_MONTHS)


def plan_of(asked: Asked, definitions: Definitions, variables: Variables, groups: Sequence[Group] = ()) -> Plan:
    """Plan what is asked for; a definition is split by the dimensions asked for."""
    chosen: dict[IndicatorCode, Sequence[Definition]] = {}
    pairs: list[Pair] = []
    for code in sorted(set(asked.indicators)):
        versions = [one for one in definitions.get(IndicatorCode(code), ()) if one.variant == asked.variant]
        if not versions:
            raise _unknown(code if asked.variant == FEDERAL else f"{code} ({asked.variant})", asked.catalogue_as_of)
        chosen[IndicatorCode(code)] = [_split(version, asked.dimensions, variables) for version in versions]
        pairs += [(IndicatorCode(code), view) for view in sorted(set(asked.views) or {versions[-1].default_view})]
    return Plan(
        units=sorted({*map(UnitCode, asked.units), *(one.code for one in asked.sets), *(one.code for one in groups)}),
        pairs=pairs,
        months=asked.months.months(),
        definitions=chosen,
        variables=variables,
        groups=groups,
        stood=stood_for(groups),
    )


def _unknown(code: str, as_of: datetime | None) -> Unknown:
    return UnknownIndicator(code) if as_of is None else NotDefinedThen(code=code, as_of=as_of.isoformat())


def _split(definition: Definition, dimensions: Sequence[tuple[str, str]], variables: Variables) -> Definition:
    formula = definition.formula
    for name, value in dimensions:
        formula = split(formula, name, value, variables)
    return replace(definition, formula=formula)
