"""A value that its source keeps back goes out of force and comes back alike, remembered in tests and stored."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from chassis.clock import now
from domain.delivery import DeliveryMode
from domain.intake import WITHHELD
from indicators.ports import Span, Taken
from support.conformance import Begin, remembered, stored_figures
from support.delivering import JANUARY, STOCK, Scene, deliver, numbered, of_work, take_back, twins
from support.delivering import a_delivery as a_file
from support.measuring import TOWN_A, TOWN_B

SPAN = Span(units=[TOWN_A, TOWN_B], cells=[STOCK], first=JANUARY, last=JANUARY.next)
HERE, THERE, LATER = (TOWN_A, JANUARY), (TOWN_B, JANUARY), (TOWN_A, JANUARY.next)


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, templates: dict[str, str]) -> AsyncIterator[Begin[Scene]]:
    if request.param == "remembered":
        yield remembered(twins(now))
        return
    async with stored_figures(templates["indicators"], of_work) as opened:
        yield opened


async def told(begin: Begin[Scene], as_of: datetime | None = None) -> list[str | None]:
    """Give every value ever told here, oldest first."""
    async with begin() as scene:
        found = await scene.history.all_revisions(SPAN, as_of)
        return [None if one.value is None else f"{one.value:f}" for one in found if one.key[::2] == HERE]


async def in_force(begin: Begin[Scene], as_of: datetime | None = None) -> str | None:
    """Give the value that stands here."""
    return [None, *await told(begin, as_of)][-1]


@pytest.mark.parametrize("mode", DeliveryMode)
async def test_what_is_kept_back_goes_out_of_force_and_stays_known_of_before(
    begin: Begin[Scene], mode: DeliveryMode
) -> None:
    await deliver(begin, {HERE: "7", THERE: "8"})
    before = now()
    _, taken = await deliver(begin, {HERE: WITHHELD}, mode)
    assert taken == Taken(withdrawn=1)
    assert (await told(begin), await in_force(begin, before)) == (["7", None], "7")


@pytest.mark.parametrize("mode", DeliveryMode)
async def test_what_is_kept_back_and_was_not_known_is_no_revision(begin: Begin[Scene], mode: DeliveryMode) -> None:
    for rows in ({HERE: WITHHELD}, {HERE: WITHHELD, THERE: "8", LATER: None}):
        _, taken = await deliver(begin, rows, mode)
    assert taken == Taken(added=1, unchanged=1)
    assert await told(begin) == []


async def test_a_complete_delivery_that_only_keeps_back_withdraws_what_it_no_longer_has(begin: Begin[Scene]) -> None:
    await deliver(begin, {HERE: "7", LATER: "9"})
    _, taken = await deliver(begin, {HERE: WITHHELD, THERE: "8"}, DeliveryMode.COMPLETE)
    assert taken == Taken(added=1, withdrawn=1)
    _, again = await deliver(begin, {HERE: WITHHELD, THERE: "8"}, DeliveryMode.COMPLETE)
    assert again == Taken(unchanged=1)


async def test_a_dry_run_shows_that_a_value_would_go_out_of_force(begin: Begin[Scene]) -> None:
    await deliver(begin, {HERE: "7"})
    tried = a_file("tried", dry_run=True)
    async with begin() as scene:
        number = await scene.deliveries.add(tried, frozenset())
        rows, numbers = await numbered(scene, {HERE: WITHHELD, THERE: WITHHELD})
        assert await scene.history.try_out(number, rows, numbers, tried.mode) == Taken(withdrawn=1)
    async with begin() as scene:
        (change,) = await scene.deliveries.differences(tried.id, ("", 0, ""), 10)
        assert (change.unit, f"{change.old}", change.new) == (TOWN_A, "7", None)
    assert await in_force(begin) == "7"


async def test_taking_the_delivery_back_that_kept_it_back_brings_the_value_back(begin: Begin[Scene]) -> None:
    await deliver(begin, {HERE: "7"})
    kept_back, _ = await deliver(begin, {HERE: WITHHELD})
    assert await take_back(begin, kept_back) == Taken(corrected=1)
    assert await told(begin) == ["7", None, "7"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["older first", "newer first"])
async def test_what_two_deliveries_keep_back_comes_back_when_both_are_taken_back(
    begin: Begin[Scene], order: tuple[int, int]
) -> None:
    await deliver(begin, {HERE: "7"})
    both = [(await deliver(begin, {HERE: WITHHELD, THERE: value}))[0] for value in "12"]
    await take_back(begin, both[order[0]])
    assert await told(begin) == ["7", None]
    await take_back(begin, both[order[1]])
    assert await told(begin) == ["7", None, "7"]


async def test_what_was_kept_back_before_stays_so_when_the_later_value_is_taken_back(begin: Begin[Scene]) -> None:
    await deliver(begin, {HERE: "7"})
    withdrawn, _ = await deliver(begin, {HERE: None})
    await deliver(begin, {HERE: WITHHELD})
    wrong, _ = await deliver(begin, {HERE: "9"})
    await take_back(begin, withdrawn)
    assert await take_back(begin, wrong) == Taken(withdrawn=1)
    assert await in_force(begin) is None


async def test_a_value_told_again_ends_that_it_is_kept_back_even_where_it_is_the_same(begin: Begin[Scene]) -> None:
    await deliver(begin, {HERE: "7"})
    kept_back, _ = await deliver(begin, {HERE: WITHHELD})
    assert (await deliver(begin, {HERE: "7"}))[1] == Taken(added=1)
    await take_back(begin, kept_back)
    assert await told(begin) == ["7", None, "7"]
