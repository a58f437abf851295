"""Sums of file reviews on the wire: they name no file, no clerk and no reviewer."""

from decimal import Decimal

from chassis.wire import FigureText, Told
from domain.quantity import Measure, half_up
from domain.review_results import Line, Tally

from indicators.api.reviews.round_schemas import MoneyOut, money
from indicators.usecases.reviews.sums import Summary

PLACES = 1


class RateOut(Told):
    """Answers that say right or wrong, errors among them, and their share with its Wilson interval at 95 %."""

    answered: int
    errors: int
    not_applicable: int
    error_rate: FigureText | None
    low: FigureText | None
    high: FigureText | None
    unit_of_measure: Measure
    amount: MoneyOut


class SumOut(Told):
    """One checkpoint summed over rounds; `before` are the same offices' rounds before, `change` in points."""

    unit: str | None
    unit_name: str | None
    month: str | None
    grid: str
    checkpoint: int
    question: str
    area: str
    rounds: int
    result: RateOut
    before: RateOut | None
    change: FigureText | None


class SumPage(Told):
    """Sums in the order of grid, unit, month and checkpoint."""

    items: list[SumOut]
    next: str | None


def sum_out(line: Line, summary: Summary) -> SumOut:
    """Tell one line."""
    checkpoint = summary.checkpoints[line.grid, line.tally.checkpoint]
    return SumOut(
        unit=line.unit,
        unit_name=summary.units.get(line.unit).name if line.unit else None,
        month=str(line.month) if line.month else None,
        grid=line.grid,
        checkpoint=checkpoint.number,
        question=checkpoint.question,
        area=checkpoint.area,
        rounds=line.rounds,
        result=_rate_out(line.tally),
        before=_rate_out(line.before) if line.before else None,
        change=_rounded(line.change),
    )


def place(line: Line) -> str:
    """Give a line's place in the list."""
    return f"{line.grid} {line.unit} {line.month} {line.tally.checkpoint}"


def _rate_out(tally: Tally) -> RateOut:
    rate = tally.rate
    return RateOut(
        answered=tally.answered,
        errors=tally.errors,
        not_applicable=tally.not_applicable,
        error_rate=_rounded(rate.percent if rate else None),
        low=_rounded(rate.low if rate else None),
        high=_rounded(rate.high if rate else None),
        unit_of_measure=Measure.PERCENT,
        amount=money(tally),
    )


def _rounded(number: Decimal | None) -> Decimal | None:
    return None if number is None else half_up(number, PLACES)
