"""How values came to be is kept alike, remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator, Iterable

import pytest
from chassis.clock import now
from domain.observation import Observation
from domain.value_status import ValueStatus
from indicators.ports import Span, Taken
from support.conformance import Begin, remembered, stored_figures
from support.delivering import JANUARY, STOCK, Scene, a_delivery, deliver, numbered, of_work, take_back, twins
from support.measuring import TOWN_A, TOWN_B

SPAN = Span(units=[TOWN_A, TOWN_B], cells=[STOCK], first=JANUARY, last=JANUARY)
START = ("", 0, "")
COUNTED, EXTRAPOLATED, IMPUTED = ValueStatus


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, templates: dict[str, str]) -> AsyncIterator[Begin[Scene]]:
    if request.param == "remembered":
        yield remembered(twins(now))
        return
    async with stored_figures(templates["indicators"], of_work) as opened:
        yield opened


def statuses(observations: Iterable[Observation]) -> list[tuple[str | None, ValueStatus]]:
    return [(None if one.value is None else f"{one.value:f}", one.status) for one in observations]


async def test_how_a_value_came_to_be_is_kept_with_it_and_ends_with_a_counted_one(begin: Begin[Scene]) -> None:
    rows = {(TOWN_A, JANUARY): "7.5"}
    await deliver(begin, rows, status=EXTRAPOLATED)
    _, again = await deliver(begin, rows, status=EXTRAPOLATED)
    counted, ended = await deliver(begin, rows)
    assert (again, ended) == (Taken(unchanged=1), Taken(corrected=1))
    async with begin() as scene:
        assert statuses(await scene.history.all_revisions(SPAN, None)) == [("7.5", EXTRAPOLATED), ("7.5", COUNTED)]
        assert statuses(await scene.history.newest(SPAN, None)) == [("7.5", COUNTED)]
        (change,) = await scene.deliveries.differences(counted.id, START, 10)
        assert (change.old, change.old_status, change.new_status) == (change.new, EXTRAPOLATED, COUNTED)
    await take_back(begin, counted)
    async with begin() as scene:
        assert statuses(await scene.history.newest(SPAN, None)) == [("7.5", EXTRAPOLATED)]
        assert (await scene.history.columns(SPAN, None)).rows["status"].to_list() == ["extrapolated"]


async def test_a_dry_run_shows_how_values_would_have_come_to_be(begin: Begin[Scene]) -> None:
    await deliver(begin, {(TOWN_A, JANUARY): "1", (TOWN_B, JANUARY): "5"}, status=IMPUTED)
    tried, rows = a_delivery("tried", dry_run=True), {(TOWN_A, JANUARY): "1", (TOWN_B, JANUARY): None}
    async with begin() as scene:
        number = await scene.deliveries.add(tried, frozenset())
        written, numbers = await numbered(scene, rows, EXTRAPOLATED)
        assert await scene.history.try_out(number, written, numbers, tried.mode) == Taken(corrected=1, withdrawn=1)
    async with begin() as scene:
        changes = await scene.deliveries.differences(tried.id, START, 10)
        assert [(one.old_status, one.new_status) for one in changes] == [
            (IMPUTED, EXTRAPOLATED),
            (IMPUTED, None),
        ]
        assert (await scene.history.columns(SPAN, None, tried.id)).rows["status"].to_list() == ["extrapolated"]
