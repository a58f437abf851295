"""Deliveries and their line behave alike, remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator
from dataclasses import replace

import polars as pl
import pytest
from chassis.clock import new_id, now
from domain.delivery import (
    WANTING,
    DeliveryCounts,
    DeliveryDone,
    DeliveryKind,
    DeliveryMode,
    DeliveryStatus,
    Progress,
)
from domain.identity import DeliveryId, UnitCode
from domain.intake import FindingCode
from domain.period import Month
from indicators.ports.delivered import RowFinding
from indicators.usecases.errors import NothingToTakeBack, UnknownDelivery
from support.conformance import Begin, remembered, stored_figures
from support.delivering import JANUARY, Scene, a_delivery, covering, of_work, twins
from support.measuring import TOWN_A, TOWN_B

ACCEPTED, FAILED = DeliveryStatus.ACCEPTED, DeliveryStatus.FAILED
ANYBODY: frozenset[str] = frozenset()


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, templates: dict[str, str]) -> AsyncIterator[Begin[Scene]]:
    if request.param == "remembered":
        yield remembered(twins(now))
        return
    async with stored_figures(templates["indicators"], of_work) as opened:
        yield opened


async def test_a_delivery_is_read_back_as_it_was_received_and_numbers_grow(begin: Begin[Scene]) -> None:
    first, second = a_delivery("1"), a_delivery("2")
    async with begin() as scene:
        numbers = [await scene.deliveries.add(one, ANYBODY) for one in (first, second)]
        assert numbers == sorted(set(numbers))
    async with begin() as scene:
        assert await scene.deliveries.get(first.id) == first
        assert await scene.deliveries.number(second.id) == numbers[1]
        for asked in (scene.deliveries.get, scene.deliveries.number, scene.deliveries.cancel):
            with pytest.raises(UnknownDelivery):
                await asked(DeliveryId(new_id()))


async def test_who_sent_deliveries_is_told_of_those_that_are_there(begin: Begin[Scene]) -> None:
    one, other = a_delivery("1", sender="amt"), a_delivery("2", sender="stadt")
    async with begin() as scene:
        for delivery in (one, other, a_delivery("3")):
            await scene.deliveries.add(delivery, ANYBODY)
    async with begin() as scene:
        asked = [one.id, other.id, DeliveryId(new_id())]
        assert await scene.deliveries.senders(asked) == {one.id: "amt", other.id: "stadt"}
        assert await scene.deliveries.senders([]) == {}


async def test_the_same_bytes_of_a_sender_in_the_same_terms_are_known(begin: Begin[Scene]) -> None:
    first = a_delivery("1")
    async with begin() as scene:
        assert await scene.deliveries.known(first) is None
        for one in (first, a_delivery("1")):
            await scene.deliveries.add(one, ANYBODY)
    async with begin() as scene:
        assert await scene.deliveries.known(a_delivery("1")) == first
        for other in (
            a_delivery("2"),
            a_delivery("1", sender="jemand anderes"),
            a_delivery("1", mode=DeliveryMode.COMPLETE),
            a_delivery("1", dry_run=True),
        ):
            assert await scene.deliveries.known(other) is None


@pytest.mark.parametrize("status", sorted(WANTING))
async def test_what_was_not_kept_with_every_row_is_not_known(begin: Begin[Scene], status: DeliveryStatus) -> None:
    vain, tried = a_delivery("1"), a_delivery("2", dry_run=True)
    async with begin() as scene:
        number = await scene.deliveries.add(vain, ANYBODY)
        await scene.deliveries.add(tried, ANYBODY)
        assert await scene.deliveries.finish(number, replace(vain, status=status), 0)
    async with begin() as scene:
        assert await scene.deliveries.known(a_delivery("1")) is None
        assert await scene.deliveries.known(a_delivery("2")) is None


async def test_a_delivery_has_one_outcome(begin: Begin[Scene]) -> None:
    delivery = a_delivery()
    half, whole = Progress(read=5), Progress(read=9, compared=9)
    done = replace(delivery, status=ACCEPTED, progress=whole, counts=DeliveryCounts(read=9, accepted=9))
    async with begin() as scene:
        number = await scene.deliveries.add(delivery, ANYBODY)
        assert await scene.deliveries.report(number, half)
    async with begin() as scene:
        under_way = replace(delivery, status=DeliveryStatus.PROCESSING, progress=half)
        assert await scene.deliveries.get(delivery.id) == under_way
        assert await scene.deliveries.finish(number, done, 0)
    async with begin() as scene:
        assert await scene.deliveries.get(delivery.id) == done
        assert not await scene.deliveries.finish(number, replace(done, status=FAILED), 0)
        assert not await scene.deliveries.report(number, half)
        with pytest.raises(DeliveryDone):
            await scene.deliveries.cancel(delivery.id)
        assert await scene.deliveries.get(delivery.id) == done


async def test_what_is_cancelled_stays_so(begin: Begin[Scene]) -> None:
    delivery = a_delivery()
    async with begin() as scene:
        number = await scene.deliveries.add(delivery, ANYBODY)
        cancelled = await scene.deliveries.cancel(delivery.id)
        assert cancelled == replace(delivery, status=DeliveryStatus.CANCELLED)
    async with begin() as scene:
        assert await scene.deliveries.get(delivery.id) == cancelled
        assert not await scene.deliveries.report(number, Progress(read=1))
        assert not await scene.deliveries.finish(number, replace(delivery, status=ACCEPTED), 0)


async def test_a_delivery_is_taken_back_once_and_only_if_it_was_kept(begin: Begin[Scene]) -> None:
    kept, tried, refused, waits = a_delivery("1"), a_delivery("2", dry_run=True), a_delivery("3"), a_delivery("4")
    retraction = replace(kept, id=DeliveryId(new_id()), kind=DeliveryKind.RETRACTION, status=ACCEPTED)
    async with begin() as scene:
        for one, status in ((kept, ACCEPTED), (tried, ACCEPTED), (refused, DeliveryStatus.REJECTED)):
            number = await scene.deliveries.add(one, ANYBODY)
            await scene.deliveries.finish(number, replace(one, status=status), 0)
        await scene.deliveries.add(waits, ANYBODY)
        await scene.deliveries.add_retraction(retraction, of=kept.id)
    again = replace(retraction, id=DeliveryId(new_id()))
    for one in (kept, tried, refused, waits, retraction, again):
        async with begin() as scene:
            with pytest.raises(NothingToTakeBack):
                await scene.deliveries.add_retraction(again, of=one.id)


async def test_what_is_taken_back_and_its_retraction_name_each_other_and_say_why(begin: Begin[Scene]) -> None:
    kept, why = replace(a_delivery(), status=ACCEPTED), "falscher Monat"
    back = replace(kept, id=DeliveryId(new_id()), kind=DeliveryKind.RETRACTION, retracts=kept.id, reason=why)
    async with begin() as scene:
        await scene.deliveries.finish(await scene.deliveries.add(a_delivery(), ANYBODY), kept, 0)
        await scene.deliveries.add_retraction(back, of=kept.id)
    async with begin() as scene:
        told = [one for _, one in await scene.deliveries.matching((), (), None, 10)]
        assert told == [back, replace(kept, retracted_by=back.id, reason=why)]


async def test_coverage_is_told_by_unit_and_in_pages(begin: Begin[Scene]) -> None:
    delivery, both = a_delivery(), [covering(TOWN_B), covering(TOWN_A, last=Month(2014, 3), rows=3)]
    async with begin() as scene:
        number = await scene.deliveries.add(delivery, frozenset({TOWN_A, "36402"}))
        assert list(await scene.deliveries.coverage(delivery.id, "", 10)) == []
        await scene.deliveries.finish(number, replace(delivery, status=ACCEPTED), 0, both)
    async with begin() as scene:
        assert list(await scene.deliveries.coverage(delivery.id, "", 10)) == both[::-1]
        assert list(await scene.deliveries.coverage(delivery.id, "", 1)) == both[1:]
        assert list(await scene.deliveries.coverage(delivery.id, TOWN_A, 10)) == both[:1]


async def test_findings_are_kept_once_each_and_told_in_pages(begin: Begin[Scene]) -> None:
    delivery = a_delivery()
    told = [
        (3, "unit", FindingCode.UNKNOWN_UNIT, 'so "genannt"'),
        (2, "value", FindingCode.NOT_A_DECIMAL, "1,2,3\nü"),
        (2, "month", FindingCode.BAD_MONTH, ""),
        (2, "month", FindingCode.BAD_MONTH, "doubled"),
    ]
    found = [RowFinding(row=row, column=column, code=code, value=value) for row, column, code, value in told]
    async with begin() as scene:
        number = await scene.deliveries.add(delivery, ANYBODY)
        rows = pl.DataFrame(told, schema=["row", "column", "code", "value"], orient="row")
        await scene.deliveries.keep_findings(number, rows)
        await scene.deliveries.finish(number, replace(delivery, status=DeliveryStatus.REJECTED), 7)
    async with begin() as scene:
        in_order = [found[2], found[1], found[0]]
        assert await scene.deliveries.findings(delivery.id, (0, ""), 10) == (7, in_order)
        assert await scene.deliveries.findings(delivery.id, (0, ""), 2) == (7, in_order[:2])
        assert await scene.deliveries.findings(delivery.id, (2, "month"), 10) == (7, in_order[1:])


async def test_deliveries_are_listed_newest_first_by_state_and_unit(begin: Begin[Scene]) -> None:
    first, second, third = (a_delivery(str(number)) for number in range(3))
    async with begin() as scene:
        numbers = [await scene.deliveries.add(one, frozenset({TOWN_A})) for one in (first, second)]
        numbers.append(await scene.deliveries.add(third, ANYBODY))
        failed = replace(second, status=FAILED)
        await scene.deliveries.finish(numbers[1], failed, 0, [covering(UnitCode("36402"))])
    listed = [(numbers[2], third), (numbers[1], failed), (numbers[0], first)]
    async with begin() as scene:
        assert list(await scene.deliveries.matching([], [], None, 10)) == listed
        assert list(await scene.deliveries.matching([], [], None, 2)) == listed[:2]
        assert list(await scene.deliveries.matching([], [], numbers[2], 10)) == listed[1:]
        assert list(await scene.deliveries.matching([TOWN_A], [], None, 10)) == listed[1:]
        assert list(await scene.deliveries.matching(["36402", TOWN_B], [], None, 10)) == listed[1:2]
        assert list(await scene.deliveries.matching([], ["received"], None, 10)) == [listed[0], listed[2]]


async def test_what_a_delivery_did_not_touch_is_no_difference(begin: Begin[Scene]) -> None:
    delivery = a_delivery()
    async with begin() as scene:
        await scene.deliveries.add(delivery, ANYBODY)
        assert list(await scene.deliveries.differences(delivery.id, ("", JANUARY.ordinal, ""), 10)) == []
