"""Reference values and comparison groups behave alike, remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest
from agreements.ports import ComparisonGroups, Counts, Filed, ReferenceValues, Work
from domain.comparison_group import Membership
from domain.identity import UnitCode
from domain.unit import Unit, UnitKind
from support.conformance import Begin as Opening
from support.conformance import remembered, stored
from support.planning import ROUND, a_reference, a_round
from support.planning_twins import RememberedComparisonGroups, RememberedReferenceValues

LATER = UUID(int=8)
UNITS = ("05158", "05162")


@dataclass(frozen=True)
class Scene:
    """The two ports in one transaction."""

    values: ReferenceValues
    groups: ComparisonGroups


Begin = Opening[Scene]


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("agreements")


async def prepared(work: Work) -> None:
    await work.units.put([Unit(code=UnitCode(code), name=code, kind=UnitKind.DISTRICT) for code in UNITS], [])
    for id, year in ((ROUND, 2014), (LATER, 2015)):
        await work.planning_rounds.add(Filed(id=id, version=1, value=a_round(year=year)))


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, template: str) -> AsyncIterator[Begin]:
    if request.param == "remembered":
        yield remembered(Scene(RememberedReferenceValues(), RememberedComparisonGroups()))
        return
    async with stored(template, lambda work: Scene(work.reference_values, work.comparison_groups), prepared) as opened:
        yield opened


async def test_values_are_read_back_as_they_were_sent(begin: Begin) -> None:
    full = a_reference("20.60", weight="7034", outcome="19.9", basis="Bund-Länder-Ausschuss")
    async with begin() as scene:
        await scene.values.put(ROUND, [full])
    async with begin() as scene:
        (kept,) = await scene.values.of([ROUND])
        assert (kept, str(kept.value)) == (full, "20.60")


async def test_what_is_sent_again_is_left_alone_and_what_differs_is_changed(begin: Begin) -> None:
    first, second = a_reference(), a_reference(unit="05162")
    async with begin() as scene:
        assert await scene.values.put(ROUND, [first, second]) == Counts(created=2, changed=0, unchanged=0)
    changed, new = replace(first, outcome=first.high), a_reference(indicator="K3")
    async with begin() as scene:
        assert await scene.values.put(ROUND, [changed, second, new]) == Counts(created=1, changed=1, unchanged=1)
        assert await scene.values.of([ROUND]) == [changed, new, second]
        assert await scene.values.put(ROUND, []) == Counts(created=0, changed=0, unchanged=0)


async def test_values_are_narrowed_and_cut_into_pages_in_their_order(begin: Begin) -> None:
    one, two, three = a_reference(), a_reference(indicator="K3"), a_reference(unit="05162")
    later = a_reference(round=LATER)
    async with begin() as scene:
        await scene.values.put(ROUND, [three, two, one])
        await scene.values.put(LATER, [later])
    async with begin() as scene:
        assert await scene.values.of([ROUND, LATER]) == [one, later, two, three]
        assert await scene.values.of([ROUND], ["05158"], ["K3", "K4"]) == [two]
        assert await scene.values.of([ROUND, LATER], after=("05158", "K2", ROUND), limit=2) == [later, two]
        assert await scene.values.of([]) == []


async def test_memberships_hold_for_their_days_and_the_newest_wins(begin: Begin) -> None:
    always = Membership(scheme="type", unit=UnitCode("05158"), group="Ia")
    moved = replace(always, group="IIb", since=date(2014, 1, 1))
    other = replace(always, unit=UnitCode("05162"), valid_until=date(2014, 1, 1))
    async with begin() as scene:
        assert await scene.groups.put([always, moved, other]) == Counts(created=3, changed=0, unchanged=0)
        assert await scene.groups.put([always, moved]) == Counts(created=0, changed=0, unchanged=2)
    async with begin() as scene:
        assert await scene.groups.all() == [always, moved, other]
        assert await scene.groups.on(date(2013, 12, 31)) == [always, other]
        assert await scene.groups.on(date(2014, 1, 1), ["type"]) == [moved]
        assert await scene.groups.on(date(2014, 1, 1), ["neighbours"]) == []


async def test_a_membership_may_come_to_an_end(begin: Begin) -> None:
    open_ended = Membership(scheme="type", unit=UnitCode("05158"), group="Ia", since=date(2010, 1, 1))
    async with begin() as scene:
        await scene.groups.put([open_ended])
        ended = replace(open_ended, valid_until=date(2014, 1, 1))
        assert await scene.groups.put([ended]) == Counts(created=0, changed=1, unchanged=0)
        assert await scene.groups.on(date(2014, 1, 1)) == []
