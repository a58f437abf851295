"""
Taking case records in: files kept, and only what depends on the delivered months derived anew.

`take_records` runs inside the transaction of a delivery, after `announced` in one of its own. Its `figures` are
appended to the history with `DeliveryMode.PARTIAL`: months that can no longer be derived because their records were
deleted keep their figures.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from domain.case_record import LTR_RULES, LtrVariant
from domain.delivery import DeliveryMode, OnError
from domain.identity import VariableCode
from domain.period import Month
from domain.unit import Units
from domain.unit_lineage import predecessors
from domain.variable import Cell, Variable
from domain.variable_versions import overall

from indicators.ports import Figured, RowFinding
from indicators.ports.records import Executor, RecordFile, RecordKind, Records, Rekey
from indicators.records.clashing import clashes, without_clashes
from indicators.records.derived import Derived
from indicators.records.files import SCHEMAS, Place, overlaid, replaced, scanned
from indicators.records.naming import named_in
from indicators.records.question import SPLITS, Question, splits_of
from indicators.usecases.affected import Affected, Ground, hold_affected
from indicators.usecases.derived_in_force import in_force

Files = Mapping[RecordKind, Sequence[RecordFile]]
NOTHING = pl.DataFrame(schema={"unit": pl.String, "month": pl.Int32, "series": pl.Int32, "value": pl.String})
NOTHING_OMITTED = pl.DataFrame(
    schema={"unit": pl.String, "variable": pl.String, "month": pl.Int32, "reason": pl.String}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What deriving goes by: catalogue, units, the present month, the rule for long-term recipients, executor."""

    variables: Mapping[VariableCode, Sequence[Variable]]
    units: Units
    present: Month
    executor: Executor
    variant: LtrVariant = LtrVariant.ORDINANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is wanted with a delivery's rows; with `keep` false nothing is stored, but everything is derived."""

    delivery: int
    mode: DeliveryMode
    on_error: OnError = OnError.ACCEPT_VALID
    keep: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What the delivery came to: derived observations, what could not be derived, rows kept and rows refused."""

    figures: Figured
    omitted: pl.DataFrame
    findings: Sequence[RowFinding]
    kept: pl.DataFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    rows: pl.DataFrame
    files: dict[Place, RecordFile]
    findings: Sequence[RowFinding]


def keyed(kind: RecordKind, rows: pl.DataFrame, rekey: Rekey) -> pl.DataFrame:
    """Give checked rows (`Sifted.rows`) the service's pseudonyms and the columns they are kept in; with `row`."""
    return rows.with_columns(rekey(rows["person"]).alias("person")).cast(SCHEMAS[kind])


async def announced(records: Records, kind: RecordKind, sent: pl.DataFrame) -> None:
    """Make known whom a delivery names, in a transaction before its own: follow-ups touch nobody else's figures."""
    if kind is RecordKind.CASE_RECORDS:
        await records.announce(await asyncio.to_thread(named_in, sent))


async def take_records(records: Records, kind: RecordKind, sent: pl.DataFrame, guide: Guide, terms: Terms) -> Recorded:
    """Take in re-keyed rows that were announced."""
    line, window = predecessors(guide.units), LTR_RULES[guide.variant].window
    touched = await hold_affected(records, Ground(kind=kind, sent=sent, line=line, window=window))
    known = await _known(records, touched, window)
    taken = await asyncio.to_thread(_taken, kind, known[kind], sent, terms)
    if not taken.rows.height:
        return _recorded(NOTHING, NOTHING_OMITTED, taken)
    if terms.keep:
        await records.keep(list(taken.files.values()))
    question = Question(
        months=touched.months,
        until=guide.present.previous,
        splits=splits_of(overall(versions) for versions in guide.variables.values()),
        variant=guide.variant,
        predecessors=line,
    )
    now = {one: overlaid(files, taken.files) if one is kind else files for one, files in known.items()}
    everything = await asyncio.to_thread(_derived, now, touched, question, guide.executor)
    derived = in_force(everything, guide.variables)
    return _recorded(derived.rows, derived.omitted, taken)


async def _known(records: Records, touched: Affected, window: int) -> Files:
    """Give the files that are needed; case records from the months before on that a long-term recipient is known by."""
    first, last = touched.months.start, touched.months.last
    since = {RecordKind.CASE_RECORDS: first.plus(-window), RecordKind.FOLLOW_UP: first}
    return {kind: await records.newest(kind, touched.needed, since[kind], last) for kind in RecordKind}


def _taken(kind: RecordKind, known: Sequence[RecordFile], sent: pl.DataFrame, terms: Terms) -> _Taken:
    """Refuse persons that another unit has in the same month, and write the files."""
    good, refused = sent, sent.clear()
    if kind is RecordKind.CASE_RECORDS:
        there = scanned(kind, known).select("unit", "month", "person")
        good, refused = without_clashes(sent, there, terms.mode)
    if refused.height and terms.on_error is OnError.REJECT:
        good = sent.clear()
    files = replaced(kind, known, good, terms.mode, terms.delivery) if good.height else {}
    return _Taken(rows=good, files=files, findings=clashes(refused))


def _derived(files: Files, touched: Affected, question: Question, executor: Executor) -> Derived:
    """Derive the figures of all units that the delivery touches, and of their towns."""
    records, follow_ups = (scanned(one, files[one]) for one in (RecordKind.CASE_RECORDS, RecordKind.FOLLOW_UP))
    before = {unit for one in touched.told for unit in question.predecessors.get(one, ())}
    here = pl.col("unit").cast(pl.String).is_in([*touched.told, *before])
    towns = records.filter(here).select("town").drop_nulls().unique()
    inside = pl.concat(
        [records.filter(here).select("person"), records.join(towns, on="town", how="semi").select("person")]
    )
    from indicators.records.executing import derive_by  # noqa: PLC0415  it loads a compiler, which takes its time

    derived = derive_by(executor, records.join(inside.unique(), on="person", how="semi"), follow_ups, question)
    shown = pl.col("unit").cast(pl.String).is_in([*touched.told, *towns.collect()["town"].cast(pl.String)])
    return Derived(rows=derived.rows.filter(shown), omitted=derived.omitted.filter(shown))


def _recorded(rows: pl.DataFrame, omitted: pl.DataFrame, taken: _Taken) -> Recorded:
    """Give derived rows the form in which the history takes observations in."""
    kept = taken.rows.select(pl.col("unit").cast(pl.String), "month")
    if not rows.height:
        nothing = Figured(rows=NOTHING, series=())
        return Recorded(figures=nothing, omitted=omitted, findings=taken.findings, kept=kept)
    names = ["variable", *SPLITS]
    distinct = rows.select(names).unique(maintain_order=True).with_row_index("series")
    cells = [
        Cell.of(row["variable"], **{name: row[name] for name in SPLITS if row[name] is not None})
        for row in distinct.iter_rows(named=True)
    ]
    numbered = rows.join(distinct, on=names, nulls_equal=True).select(
        pl.col("unit").cast(pl.String), "month", pl.col("series").cast(pl.Int32), "value"
    )
    return Recorded(figures=Figured(rows=numbered, series=cells), omitted=omitted, findings=taken.findings, kept=kept)
