"""The line of deliveries behaves alike, remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from chassis.clock import new_id, now
from domain.delivery import DeliveryKind, DeliveryStatus
from domain.identity import DeliveryId
from support.conformance import Begin, remembered, stored_figures
from support.delivering import Scene, a_delivery, a_job, of_work, twins
from support.measuring import TOWN_A, TOWN_B

ACCEPTED = DeliveryStatus.ACCEPTED
ANYBODY: frozenset[str] = frozenset()


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, templates: dict[str, str]) -> AsyncIterator[Begin[Scene]]:
    if request.param == "remembered":
        yield remembered(twins(now))
        return
    async with stored_figures(templates["indicators"], of_work) as opened:
        yield opened


async def test_jobs_wait_oldest_first_until_they_are_done(begin: Begin[Scene]) -> None:
    deliveries = [a_delivery("1"), a_delivery("two"), a_delivery("3")]
    async with begin() as scene:
        jobs = [
            a_job(await scene.deliveries.add(one, ANYBODY), one, allowed)
            for one, allowed in zip(deliveries, (None, frozenset({TOWN_A, TOWN_B}), ANYBODY), strict=True)
        ]
        for job in jobs:
            await scene.jobs.add(job)
    async with begin() as scene:
        assert list(await scene.jobs.waiting(10)) == jobs
        assert list(await scene.jobs.waiting(2)) == jobs[:2]
        assert await scene.jobs.claim(jobs[0].number)
        assert [await scene.jobs.attempted(jobs[0].number) for _ in range(2)] == [1, 2]
        await scene.jobs.done(jobs[0].number)
    async with begin() as scene:
        assert list(await scene.jobs.waiting(10)) == jobs[1:]
        assert not await scene.jobs.claim(jobs[0].number)
        assert await scene.jobs.attempted(jobs[0].number) is None
        await scene.deliveries.cancel(deliveries[1].id)
        assert list(await scene.jobs.waiting(10)) == jobs[1:]


async def test_a_job_is_attempted_when_nothing_its_sender_sent_before_still_waits(begin: Begin[Scene]) -> None:
    deliveries = [a_delivery("1"), a_delivery("2"), a_delivery("1", sender="jemand anderes")]
    async with begin() as scene:
        numbers = [await scene.deliveries.add(one, ANYBODY) for one in deliveries]
        for number, one in zip(numbers, deliveries, strict=True):
            await scene.jobs.add(a_job(number, one))
    async with begin() as scene:
        assert [await scene.jobs.attempted(number) for number in numbers] == [1, 0, 1]
        await scene.jobs.done(numbers[0])
    async with begin() as scene:
        assert [await scene.jobs.attempted(number) for number in numbers[1:]] == [1, 2]


async def test_a_file_is_needed_while_its_delivery_waits_and_then_for_its_findings(begin: Begin[Scene]) -> None:
    waiting, good, doubtful, records = (a_delivery(str(number)) for number in range(4))
    records = replace(records, kind=DeliveryKind.CASE_RECORDS)
    ids = [one.id for one in (waiting, good, doubtful, records)]
    async with begin() as scene:
        for one, found in ((waiting, 0), (good, 0), (doubtful, 3), (records, 3)):
            number = await scene.deliveries.add(one, ANYBODY)
            if one is waiting:
                await scene.jobs.add(a_job(number, one))
            else:
                await scene.deliveries.finish(number, replace(one, status=ACCEPTED), found)
    async with begin() as scene:
        assert await scene.deliveries.needing_files([*ids, DeliveryId(new_id())]) == {waiting.id, doubtful.id}
        assert await scene.deliveries.needing_files([]) == frozenset()
