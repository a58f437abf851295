"""Marking numbers in columns that may lie outside of what a rule expects: a little too strictly, never too mildly."""

import polars as pl
from domain.quality_rule import PartsAtMostWhole
from domain.tolerance import Limits, Tolerance
from domain.variable import DIMENSIONS

SLACK = 1e-12
"""How much narrower, relative to its numbers, a limit is here: far more than floating-point numbers err."""


def beyond(limits: Limits, times: pl.Expr) -> pl.Expr:
    """Mark numbers beyond limits times something."""
    number, marks = pl.col("number"), pl.lit(value=False)
    for limit, sign in ((limits.low, -1), (limits.high, 1)):
        if limit is not None:
            edge = times * float(limit)
            marks |= sign * (number - edge) > -SLACK * (number.abs() + edge.abs())
    return marks


def apart(tolerance: Tolerance, least: pl.Expr | None = None) -> pl.Expr:
    """Mark numbers farther from what is expected than is tolerated."""
    number, expected = pl.col("number"), pl.col("expected")
    width = _width(tolerance, expected.abs(), least)
    return (number - expected).abs() > width - SLACK * (number.abs() + expected.abs() + width)


def differs(tolerance: Tolerance) -> pl.Expr:
    """Mark rows whose exact difference from what is expected is more than is tolerated."""
    difference = (pl.col("exact") - pl.col("expected")).cast(pl.Float64).abs()
    width = _width(tolerance, pl.col("expected").cast(pl.Float64).abs())
    return (difference > 0) & (difference > width - SLACK * (difference + width))


def splits(split: PartsAtMostWhole, dimension: str) -> pl.Expr:
    """Mark rows whose split is more than the total, or, where it is complete, less."""
    more = pl.col("exact") > pl.col("expected")
    if dimension not in split.complete:
        return more & differs(split)
    return (more | (pl.col("told") == len(DIMENSIONS[dimension]))) & differs(split)


def _width(tolerance: Tolerance, expected: pl.Expr, least: pl.Expr | None = None) -> pl.Expr:
    widths = [pl.lit(float(tolerance.absolute)), expected * (float(tolerance.percent) / 100)]
    return pl.max_horizontal(*widths, *(() if least is None else (least,)))
