"""The geometry of a goal's year, drawn once: HTML and PDF show the same lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

from domain.quantity import Measure
from domain.report import ReportLine

from reporting.rendering import german

MONTHS = ("Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
STEPS = 4
PointAt = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A labelled height on the vertical axis, from 0 at the bottom to 1 at the top."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Lines in a box of width and height 1, the origin at the bottom left, and what they say in words."""

    ticks: tuple[Tick, ...]
    expected: tuple[PointAt, ...]
    actual: tuple[PointAt, ...]
    target: float | None
    alternative: str


def chart_of(line: ReportLine) -> Chart | None:
    """Draw a line's year; None where there is nothing to draw."""
    values = [v for point in line.points for v in (point.expected, point.actual) if v is not None]
    if not values:
        return None
    shown = [*values, line.target] if line.target is not None and _near(line.target, values) else values
    low, high, step = _scale([float(value) for value in shown])

    def height(value: Decimal) -> float:
        return (float(value) - low) / (high - low)

    return Chart(
        ticks=tuple(
            Tick(at=(n * step) / (high - low), label=_label(low + n * step, step, line.unit_of_measure))
            for n in range(round((high - low) / step) + 1)
        ),
        expected=_line([point.expected for point in line.points], height),
        actual=_line([point.actual for point in line.points], height),
        target=height(line.target) if line.target is not None and line.target in shown else None,
        alternative=alternative(line),
    )


def alternative(line: ReportLine) -> str:
    """Say in words what the picture shows."""
    known = [point for point in line.points if point.actual is not None]
    if not known:
        return f"{line.title}: Für das Jahr liegt noch kein Ist-Wert vor."
    first, last = known[0], known[-1]
    unit = line.unit_of_measure
    return (
        f"{line.title}: Ist-Werte von {german.month(first.month)} ({german.number(first.actual, unit)}) "
        f"bis {german.month(last.month)} ({german.number(last.actual, unit)}); "
        f"erwartet waren zuletzt {german.number(last.expected, unit)}, Ziel {german.number(line.target, unit)}."
    )


def _near(target: Decimal, values: Sequence[Decimal]) -> bool:
    """Leave a target out of the picture that would press all lines to the floor."""
    return abs(target) <= 3 * max(abs(value) for value in values)


def _line(values: Sequence[Decimal | None], height: Callable[[Decimal], float]) -> tuple[PointAt, ...]:
    return tuple(
        ((number + 0.5) / len(MONTHS), height(value)) for number, value in enumerate(values) if value is not None
    )


def _scale(values: Sequence[float]) -> tuple[float, float, float]:
    """Choose round limits and steps around the values."""
    low, high = min(values), max(values)
    span = (high - low) or abs(high) or 1.0
    raw = span / STEPS
    magnitude = 10.0 ** floor(log10(raw))
    step = next(nice * magnitude for nice in (1, 2, 2.5, 5, 10) if nice * magnitude >= raw)
    bottom, top = floor(low / step) * step, ceil(high / step) * step
    return (0.0 if 0 <= bottom <= step * 2 else bottom), (top if top > bottom else bottom + step), step


def _label(value: float, step: float, measure: Measure | None) -> str:
    if measure is Measure.EUR and step >= 100_000:  # noqa: PLR2004  from here on millions read better
        return german.number(Decimal(str(value / 1_000_000)), None, 1) + " Mio. €"
    places = next(places for places in range(9) if round(step, places) == step or places > 6)  # noqa: PLR2004  enough
    return german.number(Decimal(str(round(value, 6))), measure, places)
