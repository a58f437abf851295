"""
Taking case records in: persons re-keyed, files kept, and only what depends on the delivered months derived anew.

`take_records` runs inside the transaction of a delivery. Its `figures` are appended to the history with
`DeliveryMode.PARTIAL`: months that can no longer be derived because their records were deleted keep their figures.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from chassis.audit.change import Change
from domain.case_record import FOLLOWED_MONTHS, LTR_RULES, LtrVariant
from domain.delivery import DeliveryMode
from domain.identity import VariableCode
from domain.intake import FindingCode
from domain.period import Month, Period
from domain.reading import WAITING_MONTHS
from domain.unit import RelationKind, Units
from domain.variable import Cell, Variable
from domain.variable_versions import overall

from indicators.ports import Figured, Ports, RowFinding
from indicators.ports.records import Executor, Forgotten, RecordFile, RecordKind, Records, Rekey
from indicators.records.derived import Derived
from indicators.records.executing import derive_by
from indicators.records.files import SCHEMAS, Place, overlaid, replaced, scanned
from indicators.records.question import SPLITS, Question, splits_of
from indicators.usecases.derived_in_force import in_force

DECIDED_LATE = FOLLOWED_MONTHS + WAITING_MONTHS
"""So many months after an integration it is known at the latest whether it lasted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What deriving goes by: catalogue, units, the present month, the rule for long-term recipients, key, executor."""

    variables: Mapping[VariableCode, Sequence[Variable]]
    units: Units
    present: Month
    rekey: Rekey
    executor: Executor
    variant: LtrVariant = LtrVariant.ORDINANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What the delivery came to: derived observations, what could not be derived, and rows refused on the way."""

    figures: Figured
    omitted: pl.DataFrame
    findings: Sequence[RowFinding]
    kept: int


async def take_records(
    records: Records,
    kind: RecordKind,
    rows: pl.DataFrame,
    guide: Guide,
    *,
    delivery: int,
    mode: DeliveryMode,
    keep: bool = True,
) -> Recorded:
    """Take in checked rows (`CheckedCases.rows`); with `keep` false nothing is stored, but everything is derived."""
    await records.in_turn()
    sent = await asyncio.to_thread(_rekeyed, kind, rows, guide)
    if not sent.height:
        return _recorded(pl.DataFrame(), pl.DataFrame(), (), 0)
    months = await _months(records, kind, sent)
    lead = LTR_RULES[guide.variant].window
    known = {
        one: await records.newest(one, months.start.plus(-lead if one is RecordKind.CASE_RECORDS else 0), months.last)
        for one in RecordKind
    }
    taken = await asyncio.to_thread(_taken, kind, known, sent, mode, delivery)
    if keep:
        await records.keep(list(taken.files.values()))
    question = Question(
        months=months,
        until=guide.present.previous,
        splits=splits_of(overall(versions) for versions in guide.variables.values()),
        variant=guide.variant,
        predecessors=predecessors(guide.units),
    )
    derived = await asyncio.to_thread(_derived, kind, known, taken, question, guide.executor)
    derived = in_force(derived, guide.variables)
    return _recorded(derived.rows, derived.omitted, taken.findings, taken.rows.height)


async def forget_old_records(ports: Ports, keep_months: int) -> Sequence[Forgotten]:
    """Delete the records of months older than so many; each file's SHA-256 goes to the log, so deletion is provable."""
    before = Month.of(ports.today()).plus(-keep_months)
    async with ports.begin() as work:
        gone = await work.records.forget(before)
        await work.audit.record(
            *(
                Change(
                    by="retention",
                    action="records.deleted",
                    resource=f"records:{file.kind}:{file.unit}:{file.month}:{file.delivery}",
                    before=file.digest,
                )
                for file in gone
            )
        )
    return gone


def predecessors(units: Units) -> dict[str, frozenset[str]]:
    """Give for each unit whom it succeeds, directly or through others."""
    direct: dict[str, set[str]] = {}
    for relation in units.relations:
        if relation.kind is RelationKind.SUCCEEDS:
            direct.setdefault(relation.source, set()).add(relation.target)
    found = {}
    for unit in direct:
        reached, waiting = set[str](), [unit]
        while waiting:
            for before in direct.get(waiting.pop(), set()) - reached:
                reached.add(before)
                waiting.append(before)
        found[unit] = frozenset(reached)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    rows: pl.DataFrame
    files: dict[Place, RecordFile]
    findings: Sequence[RowFinding]


def _rekeyed(kind: RecordKind, rows: pl.DataFrame, guide: Guide) -> pl.DataFrame:
    """Give rows the columns they are kept in, numbered by `row` still."""
    return rows.with_columns(guide.rekey(rows["person"]).alias("person")).cast(SCHEMAS[kind])


async def _months(records: Records, kind: RecordKind, sent: pl.DataFrame) -> Period:
    """
    Give the months to derive anew: those whose window holds a delivered month, as far as there are records.

    The months before, whose follow-ups are decided by now, are told with them.
    """
    first, last = Month.numbered(min(sent["month"])), Month.numbered(max(sent["month"]))
    if kind is RecordKind.FOLLOW_UP:
        return Period(first, last.next)
    latest = max(await records.latest(kind) or last, last)
    return Period(min(first, latest.plus(-DECIDED_LATE)), latest.next)


def _taken(
    kind: RecordKind,
    known: Mapping[RecordKind, Sequence[RecordFile]],
    sent: pl.DataFrame,
    mode: DeliveryMode,
    delivery: int,
) -> _Taken:
    """Refuse persons that another unit has in the same month, and write the files."""
    if kind is RecordKind.FOLLOW_UP:
        return _Taken(rows=sent, files=replaced(kind, known[kind], sent, mode, delivery), findings=())
    places = sent.select("unit", "month").unique().lazy()
    others = scanned(kind, known[kind]).select("unit", "month", "person").join(places, on=["unit", "month"], how="anti")
    clashing = sent.lazy().join(others, on=["person", "month"], how="semi").collect()
    good = sent.join(clashing.select("row"), on="row", how="anti", maintain_order="left")
    findings = [
        RowFinding(row=row, column="unit", code=FindingCode.PERSON_IN_TWO_UNITS, value=unit)
        for row, unit in clashing.sort("row").select("row", "unit").iter_rows()
    ]
    return _Taken(rows=good, files=replaced(kind, known[kind], good, mode, delivery), findings=findings)


def _derived(
    kind: RecordKind,
    known: Mapping[RecordKind, Sequence[RecordFile]],
    taken: _Taken,
    question: Question,
    executor: Executor,
) -> Derived:
    """Derive the figures of all units that the delivery touches, of their successors, and of their towns."""
    now = {one: overlaid(files, taken.files) if one is kind else files for one, files in known.items()}
    records, follow_ups = (scanned(one, now[one]) for one in (RecordKind.CASE_RECORDS, RecordKind.FOLLOW_UP))
    told = _touched(kind, known, records, taken)
    told |= {unit for unit, line in question.predecessors.items() if line & told}
    before = {unit for one in told for unit in question.predecessors.get(one, ())}
    here = pl.col("unit").cast(pl.String).is_in([*told, *before])
    towns = records.filter(here).select("town").drop_nulls().unique()
    inside = pl.concat(
        [records.filter(here).select("person"), records.join(towns, on="town", how="semi").select("person")]
    )
    derived = derive_by(executor, records.join(inside.unique(), on="person", how="semi"), follow_ups, question)
    shown = pl.col("unit").is_in([*told, *towns.collect()["town"].cast(pl.String)])
    return Derived(rows=derived.rows.filter(shown), omitted=derived.omitted.filter(shown))


def _touched(
    kind: RecordKind, known: Mapping[RecordKind, Sequence[RecordFile]], records: pl.LazyFrame, taken: _Taken
) -> set[str]:
    """Name the delivered units, and those where persons of the delivery are or were from the month before on."""
    own = {str(unit) for unit in taken.rows["unit"].unique()}
    if kind is RecordKind.FOLLOW_UP or not taken.rows.height:
        return own
    earlier = scanned(kind, [file for file in known[kind] if (file.unit, file.month) in taken.files])
    persons = pl.concat([taken.rows.lazy().select("person"), earlier.select("person")]).unique()
    since = records.filter(pl.col("month") >= min(taken.rows["month"]) - 1)
    near = since.join(persons, on="person", how="semi").select("unit").unique().collect()
    return own | {str(unit) for unit in near["unit"]}


def _recorded(rows: pl.DataFrame, omitted: pl.DataFrame, findings: Sequence[RowFinding], kept: int) -> Recorded:
    """Give derived rows the form in which the history takes observations in."""
    if not rows.height:
        empty = pl.DataFrame(schema={"unit": pl.String, "month": pl.Int32, "series": pl.Int32, "value": pl.String})
        return Recorded(figures=Figured(rows=empty, series=()), omitted=omitted, findings=findings, kept=kept)
    names = ["variable", *SPLITS]
    distinct = rows.select(names).unique(maintain_order=True).with_row_index("series")
    cells = [
        Cell.of(row["variable"], **{name: row[name] for name in SPLITS if row[name] is not None})
        for row in distinct.iter_rows(named=True)
    ]
    numbered = rows.join(distinct, on=names, nulls_equal=True).select(
        "unit", "month", pl.col("series").cast(pl.Int32), "value"
    )
    return Recorded(figures=Figured(rows=numbered, series=cells), omitted=omitted, findings=findings, kept=kept)
