"""Looking for the likely cause of a difference: an earlier state, another definition or view, another boundary."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

import polars as pl
from domain.boundary import boundaries
from domain.figures import Figures
from domain.identity import UnitCode
from domain.observation import Key, Observation, as_known
from domain.period import Month
from domain.reconciliation import (
    Cause,
    Explanation,
    FigureDifference,
    agrees,
    differing,
    rounded_otherwise,
)
from domain.unit import Units
from domain.unit_parts import with_parts
from domain.variable import Cell

from indicators.ports import Revisions, Span
from indicators.usecases.columns.structure import fresh_starts
from indicators.usecases.figuring import Looked
from indicators.usecases.reconciliations.judging import Doubtful, Scene

MOST_STATES = 60
"""How many earlier states are tried for one figure, newest first."""
MOST_VALUES = 100_000
"""How many units × cells × months are looked at together."""


@dataclass(eq=False, kw_only=True)
class Told:
    """Everything ever told of a span; only what is asked for is read."""

    span: Span
    revisions: Revisions
    _units: Mapping[UnitCode, int] = field(init=False)
    _cells: Mapping[Cell, int] = field(init=False)
    _rows: Mapping[tuple[object, ...], pl.DataFrame] = field(init=False)
    _read: dict[tuple[UnitCode, Cell], Mapping[Month, Sequence[Observation]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Put the rows of each unit and cell together."""
        self._units = {unit: place for place, unit in enumerate(self.span.units)}
        self._cells = {cell: place for place, cell in enumerate(self.span.cells)}
        self._rows = self.revisions.rows.partition_by("unit", "cell", as_dict=True)

    def of(self, key: Key) -> Sequence[Observation]:
        """Give everything ever told of a key, oldest first."""
        unit, cell, month = key
        if (unit, cell) not in self._read:
            self._read[unit, cell] = self._months(self._rows.get((self._units.get(unit), self._cells.get(cell))))
        return self._read[unit, cell].get(month, ())

    def get(self, key: Key, /) -> Observation | None:
        """Give what was told last."""
        told = self.of(key)
        return told[-1] if told else None

    def _months(self, rows: pl.DataFrame | None) -> Mapping[Month, Sequence[Observation]]:
        found: defaultdict[Month, list[Observation]] = defaultdict(list)
        for one in () if rows is None else self.revisions.observations(self.span, rows):
            found[one.month].append(one)
        return found


@dataclass(slots=True, kw_only=True)
class Evidence:
    """Everything ever recorded that may explain some differences, as far as the caller saw it."""

    scene: Scene
    told: Told
    _now: Figures = field(init=False)

    def __post_init__(self) -> None:
        """See what is known now."""
        self._now = Figures(self.scene.units, self.told)

    def explain(self, doubtful: Doubtful) -> FigureDifference:
        """Give a difference the first cause that yields the official figure."""
        for cause, explanation, value in self._candidates(doubtful):
            if value is not None and doubtful.figure.value is not None and agrees(doubtful.figure.value, value):
                return differing(doubtful.figure, doubtful.ours, cause, explanation)
        return differing(doubtful.figure, doubtful.ours, Cause.MISSING_HERE if doubtful.ours is None else Cause.UNKNOWN)

    def _candidates(self, doubtful: Doubtful) -> Iterator[tuple[Cause, Explanation, Decimal | None]]:
        unit, month, question = doubtful.figure.unit, doubtful.figure.month, doubtful.question
        for instant, figures in self._states(unit, question.looked_at(month)):
            yield Cause.EQUAL_AS_OF, Explanation(as_of=instant), question.value(month, figures.look(unit))
        for other in self.scene.questions.others(question):
            explanation = Explanation(definition=other.definition.name, view=other.view)
            yield Cause.VARIANT, explanation, other.value(month, self._now.look(unit))
        for boundary in boundaries(self.scene.units, unit, month.first_day, self.scene.kin):
            explanation = Explanation(plus=boundary.plus, minus=boundary.minus)
            yield Cause.BOUNDARY, explanation, question.value(month, boundary.look(self._now))

    def _states(self, unit: UnitCode, looked: Looked) -> Iterator[tuple[datetime, Figures]]:
        """
        Go back through the states of what a figure looks at, from the last one before the present.

        Before the last of its inputs was told for the first time there is no figure.
        """
        codes = sorted(with_parts(self.scene.units, [unit], {month for _, month in looked}))
        inputs = [[known for code in codes for known in self.told.of((code, *place))] for place in looked]
        if not (inputs and all(inputs)):
            return
        whole_since = max(min(known.recorded_at for known in told) for told in inputs)
        found = [known for told in inputs for known in told]
        instants = sorted({known.recorded_at for known in found}, reverse=True)[1 : MOST_STATES + 1]
        for instant in instants:
            if instant >= whole_since:
                yield instant, Figures(self.scene.units, as_known(found, instant))


async def explained(scene: Scene, doubtful: Sequence[Doubtful], most: int = MOST_VALUES) -> Sequence[FigureDifference]:
    """Give every difference its likely cause, in their order; what may tell it is loaded for many at once."""
    found = [_plain(entry) for entry in doubtful]
    open_still = [number for number, plain in enumerate(found) if plain is None]
    for part, span in _together(scene, [doubtful[number] for number in open_still], most):
        told = Told(span=span, revisions=await scene.history.revisions(span))
        causes = await asyncio.to_thread(_causes, Evidence(scene=scene, told=told), part)
        for number, difference in zip(open_still, causes, strict=False):
            found[number] = difference
        del open_still[: len(part)]
    return [difference for difference in found if difference is not None]


def _causes(evidence: Evidence, part: Sequence[Doubtful]) -> list[FigureDifference]:
    return [evidence.explain(entry) for entry in part]


def _plain(doubtful: Doubtful) -> FigureDifference | None:
    """Give a difference the cause that shows without looking at anything else, if it has one."""
    figure, ours, definition = doubtful.figure, doubtful.ours, doubtful.question.definition
    if figure.value is None:
        return differing(figure, ours, Cause.MISSING_THERE)
    if definition.ended(figure.month.last_day):
        return differing(figure, ours, Cause.MISSING_HERE)
    if ours is not None and rounded_otherwise(figure.value, ours, definition.measure_in(figure.view)):
        return differing(figure, ours, Cause.ROUNDING)
    return None


@dataclass(slots=True)
class _Looked:
    """What some differences look at: units with their parts and kin, cells, and months from first to last."""

    units: frozenset[UnitCode]
    cells: frozenset[Cell]
    first: Month
    last: Month

    def __or__(self, other: "_Looked") -> "_Looked":
        """Look at both."""
        first, last = min(self.first, other.first), max(self.last, other.last)
        return _Looked(self.units | other.units, self.cells | other.cells, first, last)

    @property
    def values(self) -> int:
        """Count the values there may be."""
        return len(self.units) * len(self.cells) * (self.last - self.first + 1)

    def span(self, units: Units) -> Span:
        """Say which values are looked at."""
        whole = with_parts(units, self.units, fresh_starts(units, self.first, self.last))
        return Span(units=sorted(whole), cells=sorted(self.cells), first=self.first, last=self.last)


def _together(scene: Scene, doubtful: Sequence[Doubtful], most: int) -> Iterator[tuple[Sequence[Doubtful], Span]]:
    """Cut differences into parts that do not look at too many values, each with what it looks at."""
    part: list[Doubtful] = []
    looked: _Looked | None = None
    for entry in doubtful:
        own = _looked_at(scene, entry)
        wider = own if looked is None else looked | own
        if looked is not None and wider.values > most:
            yield part, looked.span(scene.units)
            part, wider = [], own
        part.append(entry)
        looked = wider
    if looked is not None:
        yield part, looked.span(scene.units)


def _looked_at(scene: Scene, doubtful: Doubtful) -> _Looked:
    unit, month = doubtful.figure.unit, doubtful.figure.month
    around = scene.questions.around(doubtful.question, month)
    units = with_parts(scene.units, (unit, *scene.kin.get(unit, ())), [month])
    return _Looked(units, around.cells, around.first, around.last)
