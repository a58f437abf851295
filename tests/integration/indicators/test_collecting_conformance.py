"""Collection rounds behave alike, remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from domain.collection import CollectionRound
from domain.identity import UnitCode, VariableCode
from domain.period import Period
from indicators.ports import CollectionRounds, FiledRound
from indicators.usecases.errors import CollectionRoundChanged, UnknownCollectionRound
from support.collecting_twins import RememberedCollectionRounds
from support.conformance import Begin, remembered, stored_figures

Rounds = Begin[CollectionRounds]
ROUND = CollectionRound(
    title="Kreisinternes Benchmarking, 1. Quartal",
    quarter=Period.parse("2007-Q1"),
    variables=(VariableCode("elb_stock"), VariableCode("unemployed")),
    units=(UnitCode("05954004"), UnitCode("05954008")),
    due_on=date(2007, 4, 20),
)


def filed(number: int, round: CollectionRound = ROUND, version: int = 1) -> FiledRound:
    return FiledRound(id=UUID(int=number), version=version, round=round)


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, templates: dict[str, str]) -> AsyncIterator[Rounds]:
    if request.param == "remembered":
        yield remembered(RememberedCollectionRounds())
        return
    async with stored_figures(templates["indicators"], lambda work: work.rounds) as opened:
        yield opened


async def test_a_round_is_read_back_as_it_was_kept(begin: Rounds) -> None:
    async with begin() as rounds:
        await rounds.add(filed(1))
    async with begin() as rounds:
        assert await rounds.get(UUID(int=1)) == filed(1)
        with pytest.raises(UnknownCollectionRound):
            await rounds.get(UUID(int=2))


async def test_a_changed_round_takes_the_place_of_the_version_before(begin: Rounds) -> None:
    changed = replace(ROUND, units=(UnitCode("05954012"),), due_on=date(2007, 5, 2))
    async with begin() as rounds:
        await rounds.add(filed(1))
    async with begin() as rounds:
        await rounds.update(filed(1, changed, version=2))
    async with begin() as rounds:
        assert await rounds.get(UUID(int=1)) == filed(1, changed, version=2)
        with pytest.raises(CollectionRoundChanged):
            await rounds.update(filed(1, ROUND, version=2))


async def test_rounds_are_narrowed_and_cut_into_pages_in_the_order_of_their_ids(begin: Rounds) -> None:
    later = replace(ROUND, quarter=Period.parse("2007-Q2"), due_on=date(2007, 7, 20))
    async with begin() as rounds:
        assert await rounds.matching([], None, 10) == []
        for one in (filed(3), filed(1), filed(2, later)):
            await rounds.add(one)
    async with begin() as rounds:
        assert [one.id.int for one in await rounds.matching([], None, 2)] == [1, 2]
        assert [one.id.int for one in await rounds.matching([], UUID(int=2), 2)] == [3]
        assert [one.id.int for one in await rounds.matching(["2007-Q1"], None, 10)] == [1, 3]
