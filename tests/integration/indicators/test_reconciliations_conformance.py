"""Runs of reconciliation and their line behave alike, remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import polars as pl
import pytest
from chassis.clock import new_id
from domain.official_fault import OfficialFault
from domain.reconciliation import Cause, Reconciliation, ReconciliationStatus
from indicators.ports import Work
from indicators.ports.reconciled import Comparison, Comparisons, OfficialFinding, Reconciliations
from indicators.usecases.reconciliations.errors import UnknownReconciliation
from support.conformance import Begin, remembered, stored_figures
from support.reconciliation_twins import RememberedComparisons, RememberedReconciliations
from support.standing import OTHER, TOWN, a_difference, a_reconciliation, compared

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Scene:
    """The ports in one transaction."""

    runs: Reconciliations
    line: Comparisons


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, templates: dict[str, str]) -> AsyncIterator[Begin[Scene]]:
    if request.param == "remembered":
        yield remembered(Scene(RememberedReconciliations(), RememberedComparisons()))
        return
    async with stored_figures(templates["indicators"], scene_of) as opened:
        yield opened


def scene_of(work: Work) -> Scene:
    return Scene(work.reconciliations, work.comparisons)


def a_run(**told: str) -> Reconciliation:
    return a_reconciliation(new_id(), **told)


async def test_a_run_is_read_back_as_it_was_received_and_listed_newest_first(begin: Begin[Scene]) -> None:
    first, second = a_run(), a_run(digest="other")
    async with begin() as scene:
        for run in (first, second):
            await scene.runs.add(run, None, frozenset({TOWN}))
    async with begin() as scene:
        assert await scene.runs.get(first.id) == first
        assert list(await scene.runs.matching(None, 2)) == [second, first]
        assert list(await scene.runs.matching(None, 1)) == [second]
        assert list(await scene.runs.matching(second.id, 1)) == [first]
        with pytest.raises(UnknownReconciliation):
            await scene.runs.get(new_id())


async def test_the_same_table_of_a_sender_and_reach_is_known_while_it_waits(begin: Begin[Scene]) -> None:
    first, reach = a_run(), frozenset({TOWN, OTHER})
    async with begin() as scene:
        await scene.runs.wait_for(first.by, first.digest)
        assert await scene.runs.known(first, reach) is None
        for run in (first, a_run()):
            await scene.runs.add(run, reach, NOBODY)
    async with begin() as scene:
        assert await scene.runs.known(a_run(state="2.1"), reach) == first
        for other, allowed in (
            (a_run(digest="other"), reach),
            (a_run(by="jemand anderes"), reach),
            (a_run(), frozenset({TOWN})),
            (a_run(), NOBODY),
            (a_run(), None),
        ):
            assert await scene.runs.known(other, allowed) is None


@pytest.mark.parametrize("done", [False, True], ids=["begun", "compared"])
async def test_what_is_begun_is_known_over_the_same_data_only(begin: Begin[Scene], done: bool) -> None:
    run = a_run()
    begun = replace(run, status=ReconciliationStatus.COMPARING, state="2.1")
    async with begin() as scene:
        await scene.runs.add(run, None, NOBODY)
        await scene.runs.report(begun)
        if done:
            await scene.runs.finish(compared(begun), NOBODY)
    async with begin() as scene:
        assert await scene.runs.known(a_run(state="2.1"), None) == (compared(begun) if done else begun)
        assert await scene.runs.known(a_run(state="1.1"), None) is None


async def test_a_run_that_failed_is_not_known(begin: Begin[Scene]) -> None:
    run = a_run()
    async with begin() as scene:
        await scene.runs.add(run, None, NOBODY)
        await scene.runs.finish(replace(run, status=ReconciliationStatus.FAILED), NOBODY)
    async with begin() as scene:
        assert await scene.runs.known(a_run(), None) is None


async def test_a_run_says_how_far_it_is_and_has_one_outcome(begin: Begin[Scene]) -> None:
    run = a_run()
    begun = replace(run, status=ReconciliationStatus.COMPARING, state="3.1", asked=9, compared=4)
    async with begin() as scene:
        await scene.runs.add(run, None, NOBODY)
        await scene.runs.report(begun)
    async with begin() as scene:
        assert await scene.runs.get(run.id) == begun
        await scene.runs.finish(compared(begun), frozenset({TOWN, OTHER}))
    async with begin() as scene:
        assert await scene.runs.get(run.id) == compared(begun)
    with pytest.raises(Exception, match="never changed"):
        async with begin() as scene:
            await scene.runs.finish(replace(compared(begun), equal=7), NOBODY)
    async with begin() as scene:
        assert await scene.runs.get(run.id) == compared(begun)


async def test_differences_come_in_pages_and_are_told_by_their_numbers(begin: Begin[Scene]) -> None:
    run, empty = a_run(), a_run(digest="other")
    women = replace(a_difference(unit=OTHER), dimensions=(("sex", "f"),))
    found = [a_difference(Cause.ROUNDING), a_difference(), women]
    async with begin() as scene:
        for one in (run, empty):
            await scene.runs.add(one, None, NOBODY)
        await scene.runs.keep_differences(run.id, 1, found[:2])
        await scene.runs.keep_differences(run.id, 3, [])
        await scene.runs.keep_differences(run.id, 3, found[2:])
    numbered = list(enumerate(found, start=1))
    async with begin() as scene:
        assert list(await scene.runs.differences(run.id, (), (), 0, 10)) == numbered
        assert list(await scene.runs.differences(run.id, [Cause.UNKNOWN], [TOWN], 0, 10)) == numbered[1:2]
        assert list(await scene.runs.differences(run.id, (), (), 1, 1)) == numbered[1:2]
        assert list(await scene.runs.differences(empty.id, (), (), 0, 10)) == []


async def test_findings_come_in_pages_and_are_told_by_their_rows(begin: Begin[Scene]) -> None:
    run = a_run()
    told = [
        (7, "unit", "duplicate_row", 'so "genannt"'),
        (3, "unit", "unknown_unit", "ü, x"),
        (2, "month", "bad_month", ""),
    ]
    rows = pl.DataFrame(told, schema=["row", "column", "code", "value"], orient="row")
    async with begin() as scene:
        await scene.runs.add(run, None, NOBODY)
        await scene.runs.keep_findings(run.id, rows[:1])
        await scene.runs.keep_findings(run.id, rows[1:])
    found = [OfficialFinding(row=row, column=c, code=OfficialFault(code), value=v) for row, c, code, v in sorted(told)]
    async with begin() as scene:
        assert list(await scene.runs.findings(run.id, 0, 10)) == found
        assert list(await scene.runs.findings(run.id, 2, 1)) == found[1:2]


async def test_runs_wait_oldest_first_until_they_are_done(begin: Begin[Scene]) -> None:
    runs = [a_run(digest=str(number)) for number in range(3)]
    jobs = [
        Comparison(id=run.id, sender=run.by, size=run.size, allowed=allowed)
        for run, allowed in zip(runs, (None, frozenset({TOWN, OTHER}), NOBODY), strict=True)
    ]
    async with begin() as scene:
        for run, job in zip(runs, jobs, strict=True):
            await scene.runs.add(run, job.allowed, NOBODY)
            await scene.line.add(job)
    async with begin() as scene:
        assert list(await scene.line.waiting(10)) == jobs
        assert list(await scene.line.waiting(2)) == jobs[:2]
        assert await scene.line.needing_files([jobs[0].id, new_id()]) == {jobs[0].id}
        assert await scene.line.claim(jobs[0].id)
        assert [await scene.line.attempted(jobs[0].id) for _ in range(2)] == [1, 2]
        await scene.line.done(jobs[0].id)
    async with begin() as scene:
        assert list(await scene.line.waiting(10)) == jobs[1:]
        assert not await scene.line.claim(jobs[0].id)
        assert await scene.line.attempted(jobs[0].id) is None
        assert await scene.line.needing_files([job.id for job in jobs]) == {jobs[1].id, jobs[2].id}
        assert await scene.line.needing_files([]) == frozenset()
