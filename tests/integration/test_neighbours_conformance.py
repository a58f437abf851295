"""Nearest neighbours behave alike, remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from agreements.ports import Counts, NearestNeighbours, Work
from support.conformance import Begin as Opening
from support.conformance import remembered, stored
from support.neighbours import TURN, a_jobcenter, a_neighbour
from support.planning_twins import RememberedNearestNeighbours

Begin = Opening[NearestNeighbours]
FIRST, SECOND = a_neighbour("a", 1, "b"), a_neighbour("a", 2, "c", until=TURN)
LATER, OTHER = a_neighbour("a", 2, "c", since=TURN), a_neighbour("b", 1, "a")


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("agreements")


async def prepared(work: Work) -> None:
    await work.units.put([a_jobcenter(code) for code in ("a", "b", "c")], [])


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, template: str) -> AsyncIterator[Begin]:
    if request.param == "remembered":
        yield remembered(RememberedNearestNeighbours())
        return
    async with stored(template, lambda work: work.nearest_neighbours, prepared) as opened:
        yield opened


async def test_neighbours_are_read_back_in_the_order_of_unit_beginning_and_rank(begin: Begin) -> None:
    async with begin() as neighbours:
        counts = await neighbours.put([OTHER, LATER, SECOND, FIRST])
        assert counts == Counts(created=4, changed=0, unchanged=0)
    async with begin() as neighbours:
        assert await neighbours.of() == [FIRST, SECOND, LATER, OTHER]
        assert await neighbours.of(["b", "c"]) == [OTHER]
        assert await neighbours.of(["c"]) == []


async def test_what_is_sent_again_is_left_alone_and_what_differs_is_changed(begin: Begin) -> None:
    async with begin() as neighbours:
        await neighbours.put([FIRST, SECOND])
    moved, ended = replace(FIRST, rank=3), replace(SECOND, valid_until=None)
    async with begin() as neighbours:
        assert await neighbours.put([moved, SECOND, OTHER]) == Counts(created=1, changed=1, unchanged=1)
        assert await neighbours.put([ended]) == Counts(created=0, changed=1, unchanged=0)
        assert await neighbours.put([]) == Counts(created=0, changed=0, unchanged=0)
        assert await neighbours.of(["a"]) == [ended, moved]


async def test_who_is_taken_out_is_gone_and_the_same_of_another_time_stays(begin: Begin) -> None:
    async with begin() as neighbours:
        await neighbours.put([FIRST, SECOND, LATER])
        await neighbours.remove([LATER, FIRST])
        await neighbours.remove([OTHER])
        await neighbours.remove([])
    async with begin() as neighbours:
        assert await neighbours.of() == [SECOND]
