"""Sorting rows of case records: who has a finding is left out, and no finding names a person."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from domain.case_record import Integration
from domain.intake import FindingCode
from domain.variable import DIMENSIONS

from indicators.ports import RowFinding

SHOWN = 10_000
HIDDEN = "***"
LONGEST = 12
"""A longer value is not shown: with columns out of place it may be somebody's pseudonym."""
FAULT = pl.Schema({"row": pl.Int64, "column": pl.String, "code": pl.String, "value": pl.String})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """
    What each row of a slice is by itself: the good ones as typed columns with their row numbers, and the findings.

    `rows` has `row`, `person` (text) and else the columns of `columns.RECORD` or `columns.FOLLOW_UP`. `faults` are the
    first 10,000 of `found`; `rejected` rows of the `read` ones had one.
    """

    rows: pl.DataFrame
    faults: pl.DataFrame
    found: int
    read: int
    rejected: int

    def with_faults(self, more: pl.DataFrame) -> "Sifted":
        """Refuse further rows, which are not among these."""
        return Sifted(
            rows=self.rows,
            faults=_first(pl.concat([self.faults, more.cast(FAULT)])),
            found=self.found + more.height,
            read=self.read + more.height,
            rejected=self.rejected + more.height,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCases:
    """
    The good rows of a file, and the findings.

    `findings` are the first 10,000 of `found`; `rejected` rows of the `read` ones had one.
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


def sifted(
    read: int, judged: pl.DataFrame, faults: list[pl.DataFrame], typed: dict[str, str], columns: Sequence[str]
) -> Sifted:
    """Keep the rows without a fault in their typed columns."""
    bad = pl.concat([found.cast(FAULT) for found in faults])
    kept = judged.join(bad.select("row").unique(), on="row", how="anti", maintain_order="left")
    same = [name for name in ("sex", "household_type") if name in columns]
    good = (
        kept.drop("month", *typed.values())
        .rename({**typed, "ordinal": "month"})
        .with_columns(pl.when(pl.col(name) != "").then(pl.col(name)) for name in same)
        .select("row", *columns)
    )
    return Sifted(rows=good, faults=_first(bad), found=bad.height, read=read, rejected=read - good.height)


def nameless(sent: pl.DataFrame) -> pl.DataFrame:
    """Give rows of text as they may be shown: no pseudonym, and of long values only words of ours."""
    ours = [*DIMENSIONS["household_type"], *map(str, Integration)]
    texts = [name for name, kind in sent.schema.items() if kind == pl.String and name != "person"]
    long = [(pl.col(name).str.len_chars() > LONGEST) & ~pl.col(name).is_in(ours) for name in texts]
    return sent.with_columns(
        pl.lit(HIDDEN).alias("person"),
        *(pl.when(of).then(pl.lit(HIDDEN)).otherwise(name).alias(name) for of, name in zip(long, texts, strict=True)),
    )


def put_together(parts: Sequence[Sifted]) -> CheckedCases:
    """Judge what only the whole file tells: rows that stand twice, and persons in two units."""
    rows = pl.concat([part.rows for part in parts])
    again = rows.filter(_of_month().is_duplicated())
    kept = _merged(again)
    bad = pl.concat([_twice(kept).cast(FAULT), _elsewhere(kept).cast(FAULT)])
    gone = pl.concat([again.join(kept, on="row", how="anti").select("row"), bad.select("row")]).unique()
    faults = pl.concat([*(part.faults for part in parts), bad])
    return CheckedCases(
        rows=rows.join(gone, on="row", how="anti", maintain_order="left") if gone.height else rows,
        findings=_shown(_first(faults)),
        found=sum(part.found for part in parts) + bad.height,
        read=sum(part.read for part in parts),
        rejected=sum(part.rejected for part in parts) + bad["row"].n_unique(),
    )


def _of_month() -> pl.Expr:
    """Give the same number to all rows of a person and month; others may have it too."""
    return pl.col("person").hash(0) ^ pl.col("month").hash(1)


def _merged(again: pl.DataFrame) -> pl.DataFrame:
    """Keep one of several rows of a person and month that are alike but for the integration: the first in order."""
    if "integration" not in again.columns:
        return again
    order = pl.col("integration").cast(pl.String).cast(pl.Enum([*map(str, Integration), "none"])).to_physical()
    alike = [name for name in again.columns if name not in ("row", "integration")]
    return again.filter(order == order.min().over(alike))


def _twice(kept: pl.DataFrame) -> pl.DataFrame:
    again = kept.filter(~pl.struct("unit", "person", "month").is_first_distinct())
    return again.select(
        "row", column=pl.lit("person"), code=pl.lit(FindingCode.DUPLICATE_ROW.value), value=pl.lit(HIDDEN)
    )


def _elsewhere(kept: pl.DataFrame) -> pl.DataFrame:
    """Find persons that two units claim in the same month: neither row is taken."""
    in_two = kept.filter(pl.col("unit").n_unique().over("person", "month") > 1)
    return in_two.select("row", column=pl.lit("unit"), code=pl.lit(FindingCode.PERSON_IN_TWO_UNITS.value), value="unit")


def _first(faults: pl.DataFrame) -> pl.DataFrame:
    return faults.sort("row", "column").head(SHOWN)


def _shown(faults: pl.DataFrame) -> list[RowFinding]:
    return [
        RowFinding(row=row, column=column, code=FindingCode(code), value=value if len(value) <= LONGEST else HIDDEN)
        for row, column, code, value in faults.iter_rows()
    ]
