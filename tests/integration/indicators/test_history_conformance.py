"""The history behaves alike, remembered in tests and stored in PostgreSQL: appended to, read as it stood, undone."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import polars as pl
import pytest
from chassis.clock import now
from domain.delivery import DeliveryMode, DeliveryStatus
from domain.identity import DeliveryId, UnitCode
from domain.intake import WITHHELD
from domain.observation import Observation
from domain.period import Month
from domain.variable import Cell
from indicators.ports import Known, Span, Taken
from support.conformance import Begin, remembered, stored_figures
from support.delivering import (
    JANUARY,
    STOCK,
    Scene,
    a_delivery,
    covered_by,
    deliver,
    numbered,
    of_work,
    take_back,
    twins,
)
from support.measuring import TOWN_A, TOWN_B

FEBRUARY = Month(2014, 2)
SPAN = Span(units=[TOWN_A, TOWN_B], cells=[STOCK, Cell.of("integrations")], first=JANUARY, last=FEBRUARY)
START = ("", 0, "")


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, templates: dict[str, str]) -> AsyncIterator[Begin[Scene]]:
    if request.param == "remembered":
        yield remembered(twins(now))
        return
    async with stored_figures(templates["indicators"], of_work) as opened:
        yield opened


def values(observations: Iterable[Observation]) -> dict[tuple[UnitCode, Month], str | None]:
    return {(one.unit, one.month): None if one.value is None else f"{one.value:f}" for one in observations}


def told(known: Known) -> set[tuple[str, str, int, str, DeliveryId]]:
    rows = known.rows.iter_rows()
    return {(SPAN.units[u], str(SPAN.cells[c]), m, value, known.deliveries[by]) for u, c, m, value, _, by in rows}


async def newest(begin: Begin[Scene], as_of: datetime | None = None) -> dict[tuple[UnitCode, Month], str | None]:
    async with begin() as scene:
        return values(await scene.history.newest(SPAN, as_of))


async def test_rows_are_new_unchanged_corrected_or_withdrawn(begin: Begin[Scene]) -> None:
    _, first = await deliver(begin, {(TOWN_A, JANUARY): "1.50", (TOWN_A, FEBRUARY): "2", (TOWN_B, JANUARY): None})
    assert first == Taken(added=2, unchanged=1)
    _, second = await deliver(
        begin, {(TOWN_A, JANUARY): "1.5", (TOWN_A, FEBRUARY): "3", (TOWN_B, JANUARY): "4", (TOWN_B, FEBRUARY): None}
    )
    assert second == Taken(added=1, corrected=1, unchanged=2)
    _, third = await deliver(begin, {(TOWN_B, JANUARY): None})
    assert third == Taken(withdrawn=1)
    known = {(TOWN_A, JANUARY): "1.50", (TOWN_A, FEBRUARY): "3", (TOWN_B, JANUARY): None}
    assert await newest(begin) == known


async def test_a_complete_delivery_withdraws_what_it_no_longer_has_of_its_units_and_months(begin: Begin[Scene]) -> None:
    await deliver(begin, {(unit, month): "1" for unit in (TOWN_A, TOWN_B) for month in (JANUARY, FEBRUARY)})
    async with begin() as scene:
        rows, _ = await numbered(scene, {(TOWN_A, JANUARY): "2"})
        numbers = await scene.history.numbers([TOWN_A], [STOCK, Cell.of("elb_stock", sex="f")])
        women = rows.with_columns(series_id=pl.lit(numbers.series[1], pl.Int32), value=pl.lit("1"))
        taken = await scene.history.take_in(women, numbers, DeliveryMode.COMPLETE)
        assert taken == Taken(added=1, withdrawn=1)
        number = await scene.deliveries.add(a_delivery(), frozenset())
        done = replace(a_delivery(), status=DeliveryStatus.ACCEPTED)
        await scene.deliveries.finish(number, done, 0, covered_by({(TOWN_A, JANUARY): "1"}), numbers.revision)
    known = await newest(begin)
    assert [key for key, value in known.items() if value is None] == [(TOWN_A, JANUARY)]


async def test_what_was_known_at_an_instant_stays_known_of_it(begin: Begin[Scene]) -> None:
    before = now()
    await deliver(begin, {(TOWN_A, JANUARY): "1"})
    between = now()
    await deliver(begin, {(TOWN_A, JANUARY): "2"})
    assert [await newest(begin, at) for at in (before, between, now())] == [
        {},
        {(TOWN_A, JANUARY): "1"},
        {(TOWN_A, JANUARY): "2"},
    ]
    async with begin() as scene:
        assert [f"{one.value}" for one in await scene.history.all_revisions(SPAN, None)] == ["1", "2"]
        assert [f"{one.value}" for one in await scene.history.all_revisions(SPAN, between)] == ["1"]


async def test_revisions_in_columns_say_the_same_as_one_by_one(begin: Begin[Scene]) -> None:
    for rows in (
        {(TOWN_A, JANUARY): "1.50", (TOWN_B, JANUARY): "7"},
        {(TOWN_B, JANUARY): None},
        {(TOWN_A, JANUARY): "2"},
    ):
        await deliver(begin, rows)
    async with begin() as scene:
        found = list((await scene.history.revisions(SPAN)).observations(SPAN))
        assert sorted(found, key=lambda one: (one.unit, one.recorded_at)) == sorted(
            await scene.history.all_revisions(SPAN, None), key=lambda one: (one.unit, one.recorded_at)
        )
        towns = [[f"{one.value}" for one in found if one.unit == town] for town in (TOWN_A, TOWN_B)]
        assert towns == [["1.50", "2"], ["7", "None"]]
        later = await scene.history.revisions(replace(SPAN, first=FEBRUARY))
        assert list(later.observations(SPAN)) == []


async def test_columns_say_the_same_as_observations(begin: Begin[Scene]) -> None:
    first, _ = await deliver(begin, {(TOWN_A, JANUARY): "1.50", (TOWN_B, JANUARY): "7"})
    second, _ = await deliver(begin, {(TOWN_B, JANUARY): None, (TOWN_B, FEBRUARY): "2"})
    async with begin() as scene:
        assert told(await scene.history.columns(SPAN, None)) == {
            (TOWN_A, "elb_stock", JANUARY.ordinal, "1.50", first.id),
            (TOWN_B, "elb_stock", FEBRUARY.ordinal, "2", second.id),
        }
        assert told(await scene.history.columns(replace(SPAN, last=JANUARY), None)) == {
            (TOWN_A, "elb_stock", JANUARY.ordinal, "1.50", first.id)
        }


async def test_what_was_recorded_since_an_instant_is_touched_withdrawals_too(begin: Begin[Scene]) -> None:
    await deliver(begin, {(TOWN_A, JANUARY): "1", (TOWN_B, JANUARY): "1"})
    since = now()
    await deliver(begin, {(TOWN_B, JANUARY): None, (TOWN_B, FEBRUARY): "2"})
    async with begin() as scene:
        touched = (await scene.history.columns(SPAN, None, None, since)).touched
        assert touched is not None
        found = {(SPAN.units[unit], month) for unit, _, month in touched.rows()}
        assert found == {(TOWN_B, JANUARY.ordinal), (TOWN_B, FEBRUARY.ordinal)}


async def test_a_dry_run_changes_nothing_and_shows_what_it_would(begin: Begin[Scene]) -> None:
    await deliver(begin, {(TOWN_A, JANUARY): "1", (TOWN_B, JANUARY): "5"})
    tried, rows = a_delivery("tried", dry_run=True), {(TOWN_A, JANUARY): "2", (TOWN_B, JANUARY): None}
    async with begin() as scene:
        number = await scene.deliveries.add(tried, frozenset())
        written, numbers = await numbered(scene, rows)
        assert await scene.history.try_out(number, written, numbers, tried.mode) == Taken(corrected=1, withdrawn=1)
    assert await newest(begin) == {(TOWN_A, JANUARY): "1", (TOWN_B, JANUARY): "5"}
    async with begin() as scene:
        assert values(await scene.history.newest(SPAN, None, tried.id)) == rows
        assert {row[3] for row in told(await scene.history.columns(SPAN, None, tried.id))} == {"2"}
        changes = await scene.deliveries.differences(tried.id, START, 10)
        assert [(one.unit, one.old, one.new) for one in changes] == [
            (TOWN_A, Decimal(1), Decimal(2)),
            (TOWN_B, Decimal(5), None),
        ]


async def test_differences_of_a_delivery_are_told_in_order_and_in_pages(begin: Begin[Scene]) -> None:
    await deliver(begin, {(TOWN_A, FEBRUARY): "1"})
    second, _ = await deliver(
        begin, {(TOWN_B, JANUARY): "9", (TOWN_A, FEBRUARY): "2", (TOWN_A, JANUARY): "3", (TOWN_B, FEBRUARY): None}
    )
    async with begin() as scene:
        changes = await scene.deliveries.differences(second.id, START, 10)
        assert [(one.unit, one.month, one.old, one.new) for one in changes] == [
            (TOWN_A, JANUARY, None, Decimal(3)),
            (TOWN_A, FEBRUARY, Decimal(1), Decimal(2)),
            (TOWN_B, JANUARY, None, Decimal(9)),
        ]
        behind = (TOWN_A, FEBRUARY.ordinal, "elb_stock")
        assert list(await scene.deliveries.differences(second.id, behind, 10)) == list(changes[2:])
        assert list(await scene.deliveries.differences(second.id, START, 1)) == list(changes[:1])


async def test_a_delivery_taken_back_gives_way_only_where_its_values_still_stand(begin: Begin[Scene]) -> None:
    await deliver(begin, {(TOWN_A, JANUARY): "1"})
    wrong, _ = await deliver(begin, {(TOWN_A, JANUARY): "99", (TOWN_A, FEBRUARY): "98", (TOWN_B, JANUARY): "97"})
    await deliver(begin, {(TOWN_B, JANUARY): "5"})
    assert await take_back(begin, wrong) == Taken(corrected=1, withdrawn=1)
    assert await newest(begin) == {(TOWN_A, JANUARY): "1", (TOWN_A, FEBRUARY): None, (TOWN_B, JANUARY): "5"}


async def test_taking_two_back_leads_to_what_stood_before_both(begin: Begin[Scene]) -> None:
    await deliver(begin, {(TOWN_A, JANUARY): "1"})
    wrongs = [(await deliver(begin, {(TOWN_A, JANUARY): value}))[0] for value in ("97", "98")]
    for wrong in wrongs:
        await take_back(begin, wrong)
    assert await newest(begin) == {(TOWN_A, JANUARY): "1"}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["older first", "newer first"])
async def test_in_whatever_order_two_are_taken_back_what_stood_before_both_stands(
    begin: Begin[Scene], order: tuple[int, int]
) -> None:
    await deliver(begin, {(TOWN_A, JANUARY): "1"})
    wrongs = [(await deliver(begin, {(TOWN_A, JANUARY): value}))[0] for value in ("97", "98")]
    assert [await take_back(begin, wrongs[number]) for number in order].count(Taken(corrected=1)) == 1 + order[0]
    assert await newest(begin) == {(TOWN_A, JANUARY): "1"}


async def test_every_cell_that_was_ever_delivered_is_known(begin: Begin[Scene]) -> None:
    women = Cell.of("elb_stock", sex="f")
    async with begin() as scene:
        await scene.history.numbers([TOWN_A], [STOCK, women, Cell.of("integrations")])
    async with begin() as scene:
        assert sorted(await scene.history.cells(["elb_stock", "contacts"])) == [STOCK, women]
        assert list(await scene.history.cells([])) == []


async def test_what_a_delivery_brought_for_some_units_is_named_once(begin: Begin[Scene]) -> None:
    await deliver(begin, {(TOWN_A, JANUARY): "1"})
    mine, _ = await deliver(begin, {(TOWN_A, JANUARY): "1", (TOWN_A, FEBRUARY): WITHHELD, (TOWN_B, JANUARY): "2"})
    await deliver(begin, {(TOWN_B, JANUARY): "3"})
    async with begin() as scene:
        assert set(await scene.history.brought(mine.id, [TOWN_A])) == {(TOWN_A, "elb_stock", FEBRUARY)}
        assert set(await scene.history.brought(mine.id, [TOWN_B])) == {(TOWN_B, "elb_stock", JANUARY)}
        assert set(await scene.history.brought(mine.id, [])) == set()
