"""Holding official figures against ours, many at once: what agrees is counted, the rest is doubtful."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import polars as pl
from domain.boundary import Kin
from domain.identity import IndicatorCode, UnitCode
from domain.period import Month, View
from domain.reconciliation import OfficialFigure, agrees
from domain.unit import Units

from indicators.ports import History, Known, Span
from indicators.usecases.columns.column import Objects
from indicators.usecases.columns.evaluating import Evaluator
from indicators.usecases.columns.figures import ColumnFigures
from indicators.usecases.columns.sheet import values_of
from indicators.usecases.columns.structure import Structure, structure_of
from indicators.usecases.figuring import Looked
from indicators.usecases.reconciliations.questions import Dimensions, Question, Questions

WIDEST = 48
"""How many months are looked at together: what lies further apart would be a wide table of nothing."""
Row = tuple[str, str, str, int, str, str, str | None, int]
"""A figure as it stands in a table: unit, indicator, view, month, sex, variant, value, row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a comparison is made with: the history as its sender saw it, units with their kin, and the catalogue."""

    history: History
    units: Units
    kin: Kin
    questions: Questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """An official figure that is not ours, and what answers for it."""

    figure: OfficialFigure
    question: Question
    ours: Decimal | None


@dataclass(slots=True)
class Judged:
    """How many figures are equal, how many neither side has, and those that are doubtful."""

    equal: int = 0
    unpublished: int = 0
    doubtful: list[Doubtful] = field(default_factory=list)

    def __add__(self, other: "Judged") -> "Judged":
        """Take both together."""
        unpublished = self.unpublished + other.unpublished
        return Judged(self.equal + other.equal, unpublished, [*self.doubtful, *other.doubtful])

    def judge(self, row: Row, question: Question, ours: Decimal | None) -> None:
        """Count one figure, or doubt it; what the table only leaves out is doubted where we have it."""
        official = None if row[6] is None else Decimal(row[6])
        if official is None and ours is None:
            self.unpublished += row[7] > 0
        elif official is not None and ours is not None and agrees(official, ours):
            self.equal += 1
        else:
            self.doubtful.append(Doubtful(figure=_figure(row, official), question=question, ours=ours))


@dataclass(frozen=True, slots=True)
class _Part:
    """Figures of months that lie together, each with what answers for it; in which months each question is asked."""

    rows: list[tuple[Row, Question]] = field(default_factory=list)
    asked: dict[Question, set[Month]] = field(default_factory=dict)

    def structure(self, units: Units) -> Structure:
        """Put the units in a row, with whatever they are made of in the months that are looked at."""
        months = {month for asked in self.asked.values() for month in asked}
        months |= {month for _, month in self._looked_at()}
        return structure_of(units, {UnitCode(row[0]) for row, _ in self.rows}, min(months), max(months))

    def span(self, structure: Structure) -> Span:
        """Say which values are looked at."""
        cells = sorted({cell for cell, _ in self._looked_at()})
        last = structure.first.plus(structure.length - 1)
        return Span(units=structure.units, cells=cells, first=structure.first, last=last)

    def judged(self, structure: Structure, span: Span, known: Known) -> Judged:
        """Read every question for all units and hold the figures against it."""
        place = {code: number for number, code in enumerate(structure.units)}
        units = {code: number for number, code in enumerate(dict.fromkeys(row[0] for row, _ in self.rows))}
        figures = ColumnFigures(structure, {cell: number for number, cell in enumerate(span.cells)}, known)
        evaluator = Evaluator(figures, np.array([place[UnitCode(code)] for code in units]))
        ours = {question: (asked[0].ordinal, _ours(question, asked, evaluator)) for question, asked in self._spans()}
        found = Judged()
        for row, question in self.rows:
            first, values = ours[question]
            found.judge(row, question, values[units[row[0]], row[3] - first])
        return found

    def _spans(self) -> Iterator[tuple[Question, list[Month]]]:
        for question, asked in self.asked.items():
            first, last = min(asked), max(asked)
            yield question, [first.plus(number) for number in range(last - first + 1)]

    def _looked_at(self) -> Looked:
        """Say what the formulas look at: windows of months in between lie between those of the first and the last."""
        ends = ((question, month) for question, asked in self.asked.items() for month in (min(asked), max(asked)))
        return {place for question, month in ends for place in question.looked_at(month)}


async def judged(scene: Scene, figures: pl.DataFrame) -> Judged:
    """Judge some figures as they are known now; the doubtful ones stay in their order."""
    found = Judged()
    for part in await asyncio.to_thread(_parts, scene.questions, figures):
        structure = await asyncio.to_thread(part.structure, scene.units)
        span = part.span(structure)
        known = await scene.history.columns(span, None)
        found += await asyncio.to_thread(part.judged, structure, span, known)
    found.doubtful.sort(key=lambda doubtful: _place(doubtful.figure))
    return found


def _parts(questions: Questions, figures: pl.DataFrame) -> Sequence[_Part]:
    """Put figures of months together that lie not too far apart; what nothing answers for is no figure."""
    together = _together(figures["month"].unique().sort().to_list())
    months = {ordinal: Month.numbered(ordinal) for ordinal in together}
    parts: dict[int, _Part] = {}
    answers: dict[tuple[str, str, int, str, str], Question | None] = {}
    for row in figures.iter_rows():
        _, indicator, view, month, sex, variant, *_ = row
        key, part = (indicator, view, month, sex, variant), parts.setdefault(together[month], _Part())
        if key not in answers:
            of = (IndicatorCode(indicator), View(view), months[month], variant or None, dimensions_of(sex))
            answers[key] = questions.question(*of)
        question = answers[key]
        if question is not None:
            part.rows.append((row, question))
    for (*_, month, _, _), question in answers.items():
        if question is not None:
            parts[together[month]].asked.setdefault(question, set()).add(months[month])
    return [part for part in parts.values() if part.rows]


def _together(months: Sequence[int]) -> Mapping[int, int]:
    """Name for each month, in order, the one that begins its part."""
    found: dict[int, int] = {}
    start = None
    for month in months:
        if start is None or month - start >= WIDEST:
            start = month
        found[month] = start
    return found


def dimensions_of(sex: str) -> Dimensions:
    """Say of whom a figure tells."""
    return (("sex", sex),) if sex else ()


def _ours(question: Question, months: Sequence[Month], evaluator: Evaluator) -> Objects:
    return values_of(question.definition, question.view, months, evaluator=evaluator, formula=question.formula)


def _figure(row: Row, official: Decimal | None) -> OfficialFigure:
    unit, indicator, view, month, sex, variant, _, number = row
    return OfficialFigure(
        row=number,
        unit=UnitCode(unit),
        indicator=IndicatorCode(indicator),
        view=View(view),
        month=Month.numbered(month),
        value=official,
        variant=variant or None,
        dimensions=dimensions_of(sex),
    )


def _place(figure: OfficialFigure) -> tuple[object, ...]:
    return figure.unit, figure.indicator, figure.view, figure.month, figure.dimensions
