"""
Judging one unit's figures by quality rules, exactly.

A figure that cannot be held against anything (no month before, too short a history, a part missing) is not doubted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce

from domain.identity import UnitCode
from domain.period import Month
from domain.quality_rule import (
    Bounds,
    Jump,
    Outlier,
    PartsAtMostWhole,
    QualityRule,
    RatioBounds,
    SumOfParts,
)
from domain.quantity import PRECISE
from domain.soft_finding import SoftFinding
from domain.tolerance import Band
from domain.variable import DIMENSIONS, Cell

WINDOW, SHORTEST = 24, 8
"""How many earlier months an outlier is held against, and how many of them must be there."""
NORMAL = Decimal("1.4826")
"""The median absolute deviation times this estimates the standard deviation of what is spread normally."""
Values = Mapping[Cell, Decimal]
NONE: Values = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFigures:
    """What is known of one unit: its values by month and cell, and in each month those of each of its parts."""

    unit: UnitCode
    values: Mapping[Month, Values]
    parts: Mapping[Month, Sequence[Values]] = field(default_factory=dict)

    def look(self, cell: Cell, month: Month) -> Decimal | None:
        """Give a value of the unit itself."""
        return self.values.get(month, NONE).get(cell)


@dataclass(frozen=True, slots=True, order=True)
class Site:
    """What a rule is held against: a figure, or how a figure is split by a dimension."""

    cell: Cell
    month: Month
    dimension: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What was observed, where it was expected, and the numbers that rests on."""

    observed: Decimal
    band: Band
    basis: Mapping[str, Decimal] = field(default_factory=dict)


def doubted(rules: Iterable[QualityRule], figures: UnitFigures, months: Iterable[Month]) -> list[SoftFinding]:
    """Find everything that active rules doubt in some months of one unit, in the order of month, cell and rule."""
    asked = sorted(set(months))
    found = [
        finding
        for rule in rules
        if rule.active
        for month in asked
        for site in sites(rule, figures.values.get(month, NONE), month)
        if (finding := doubt(rule, site, figures)) is not None
    ]
    return sorted(found, key=lambda finding: finding.position)


def sites(rule: QualityRule, values: Values, month: Month) -> Iterator[Site]:
    """List what a rule is held against in one month."""
    for cell in values:
        if not rule.covers(cell.variable):
            continue
        if isinstance(rule.parameters, PartsAtMostWhole):
            named = {name for name, _ in cell.dimensions}
            yield from (Site(cell, month, dimension) for dimension in DIMENSIONS if dimension not in named)
        else:
            yield Site(cell, month)


def doubt(rule: QualityRule, site: Site, figures: UnitFigures) -> SoftFinding | None:
    """Judge one figure by one rule; nothing where it is as expected or cannot be judged."""
    held = _held(rule, site, figures)
    if held is None or held.band.holds(held.observed):
        return None
    return SoftFinding(
        unit=figures.unit,
        month=site.month,
        cell=site.cell,
        dimension=site.dimension,
        rule=rule.code,
        version=rule.version,
        kind=rule.kind,
        observed=held.observed,
        expected=held.band.expected,
        low=held.band.low,
        high=held.band.high,
        basis=dict(held.basis),
    )


def _held(rule: QualityRule, site: Site, figures: UnitFigures) -> Held | None:
    observed = figures.look(site.cell, site.month)
    if observed is None:
        return None
    held: Held | None
    match rule.parameters:
        case Bounds(low=low, high=high):
            held = Held(observed=observed, band=Band(low=low, high=high))
        case Jump() as jump:
            before = figures.look(site.cell, site.month.previous)
            held = None if before is None else Held(observed=observed, band=jump.around(before))
        case Outlier() as outlier:
            held = _against_history(outlier, observed, site, figures)
        case SumOfParts() as whole:
            held = _against_parts(whole, observed, site, figures)
        case PartsAtMostWhole() as split:
            held = _against_total(split, observed, site, figures)
        case RatioBounds() as ratio:
            held = _against_other(ratio, observed, site, figures)
    return held


def _against_history(outlier: Outlier, observed: Decimal, site: Site, figures: UnitFigures) -> Held | None:
    """Hold a value against median and median absolute deviation of up to 24 earlier months, at least 8 of them."""
    earlier = (figures.look(site.cell, site.month.plus(-back)) for back in range(1, WINDOW + 1))
    history = [value for value in earlier if value is not None]
    if len(history) < SHORTEST:
        return None
    middle = median(history)
    spread = median([PRECISE.subtract(value, middle).copy_abs() for value in history])
    width = PRECISE.multiply(PRECISE.multiply(spread, NORMAL), outlier.factor)
    basis = {"months": Decimal(len(history)), "deviation": spread}
    return Held(observed=observed, band=outlier.around(middle, width), basis=basis)


def _against_parts(whole: SumOfParts, observed: Decimal, site: Site, figures: UnitFigures) -> Held | None:
    """Hold a unit's value against the sum of its parts; where one did not deliver, that is no sum."""
    parts = figures.parts.get(site.month, ())
    told = [part[site.cell] for part in parts if site.cell in part]
    if not parts or len(told) < len(parts):
        return None
    return Held(observed=observed, band=whole.around(total(told)), basis={"parts": Decimal(len(parts))})


def _against_total(split: PartsAtMostWhole, whole: Decimal, site: Site, figures: UnitFigures) -> Held | None:
    """Hold what is split by a dimension against the total; a split that is not complete may be less."""
    values = (figures.look(cell, site.month) for cell in split_by(site.cell, site.dimension))
    told = [value for value in values if value is not None]
    if not told:
        return None
    band = split.around(whole)
    if site.dimension not in split.complete or len(told) < len(DIMENSIONS[site.dimension]):
        band = Band(expected=whole, high=band.high)
    return Held(observed=total(told), band=band, basis={"parts": Decimal(len(told))})


def _against_other(ratio: RatioBounds, observed: Decimal, site: Site, figures: UnitFigures) -> Held | None:
    """Hold a numerator against the limits times its denominator: no division, so a denominator of zero is judged."""
    denominator = figures.look(Cell(ratio.denominator, site.cell.dimensions), site.month)
    if denominator is None or denominator < 0:
        return None
    low, high = (None if limit is None else PRECISE.multiply(limit, denominator) for limit in (ratio.low, ratio.high))
    return Held(observed=observed, band=Band(low=low, high=high), basis={"denominator": denominator})


def split_by(cell: Cell, dimension: str) -> list[Cell]:
    """Name the cells into which a dimension splits one."""
    return [
        Cell(cell.variable, tuple(sorted((*cell.dimensions, (dimension, value))))) for value in DIMENSIONS[dimension]
    ]


def total(values: Iterable[Decimal]) -> Decimal:
    """Add values up exactly."""
    return reduce(PRECISE.add, values, Decimal(0))


def median(values: Sequence[Decimal]) -> Decimal:
    """Give the middle value, or the mean of the two in the middle.

    >>> median([Decimal(3), Decimal(1), Decimal(4), Decimal(2)])
    Decimal('2.5')
    """
    ordered, half = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return ordered[half]
    return PRECISE.divide(PRECISE.add(ordered[half - 1], ordered[half]), Decimal(2))
