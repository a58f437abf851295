"""Sorting rows of case records: who has a finding is left out, and no finding names a person."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from domain.case_record import Integration
from domain.intake import FindingCode

from indicators.ports import RowFinding

SHOWN = 10_000
HIDDEN = "***"
LONGEST = 12
"""A longer value is not shown: with columns out of place it may be somebody's pseudonym."""
FAULT = pl.Schema({"row": pl.Int64, "column": pl.String, "code": pl.String, "value": pl.String})


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCases:
    """
    The good rows as typed columns with the sender's pseudonyms and row numbers, and the findings.

    `rows` has `row`, `person` (text) and else the columns of `columns.RECORD` or `columns.FOLLOW_UP`. `findings` are
    the first 10,000 of `found`; `rejected` rows had one.
    """

    rows: pl.DataFrame
    findings: Sequence[RowFinding]
    found: int
    read: int
    rejected: int


def fault(judged: pl.DataFrame, column: str, code: FindingCode, wrong: pl.Expr) -> pl.DataFrame:
    """Name the rows where something is wrong with a column."""
    shown = pl.lit(HIDDEN) if column == "person" else pl.col(column)
    return judged.filter(wrong).select("row", column=pl.lit(column), code=pl.lit(code.value), value=shown)


def sorted_out(
    read: int, judged: pl.DataFrame, faults: list[pl.DataFrame], typed: dict[str, str], columns: Sequence[str]
) -> CheckedCases:
    """Keep the rows without a fault, doubles and persons in two units apart, in their typed columns."""
    bad = pl.concat([found.cast(FAULT) for found in faults])
    kept = judged.join(bad.select("row").unique(), on="row", how="anti", maintain_order="left")
    same = [name for name in ("sex", "household_type") if name in columns]
    good = (
        kept.drop("month", *typed.values())
        .rename({**typed, "ordinal": "month"})
        .with_columns(pl.when(pl.col(name) != "").then(pl.col(name)) for name in same)
        .select("row", *columns)
    )
    good, merged = _merged(good)
    twice = [_twice(good), _elsewhere(good)]
    bad = pl.concat([bad, *twice])
    good = good.join(bad.select("row").unique(), on="row", how="anti", maintain_order="left")
    return CheckedCases(
        rows=good,
        findings=_shown(bad),
        found=bad.height,
        read=read,
        rejected=read - good.height - merged,
    )


def _merged(good: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Keep one of several rows of a person and month that are alike but for the integration: the first in order."""
    if "integration" not in good.columns:
        return good, 0
    order = pl.col("integration").cast(pl.Enum([*map(str, Integration), "none"])).to_physical()
    alike = [name for name in good.columns if name not in ("row", "integration")]
    kept = good.filter(order == order.min().over(alike))
    return kept, good.height - kept.height


def _twice(good: pl.DataFrame) -> pl.DataFrame:
    again = good.filter(~pl.struct("unit", "person", "month").is_first_distinct())
    return again.select(
        "row", column=pl.lit("person"), code=pl.lit(FindingCode.DUPLICATE_ROW.value), value=pl.lit(HIDDEN)
    )


def _elsewhere(good: pl.DataFrame) -> pl.DataFrame:
    """Find persons that two units claim in the same month: neither row is taken."""
    in_two = good.filter(pl.col("unit").n_unique().over("person", "month") > 1)
    return in_two.select("row", column=pl.lit("unit"), code=pl.lit(FindingCode.PERSON_IN_TWO_UNITS.value), value="unit")


def _shown(bad: pl.DataFrame) -> list[RowFinding]:
    first = bad.sort("row", "column").head(SHOWN)
    return [
        RowFinding(row=row, column=column, code=FindingCode(code), value=value if len(value) <= LONGEST else HIDDEN)
        for row, column, code, value in first.iter_rows()
    ]
