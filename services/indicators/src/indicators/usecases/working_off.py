"""Working a delivery off: taken into the history in one transaction, or not at all."""

import asyncio
from dataclasses import dataclass, replace

import polars as pl
from domain.delivery import OPEN, Delivery, DeliveryKind, DeliveryStatus, OnError, Scrutiny
from domain.errors import DomainError
from domain.unit import Units

from indicators.ports import Numbers, Ports, Taken, Work
from indicators.ports.delivered import Job, Jobs
from indicators.usecases.checking import Checker
from indicators.usecases.concluding import CancelledMeanwhile, Kept, conclude, tell
from indicators.usecases.gating import admitted
from indicators.usecases.heads import must_fit
from indicators.usecases.holding import OF_THE_WHOLE, begun, end, fault_of
from indicators.usecases.intake import Intake
from indicators.usecases.line import Outcome
from indicators.usecases.mapping import named
from indicators.usecases.shapes import OBSERVATIONS
from indicators.usecases.sight import known_units
from indicators.usecases.translating import translated
from indicators.usecases.working_off_records import take_file

ROWS_BETWEEN_REPORTS = 1_500_000


@dataclass(frozen=True, slots=True)
class Run:
    """One job being worked off inside the transaction that keeps its outcome."""

    ports: Ports
    work: Work
    job: Job
    delivery: Delivery
    units: Units
    intake: Intake

    async def report(self) -> None:
        """Say how far it is, in a transaction of its own; stop where it was cancelled."""
        async with self.ports.begin() as work:
            if not await work.deliveries.report(self.job.number, self.intake.progress):
                raise CancelledMeanwhile

    async def take(self, rows: pl.DataFrame, numbers: Numbers) -> Taken:
        """Take rows into the history, or try out what they would make of it."""
        if self.delivery.dry_run:
            return await self.work.history.try_out(self.job.number, rows, numbers, self.delivery.mode)
        return await self.work.history.take_in(rows, numbers, self.delivery.mode)


async def work_off(ports: Ports, job: Job) -> Outcome:
    """
    Give a delivery its outcome; what was wrong with the file as a whole is returned, and kept with the delivery.

    NotYet where an earlier file of the same sender is on its way elsewhere.
    """
    try:
        await _attempt(ports, job)
        ports.scrutiny.submit(job)
    except CancelledMeanwhile:
        await _leave(ports, job)
    except OF_THE_WHOLE as error:
        return error if await _fail(ports, job, error) else None
    return None


async def resume(ports: Ports) -> None:
    """Put deliveries in line that another process left behind: their locks went with it."""
    async with ports.begin() as work:
        left = await work.jobs.waiting(100)
    for job in left:
        ports.line.submit(job)


async def _attempt(ports: Ports, job: Job) -> None:
    units = await known_units(ports)
    async with ports.begin() as work:
        if not await begun(ports, work, _jobs, job.number):
            return
        delivery = await work.deliveries.get(job.id)
        if delivery.status not in OPEN:
            raise CancelledMeanwhile
        values = delivery.kind is DeliveryKind.OBSERVATIONS
        take = _take_values if values else _take_records
        found = await take(ports, work, job, delivery, units)
        await work.jobs.done(job.number)
    if not (values and found):
        await ports.spool.drop(job.id)


def _jobs(work: Work) -> Jobs:
    return work.jobs


async def _take_values(ports: Ports, work: Work, job: Job, delivery: Delivery, units: Units) -> int:
    """Take a file of values in; give how many findings there were."""
    variables = await work.catalogue.variables_over_time()
    checker = Checker(variables, await admitted(ports, work, job.sender, job.allowed, units))
    intake = Intake(checker=checker, buckets=ports.spool.buckets(job.id))
    try:
        await _judge_and_take(Run(ports, work, job, delivery, units, intake))
    finally:
        await asyncio.to_thread(intake.buckets.close)
    return intake.found


async def _take_records(ports: Ports, work: Work, job: Job, delivery: Delivery, units: Units) -> int:
    """Take a file of case records or follow-ups in; give how many findings there were."""
    kept = await take_file(ports, work, job, delivery, units)
    await conclude(work, job.number, kept)
    return kept.found


async def _judge_and_take(run: Run) -> None:
    """Read and judge outside the event loop, take the good rows in, keep findings and outcome."""
    await _judge(run)
    refused = await _refused(run)
    taken, revision = (Taken(), None) if refused else await _into_history(run)
    counts = run.intake.counts(taken, refused=refused)
    covered = [] if refused else run.intake.covered()
    scrutiny = Scrutiny.PENDING if covered and not run.delivery.dry_run else Scrutiny.NONE
    finished = replace(
        run.delivery, counts=counts, status=counts.status(), progress=run.intake.progress, scrutiny=scrutiny
    )
    kept = Kept(
        delivery=finished,
        found=run.intake.found,
        findings=run.intake.findings,
        covered=covered,
        revision=revision,
        variables={cell.variable for cell in run.intake.checker.cells},
    )
    if covered:
        await run.intake.rejections.keep(run.work, run.job.number, dry_run=run.delivery.dry_run)
    await conclude(run.work, run.job.number, kept)


async def _judge(run: Run) -> None:
    """Read and check slice after slice, one being read and numbered while the last is checked; put good rows aside."""
    path = run.ports.spool.path(run.job.id)
    profile = await named(run.work, run.delivery.profile)
    await asyncio.to_thread(must_fit, run.ports, path, run.delivery, profile)
    slices = await asyncio.to_thread(run.ports.read, path, run.delivery.media_type, OBSERVATIONS, profile)
    checker = run.intake.checker
    numbered = (checker.numbered(translated(rows, profile, run.units)) for rows in slices)
    told, rows = 0, await asyncio.to_thread(next, numbered, None)
    while rows is not None:
        following = asyncio.create_task(asyncio.to_thread(next, numbered, None))
        await asyncio.to_thread(run.intake.judge, rows)
        rows = await following
        if run.intake.read - told >= ROWS_BETWEEN_REPORTS:
            told = run.intake.read
            await run.report()


async def _refused(run: Run) -> bool:
    """Say whether nothing of the file is kept: no row to keep, or a bad one where that refuses the whole."""
    if run.delivery.on_error is OnError.REJECT:
        await asyncio.to_thread(run.intake.count_doubles)
        if run.intake.rejected:
            return True
    return run.intake.read == run.intake.rejected


async def _into_history(run: Run) -> tuple[Taken, int | None]:
    """
    Take the rows in part by part, those of one unit and month together; give their fate and the revision.

    While the database takes a part, the next one is put in order.
    """
    intake, taken = run.intake, Taken()
    numbers = await run.work.history.numbers(intake.units, intake.checker.cells)
    intake.rejections.open = frozenset(await run.work.received.open_rejections(intake.units))
    parts = intake.buckets.drain()
    rows = await asyncio.to_thread(intake.next_distinct, parts, numbers)
    while rows is not None:
        following = asyncio.to_thread(intake.next_distinct, parts, numbers)
        intake.compared += rows.height
        some, rows = await asyncio.gather(run.take(rows, numbers), following)
        taken += some
        if rows is not None:
            await run.report()
    return taken, numbers.revision


async def _leave(ports: Ports, job: Job) -> None:
    """Take a cancelled delivery out of the line; its rows were never kept."""
    await end(ports, _jobs, job.number, job.id)


async def _fail(ports: Ports, job: Job, error: DomainError) -> bool:
    """Keep with the delivery why its file could not be taken as a whole, unless somebody else has taken it."""

    async def failed(work: Work) -> None:
        delivery = await work.deliveries.get(job.id)
        fault = fault_of(error)
        outcome = replace(delivery, status=DeliveryStatus.FAILED, fault=fault)
        if await work.deliveries.finish(job.number, outcome, 0):
            await tell(work, outcome, problem=fault.problem)

    return await end(ports, _jobs, job.number, job.id, failed)
