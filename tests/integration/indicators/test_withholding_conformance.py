"""What sources keep back is known alike, remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator, Callable

import pytest
from domain.receipt import ANY_VARIABLE, Receipt
from domain.variable import Cell
from indicators.ports import Span
from indicators.ports.duty import KeptBack, Rejected
from support.duty_scene import (
    DECEMBER,
    FIRST,
    INFLOW,
    NOVEMBER,
    OF_INFLOW,
    OF_STOCK,
    OTHER,
    SECOND,
    STOCK,
    THIRD,
    TOWN,
    Scene,
    opened,
)
from support.duty_twins import at_noon

WHOLE, WOMEN = Cell(STOCK), Cell.of(STOCK, sex="f")
SPAN = Span(units=[TOWN, OTHER], cells=[WHOLE, WOMEN, Cell(INFLOW)], first=NOVEMBER, last=NOVEMBER)


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("indicators")


@pytest.fixture(params=["remembered", "stored"])
async def scene(request: pytest.FixtureRequest, template: str) -> AsyncIterator[Scene]:
    async with opened(str(request.param), template) as given:
        yield given


async def test_what_a_source_keeps_back_is_known_until_its_delivery_is_taken_back(scene: Scene) -> None:
    first, second = await scene.bring(FIRST, {}), await scene.bring(SECOND, {})
    await scene.received.keep_withheld(
        first, [(TOWN, WHOLE, NOVEMBER), (OTHER, WOMEN, NOVEMBER), (TOWN, WHOLE, DECEMBER)]
    )
    await scene.received.keep_withheld(second, [(TOWN, WHOLE, NOVEMBER), (TOWN, Cell(INFLOW), NOVEMBER)])
    of_town = ([TOWN], [STOCK, INFLOW], NOVEMBER, NOVEMBER)
    assert set(await scene.received.withheld(*of_town)) == {OF_STOCK, OF_INFLOW}
    assert await scene.received.kept_back(SPAN, None) == {
        (TOWN, WHOLE, NOVEMBER): KeptBack(since=at_noon(FIRST), by=await scene.bearer(second)),
        (TOWN, Cell(INFLOW), NOVEMBER): KeptBack(since=at_noon(SECOND), by=await scene.bearer(second)),
        (OTHER, WOMEN, NOVEMBER): KeptBack(since=at_noon(FIRST), by=await scene.bearer(first)),
    }
    await scene.take_back(second)
    assert set(await scene.received.withheld(*of_town)) == {OF_STOCK}
    assert len(await scene.received.kept_back(SPAN, at_noon(SECOND))) == 3
    assert len(await scene.received.kept_back(SPAN, at_noon(THIRD))) == 2


async def test_what_is_told_or_withdrawn_later_is_kept_back_no_more(scene: Scene) -> None:
    first = await scene.bring(FIRST, {OF_INFLOW: "1"})
    await scene.received.keep_withheld(first, [(TOWN, WHOLE, NOVEMBER), (TOWN, WOMEN, NOVEMBER)])
    told = await scene.bring(SECOND, {OF_STOCK: "7"})
    assert set(await scene.received.kept_back(SPAN, None)) == {(TOWN, WOMEN, NOVEMBER)}
    assert len(await scene.received.kept_back(SPAN, at_noon(FIRST))) == 2
    await scene.take_back(told)
    assert len(await scene.received.kept_back(SPAN, None)) == 2
    await scene.bring(THIRD, {OF_STOCK: None})
    assert set(await scene.received.kept_back(SPAN, None)) == {(TOWN, WOMEN, NOVEMBER)}


async def test_every_time_that_something_was_kept_back_or_no_more_is_listed(scene: Scene) -> None:
    first, second = await scene.bring(FIRST, {}), await scene.bring(SECOND, {OF_STOCK: "1"})
    await scene.received.keep_withheld(first, [(TOWN, WHOLE, NOVEMBER), (TOWN, WHOLE, DECEMBER)])
    await scene.received.keep_withheld(second, [(TOWN, WOMEN, NOVEMBER)])
    await scene.take_back(first)
    listed = await scene.received.withholdings(SPAN, None)
    assert [(one.key[1], one.turn.at) for one in listed] == [
        (WHOLE, at_noon(FIRST)),
        (WHOLE, at_noon(THIRD)),
        (WOMEN, at_noon(SECOND)),
    ]
    assert listed[0].turn.delivery == (await scene.bearer(first)).delivery
    assert len(await scene.received.withholdings(SPAN, at_noon(SECOND))) == 2


async def test_a_receipt_says_since_when_anything_of_a_variable_is_kept_back(scene: Scene) -> None:
    first = await scene.bring(FIRST, {})
    await scene.received.keep_withheld(first, [(TOWN, WOMEN, NOVEMBER)])
    second = await scene.bring(SECOND, {OF_INFLOW: "1"})
    await scene.received.keep_withheld(second, [(TOWN, WHOLE, NOVEMBER)])
    assert await scene.received.receipts([TOWN], [STOCK, INFLOW], NOVEMBER, NOVEMBER) == {
        (TOWN, NOVEMBER): {STOCK: Receipt(withheld=FIRST), INFLOW: Receipt(since=SECOND)}
    }


async def test_what_was_told_before_it_was_kept_back_came_on_the_day_on_which_it_was_told(scene: Scene) -> None:
    await scene.bring(FIRST, {OF_STOCK: "7"})
    later = await scene.bring(SECOND, {OF_STOCK: None})
    await scene.received.keep_withheld(later, [(TOWN, WHOLE, NOVEMBER)])
    assert await received(scene) == Receipt(withheld=FIRST)
    assert (await scene.received.kept_back(SPAN, None))[TOWN, WHOLE, NOVEMBER].since == at_noon(SECOND)
    await scene.take_back(later)
    assert await received(scene) == Receipt(since=FIRST)


async def test_what_a_dry_run_would_keep_back_is_so_only_for_who_asks_for_it(scene: Scene) -> None:
    await scene.bring(FIRST, {OF_STOCK: "7"})
    tried = await scene.try_out(SECOND)
    await scene.received.keep_withheld(tried, [(TOWN, WHOLE, NOVEMBER)])
    assert await scene.received.kept_back(SPAN, None) == {}
    assert await scene.received.withholdings(SPAN, None) == []
    assert await received(scene) == Receipt(since=FIRST)
    bearer = await scene.bearer(tried)
    kept_back = await scene.received.kept_back(SPAN, None, bearer.delivery)
    assert kept_back == {(TOWN, WHOLE, NOVEMBER): KeptBack(since=at_noon(SECOND), by=bearer)}


async def test_what_was_withdrawn_before_it_was_kept_back_came_when_it_was_kept_back(scene: Scene) -> None:
    await scene.bring(FIRST, {OF_STOCK: "7"})
    await scene.bring(SECOND, {OF_STOCK: None})
    later = await scene.bring(THIRD, {OF_INFLOW: "1"})
    await scene.received.keep_withheld(later, [(TOWN, WHOLE, NOVEMBER)])
    assert await received(scene) == Receipt(withheld=THIRD)


async def received(scene: Scene) -> Receipt:
    """Say what came of the stock."""
    return (await scene.received.receipts([TOWN], [STOCK], NOVEMBER, NOVEMBER))[TOWN, NOVEMBER][STOCK]


async def test_the_newest_delivery_whose_rows_nothing_cured_is_named(scene: Scene) -> None:
    numbers = [await scene.bring(day, {}) for day in (FIRST, SECOND, THIRD)]
    stock, something = (
        Rejected(unit=TOWN, month=NOVEMBER, variable=variable, rows=1) for variable in (STOCK, ANY_VARIABLE)
    )
    for number, rejected in zip(numbers, ([stock, something], [stock], []), strict=True):
        await scene.received.keep_rejections(number, rejected, [])
    named = {OF_STOCK: await scene.bearer(numbers[1]), something.key: await scene.bearer(numbers[0])}
    assert await scene.received.refused([TOWN], [STOCK], NOVEMBER, NOVEMBER) == named
    assert await scene.received.refused([OTHER], [STOCK], NOVEMBER, NOVEMBER) == {}
    await scene.received.keep_rejections(numbers[2], [], [OF_STOCK])
    assert set(await scene.received.refused([TOWN], [STOCK], NOVEMBER, NOVEMBER)) == {something.key}
