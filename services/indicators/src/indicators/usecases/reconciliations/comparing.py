"""Comparing a table that waits: kept whole with its outcome in one transaction, or not at all."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field, replace

import polars as pl
from chassis.audit.change import Change
from chassis.event import Event
from domain.boundary import kin_of
from domain.errors import DomainError
from domain.reconciliation import Cause, Reconciliation, ReconciliationStatus

from indicators.ports import Ports, Work
from indicators.ports.reconciled import Comparison, Comparisons
from indicators.usecases.holding import OF_THE_WHOLE, begun, end, fault_of
from indicators.usecases.line import Outcome
from indicators.usecases.reconciliations.asked import Asked, asked
from indicators.usecases.reconciliations.errors import TooMuchToCompare
from indicators.usecases.reconciliations.explaining import explained
from indicators.usecases.reconciliations.judging import Scene, judged
from indicators.usecases.reconciliations.questions import Questions
from indicators.usecases.reconciliations.rows import Yardstick
from indicators.usecases.sight import known_units

TILE = 20_000
"""How many figures are judged at once, and their differences kept."""
PATIENCE = 2.0
"""How many seconds a tile lets deliveries go first."""


@dataclass(slots=True)
class Run:
    """A table being compared, inside the transaction that keeps its outcome."""

    ports: Ports
    work: Work
    scene: Scene
    yardstick: Yardstick
    head: Reconciliation
    causes: Counter[str] = field(default_factory=Counter)

    async def report(self) -> None:
        """Say how far it is, in a transaction of its own."""
        async with self.ports.begin() as work:
            await work.reconciliations.report(self.head)

    async def read(self, most: int) -> Asked:
        """Read the table slice by slice, keep what is wrong with its rows, and put its figures in order."""
        path = self.ports.spool.path(self.head.id)
        table = await asyncio.to_thread(self.ports.read_official, path, self.head.media_type)
        sent = [pl.DataFrame(schema=self.yardstick.figures)]
        read = rejected = 0
        while (rows := await asyncio.to_thread(next, table.slices, None)) is not None:
            read += rows.height
            if read > most:
                raise TooMuchToCompare(count=read, limit=most)
            good, findings = await asyncio.to_thread(self.yardstick.check, rows)
            sent.append(good)
            rejected += await self._keep(findings)
        figures = await asyncio.to_thread(asked, sent, most)
        rejected += await self._keep(figures.doubles)
        self.head = replace(
            self.head, read=read, rejected=rejected, asked=figures.figures.height, ignored_columns=table.ignored
        )
        return figures

    async def compare(self, figures: pl.DataFrame) -> None:
        """Judge figures tile by tile, and keep the differences of each with their likely causes."""
        for tile in figures.iter_slices(TILE):
            await self.ports.line.quiet(PATIENCE)
            found = await judged(self.scene, tile)
            differences = await explained(self.scene, found.doubtful)
            await self.work.reconciliations.keep_differences(self.head.id, self.causes.total() + 1, differences)
            self.causes.update(difference.cause.value for difference in differences)
            self.head = replace(
                self.head,
                compared=self.head.compared + tile.height,
                equal=self.head.equal + found.equal,
                unpublished=self.head.unpublished + found.unpublished,
            )
            await self.report()

    async def _keep(self, findings: pl.DataFrame) -> int:
        if findings.height:
            await self.work.reconciliations.keep_findings(self.head.id, findings)
        return findings.height


async def compare(ports: Ports, job: Comparison, most: int) -> Outcome:
    """Give a run its outcome; what was wrong with the table as a whole is returned, and kept with the run."""
    try:
        await _attempt(ports, job, most)
    except OF_THE_WHOLE as error:
        return error if await _fail(ports, job, error) else None
    return None


async def resume(ports: Ports) -> None:
    """Put runs in line that another process left behind: their locks went with it."""
    async with ports.begin() as work:
        left = await work.comparisons.waiting(100)
    for job in left:
        ports.reconciling.submit(job)


async def _attempt(ports: Ports, job: Comparison, most: int) -> None:
    """
    Compare what the run's sender sees in one state of the data.

    The run is begun before that state is chosen: who sends the same table behind that is not given an older state.
    """
    units = await known_units(ports)
    async with ports.begin() as work:
        if not await begun(ports, work, _comparisons, job.id):
            return
        comparing = replace(await work.reconciliations.get(job.id), status=ReconciliationStatus.COMPARING, compared=0)
        async with ports.begin() as other:
            await other.reconciliations.report(comparing)
        async with ports.look(job.allowed) as seen:
            questions = Questions(await seen.catalogue.definitions(), await seen.catalogue.variables())
            scene = Scene(history=seen.history, units=units, kin=kin_of(units), questions=questions)
            yardstick = Yardstick(units=units, reach=job.allowed, questions=questions)
            head = replace(comparing, state=await seen.vintages.mark())
            await _conclude(Run(ports, work, scene, yardstick, head), most)
        await work.comparisons.done(job.id)
    await ports.spool.drop(job.id)


def _comparisons(work: Work) -> Comparisons:
    return work.comparisons


async def _conclude(run: Run, most: int) -> None:
    """Compare, keep the outcome and tell it."""
    figures = await run.read(most)
    await run.report()
    await run.compare(figures.figures)
    causes = {cause.value: run.causes[cause.value] for cause in Cause}
    head = replace(run.head, status=ReconciliationStatus.COMPARED, causes=causes)
    await run.work.reconciliations.finish(head, figures.units)
    change = Change(by=head.by, action="reconciliation.made", resource=f"reconciliation:{head.id}", after=head.digest)
    await run.work.audit.record(change)
    data = {"id": str(head.id), "differences": run.causes.total(), "equal": head.equal}
    await run.work.events.tell(Event(type="reconciliation.made", subject=str(head.id), data=data))


async def _fail(ports: Ports, job: Comparison, error: DomainError) -> bool:
    """Keep with the run why its table could not be compared as a whole, unless somebody else has compared it."""

    async def failed(work: Work) -> None:
        run = await work.reconciliations.get(job.id)
        outcome = replace(run, status=ReconciliationStatus.FAILED, fault=fault_of(error))
        await work.reconciliations.finish(outcome, frozenset())

    return await end(ports, _comparisons, job.id, job.id, failed)
