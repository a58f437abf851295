"""P5: five million case records to all variables of the 15 indicators, beside one bare aggregation of the same file."""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import polars as pl
import polars.selectors as cs

sys.path.insert(0, str(Path(__file__).parents[1]))

from domain.period import Month, Period
from indicators.persistence.catalogue_rows import shipped
from indicators.records.columns import FOLLOW_UP, INSURED, RECORD
from indicators.records.deriving import derive
from indicators.records.question import DERIVED, Question, splits_of

ROWS = 5_000_000
UNITS, TOWNS = 400, 1_600
FIRST, MONTHS = Month(2012, 1), 48
PERSONS = 185_000
RUNS = 5
KEY, NAMES = cs.by_name("unit", "month"), cs.by_name("person")
SUMMED = (cs.numeric() | cs.boolean()) - KEY - NAMES
SUMS = [SUMMED.sum()]
OF_ALL = [*SUMS, (~SUMMED - KEY).last()]


@dataclass(frozen=True)
class Derivation:
    """
    Seconds, medians of the runs: ours for the 15 indicators beside a bare aggregation of the same file.

    `ours` and `bare` read a file in the order of persons, `delivered` and `bare_delivered` one in the order of months
    as they come. `bare` sums numbers and truth values; `bare_of_all` reads the other columns too, as ours must read the
    pseudonyms, and gives the last of each. `whole` is ours once with all splits and towns.
    """

    rows: int
    ours: float
    bare: float
    bare_of_all: float
    delivered: float
    bare_delivered: float
    whole: float


def measure(rows: int = ROWS) -> Derivation:
    """Measure turn by turn."""
    with tempfile.TemporaryDirectory(prefix="zielwerk-bench-") as folder:
        records, follow_ups = Path(folder) / "records.parquet", Path(folder) / "follow_ups.parquet"
        height = written(records, follow_ups, rows)
        by_month, followed = pl.scan_parquet(records), pl.scan_parquet(follow_ups)
        by_month.sort("unit", "person", "month").sink_parquet(Path(folder) / "by_person.parquet")
        by_person = pl.scan_parquet(Path(folder) / "by_person.parquet")
        found: dict[str, list[float]] = {}
        for _ in range(RUNS):
            found.setdefault("bare", []).append(_bare(by_person, SUMS))
            found.setdefault("bare_of_all", []).append(_bare(by_person, OF_ALL))
            found.setdefault("ours", []).append(_timed(by_person, followed, needed()))
            found.setdefault("bare_delivered", []).append(_bare(by_month, SUMS))
            found.setdefault("delivered", []).append(_timed(by_month, followed, needed()))
        found["whole"] = [_timed(by_person, followed, everything())]
        return Derivation(rows=height, **{name: median(times) for name, times in found.items()})


def needed() -> Question:
    """Ask for what the 15 indicators are made of: totals of all units, and lone parents."""
    lone = {"elb_stock", "integrations"}
    splits = {code: ((), ("lone_parent",)) if code in lone else ((),) for code in DERIVED}
    return Question(months=Period.lasting(FIRST, MONTHS), until=FIRST.plus(MONTHS), splits=splits, levels=("unit",))


def everything() -> Question:
    """Ask for everything the catalogue allows, with towns."""
    return Question(months=Period.lasting(FIRST, MONTHS), until=FIRST.plus(MONTHS), splits=splits_of(shipped()[0]))


def _timed(records: pl.LazyFrame, follow_ups: pl.LazyFrame, question: Question) -> float:
    begun = perf_counter()
    derive(records, follow_ups, question)
    return perf_counter() - begun


def _bare(records: pl.LazyFrame, aggregates: Sequence[pl.Expr]) -> float:
    """Aggregate the records of every unit and month."""
    query = records.group_by("unit", "month").agg(aggregates)
    begun = perf_counter()
    query.collect()
    return perf_counter() - begun


def written(records: Path, follow_ups: Path, rows: int) -> int:
    """Draw persons by hashes, who stay for some years; one in twenty moves on the way."""
    number = pl.col("number")
    drawn = [number.hash(seed).alias(f"h{seed}") for seed in range(6)]
    persons = pl.DataFrame({"number": range(PERSONS * rows // ROWS)}).with_columns(drawn)
    persons = persons.with_columns(
        person=number.hash(6).reinterpret(signed=True),
        since=pl.col("h1") % 24, length=12 + pl.col("h2") % 40, moves=pl.col("h3") % 20 == 0,
    )  # fmt: skip
    months = pl.DataFrame({"n": range(MONTHS)})
    at = pl.col("n").cast(pl.UInt64)
    here = at.is_between(pl.col("since"), pl.col("since") + pl.col("length"))
    lived = months.join(persons, how="cross").filter(here).head(rows)
    event = pl.struct("number", "n").hash(7)
    frame = lived.select(_columns(event)).sort("month", "unit", maintain_order=True)
    frame.cast(RECORD).select(list(RECORD)).write_parquet(records)
    integrated = frame.filter(pl.col("integration") == "employment").with_columns(
        (pl.col("birth_year") % 7 > 0).alias(name) for name in INSURED
    )
    integrated.cast(FOLLOW_UP).select(list(FOLLOW_UP)).write_parquet(follow_ups)
    return frame.height


def _columns(event: pl.Expr) -> list[pl.Expr]:
    moved = pl.when(pl.col("moves") & (pl.col("n") > MONTHS // 2)).then(1).otherwise(0)
    unit = (pl.col("h4") + moved) % UNITS
    household = pl.col("h5") // 5 % 10
    lone = household == 0
    return [
        pl.format("3{}", unit.cast(pl.String).str.zfill(4)).alias("unit"),
        pl.format("05{}", (unit * (TOWNS // UNITS) + pl.col("h0") % 4).cast(pl.String).str.zfill(6)).alias("town"),
        pl.col("person"),
        (pl.col("n") + FIRST.ordinal).alias("month"),
        pl.when(pl.col("h1") % 2 == 0).then(pl.lit("f")).otherwise(pl.lit("m")).alias("sex"),
        (1950 + pl.col("h2") % 46).alias("birth_year"),
        pl.when(lone).then(pl.lit("lone_parent")).when(household < 6).then(pl.lit("single"))
        .otherwise(pl.lit("couple")).alias("household_type"),
        lone.alias("lone_parent"),
        (pl.col("h3") % 10 < 9).alias("employable"),
        (event % 40 != 0).alias("in_need"),
        (event % 90_000).alias("benefit_living"),
        (event // 7 % 60_000).alias("benefit_housing"),
        pl.when(event // 11 % 45 == 0).then(pl.lit("employment")).when(event // 11 % 400 == 1)
        .then(pl.lit("apprenticeship")).otherwise(pl.lit("none")).alias("integration"),
        (event // 13 % 70 == 0).alias("marginal_entry"),
        (event // 17 % 200 == 0).alias("subsidised_entry"),
        (event // 19 % 10 == 0).alias("in_measure"),
        pl.lit(None).alias("elb_days"),
    ]  # fmt: skip


if __name__ == "__main__":
    told = measure()
    print(f"P5 ratio={told.ours / told.bare:.2f} promise<=2.0  # {told}")
    print(f"P5-all-columns ratio={told.ours / told.bare_of_all:.2f}  # the aggregation reads every column too")
    print(f"P5-as-delivered ratio={told.delivered / told.bare_delivered:.2f}  # the same file in the order of months")
    tenth = measure(ROWS // 10)
    print(f"P9 ratio={told.ours / tenth.ours:.2f} promise<=11  # {tenth}")
