"""Working a delivery of case records or follow-ups off: checked, kept re-keyed, and turned into figures."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import polars as pl
from domain.delivery import Covered, Delivery, DeliveryCounts, DeliveryMode, OnError, Progress, Scrutiny
from domain.identity import UnitCode
from domain.period import Month
from domain.unit import Units

from indicators.ports import Figured, Ports, RowFinding, Taken, Work
from indicators.ports.delivered import Job
from indicators.ports.records import RecordKind
from indicators.ports.statuses import COUNTED
from indicators.records.sorting import CheckedCases, Sifted, put_together
from indicators.usecases.concluding import Kept
from indicators.usecases.errors import TooManyRows
from indicators.usecases.gating import admitted
from indicators.usecases.heads import must_fit
from indicators.usecases.mapping import named
from indicators.usecases.recording import Guide, Recorded, Terms, announced, keyed, take_records
from indicators.usecases.shapes import SHAPES
from indicators.usecases.sifting import sift, table_of
from indicators.usecases.translating import translated

MOST_RECORDS = 5_000_000
"""How many persons' months one delivery may have: they are judged together in the end, for a person may stand twice."""


async def take_file(ports: Ports, work: Work, job: Job, delivery: Delivery, units: Units) -> Kept:
    """Judge a file of records and take its good rows in; nothing of it is kept but what was checked and re-keyed."""
    kind = RecordKind(delivery.kind.value)
    checked = await _checked(ports, work, job, delivery, units)
    refused = delivery.on_error is OnError.REJECT and checked.rejected > 0
    if refused or not checked.rows.height:
        return _outcome(delivery, checked, (), Taken(), refused=True)
    guide = Guide(
        variables=await work.catalogue.variables_over_time(),
        units=units,
        present=Month.of(ports.today()),
        executor=ports.executor,
        variant=ports.ltr_variant,
    )
    terms = Terms(delivery=job.number, mode=delivery.mode, on_error=delivery.on_error, keep=not delivery.dry_run)
    if terms.keep:
        async with ports.begin() as before:
            await announced(before.records, kind, checked.rows)
    recorded = await take_records(work.records, kind, checked.rows, guide, terms)
    if not recorded.kept.height:
        return _outcome(delivery, checked, recorded.findings, Taken(), refused=True)
    taken, revision = await into_history(work, recorded.figures, job.number, keep=terms.keep)
    outcome = _outcome(delivery, checked, recorded.findings, taken, refused=False)
    pending = Scrutiny.NONE if delivery.dry_run else Scrutiny.PENDING
    outcome = replace(outcome, delivery=replace(outcome.delivery, scrutiny=pending, ltr_variant=guide.variant))
    told = frozenset(cell.variable for cell in recorded.figures.series)
    return replace(outcome, covered=_covered(recorded), revision=revision, variables=told)


async def into_history(work: Work, figures: Figured, number: int, *, keep: bool) -> tuple[Taken, int | None]:
    """Append computed figures; months that can no longer be computed keep theirs."""
    if not figures.rows.height:
        return Taken(), None
    codes = [UnitCode(code) for code in figures.rows["unit"].unique().sort()]
    numbers = await work.history.numbers(codes, figures.series)
    known = pl.DataFrame({"unit": codes, "unit_id": numbers.units})
    rows = figures.rows.join(known, on="unit").with_columns(
        series_id=pl.lit(numbers.series).gather(pl.col("series")), value=pl.col("value").cast(pl.String), status=COUNTED
    )
    ordered = rows.sort("month", "unit_id", "series_id")
    if keep:
        return await work.history.take_in(ordered, numbers, DeliveryMode.PARTIAL), numbers.revision
    return await work.history.try_out(number, ordered, numbers, DeliveryMode.PARTIAL), numbers.revision


async def _checked(ports: Ports, work: Work, job: Job, delivery: Delivery, units: Units) -> CheckedCases:
    profile = await named(work, delivery.profile)
    admission = await admitted(ports, work, job.sender, job.allowed, units)

    def sifted(rows: pl.DataFrame) -> Sifted:
        part = sift(delivery.kind, translated(rows, profile, units), admission)
        return replace(part, rows=keyed(RecordKind(delivery.kind.value), part.rows, ports.rekey))

    def whole() -> CheckedCases:
        path, parts, read = ports.spool.path(job.id), [], 0
        must_fit(ports, path, delivery, profile)
        for rows in ports.read(path, delivery.media_type, SHAPES[delivery.kind], profile):
            read += rows.height
            if read > MOST_RECORDS:
                raise TooManyRows(count=read, limit=MOST_RECORDS)
            parts.append(sifted(rows))
        return put_together(parts)

    return await asyncio.to_thread(whole)


def _outcome(
    delivery: Delivery, checked: CheckedCases, late: Sequence[RowFinding], taken: Taken, *, refused: bool
) -> Kept:
    """Count rows by what became of them; unchanged, corrected and withdrawn count figures."""
    rejected = checked.rejected + len(late)
    counts = DeliveryCounts(
        read=checked.read,
        accepted=0 if refused else checked.read - rejected,
        unchanged=taken.unchanged,
        corrected=taken.corrected,
        withdrawn=taken.withdrawn,
        rejected=rejected,
    )
    progress = Progress(read=checked.read, compared=counts.accepted)
    done = replace(delivery, counts=counts, status=counts.status(), progress=progress)
    findings = [*checked.findings, *late]
    shown = [table_of(findings)] if findings else []
    return Kept(delivery=done, found=checked.found + len(late), findings=shown)


def _covered(recorded: Recorded) -> list[Covered]:
    """Say for which units and months figures were told; of units without any, what was delivered."""
    told = recorded.figures.rows.select("unit", "month")
    silent = recorded.kept.join(told.select("unit").unique(), on="unit", how="anti")
    month = pl.col("month")
    counted = (
        pl.concat([told, silent])
        .group_by("unit")
        .agg(first=month.min(), last=month.max(), months=month.n_unique(), rows=pl.len())
        .sort("unit")
    )
    return [
        Covered(unit=UnitCode(unit), first=Month.numbered(first), last=Month.numbered(last), months=months, rows=rows)
        for unit, first, last, months, rows in counted.rows()
    ]
