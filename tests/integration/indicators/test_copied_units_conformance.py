"""The copy of the units behaves alike, remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from domain.codec import encode
from domain.comparison_group import Membership
from domain.identity import UnitCode
from domain.responsibility import Scope
from domain.unit import Unit, UnitKind, Units
from domain.unit_payload import payload_of
from domain.unit_relation import Relation, RelationKind
from indicators.ports import KnownUnits
from indicators.usecases.errors import UnitsNotKnownYet
from support.catalogue_twins import RememberedCopy
from support.conformance import Begin, remembered, stored_figures
from support.measuring import JOBCENTER, TOWN_A, TWO_TOWNS
from support.neighbours import TURN, a_neighbour

Opening = Begin[KnownUnits]
DISTRICT, MINISTRY = UnitCode("05158"), UnitCode("MAIS-NRW")
BEFORE, AFTER = date(2014, 3, 31), date(2014, 4, 1)
NAMED = Unit(code=JOBCENTER, name="ARGE ME-aktiv", kind=UnitKind.JOBCENTER_JOINT, ags="05158", valid_from=BEFORE)
RENAMED = replace(NAMED, valid_from=date(2005, 1, 1)).renamed("jobcenter ME-aktiv", UnitKind.JOBCENTER_JOINT, TURN)
GROUPS = [
    Membership(scheme="sgb2", unit=JOBCENTER, group="IIIc", valid_until=TURN),
    Membership(scheme="sgb2", unit=JOBCENTER, group="IIa", since=TURN),
]
NEAREST = [a_neighbour(JOBCENTER, 2, "36404", since=TURN), a_neighbour(JOBCENTER, 1, "36406", until=TURN)]


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, templates: dict[str, str]) -> AsyncIterator[Opening]:
    if request.param == "remembered":
        yield remembered(RememberedCopy())
        return
    async with stored_figures(templates["indicators"], lambda work: work.units) as opened:
        yield opened


def document(units: Units = TWO_TOWNS, **beside: Any) -> dict[str, Any]:
    """Write what agreements tells: the tree, and what goes with it."""
    return {**payload_of(units), **{name: encode(told) for name, told in beside.items()}}


async def test_before_anything_was_told_no_unit_is_known(begin: Opening) -> None:
    async with begin() as units:
        with pytest.raises(UnitsNotKnownYet):
            await units.tree()
        assert (await units.memberships(), await units.neighbours()) == ((), ())
        assert await units.cursor() is None


async def test_units_are_known_under_every_name_they_had_and_while_they_were_valid(begin: Opening) -> None:
    over = Unit(code=TOWN_A, name="Erkrath", kind=UnitKind.CITY, valid_until=TURN)
    async with begin() as units:
        await units.keep(document(Units.of([RENAMED, over], [])))
    async with begin() as units:
        known = await units.tree()
    assert known == Units.of([RENAMED, over], [])
    assert [known.get(JOBCENTER).on(day).name for day in (BEFORE, AFTER)] == ["ARGE ME-aktiv", "jobcenter ME-aktiv"]
    assert [known.valid_on(TOWN_A, day) for day in (BEFORE, AFTER)] == [True, False]


async def test_relations_are_known_with_what_they_cover_and_while_they_hold(begin: Opening) -> None:
    relations = [
        Relation(kind=RelationKind.PART_OF, source=TOWN_A, target=JOBCENTER, valid_until=TURN),
        Relation(kind=RelationKind.SUPERVISES, source=MINISTRY, target=JOBCENTER, scope=Scope.MUNICIPAL),
        Relation(kind=RelationKind.CARRIES, source=DISTRICT, target=JOBCENTER, valid_from=TURN),
        Relation(kind=RelationKind.SUCCEEDS, source=JOBCENTER, target=DISTRICT, valid_from=TURN),
    ]
    told = Units.of(TWO_TOWNS.units.values(), relations)
    async with begin() as units:
        await units.keep(document(told))
    async with begin() as units:
        known = await units.tree()
    assert known.relations == tuple(relations)
    assert [known.below([DISTRICT], day) for day in (BEFORE, AFTER)] == [{DISTRICT}, {DISTRICT, JOBCENTER}]


async def test_groups_and_neighbours_are_told_in_their_order_whenever_they_hold(begin: Opening) -> None:
    async with begin() as units:
        await units.keep(document(comparison_groups=GROUPS, nearest_neighbours=NEAREST))
    async with begin() as units:
        assert await units.memberships() == tuple(GROUPS)
        assert await units.neighbours() == tuple(NEAREST)
        assert await units.tree() == TWO_TOWNS


async def test_a_newer_copy_takes_the_place_of_all_that_was_told_before(begin: Opening) -> None:
    alone = Units.of([RENAMED], [])
    async with begin() as units:
        await units.keep(document(comparison_groups=GROUPS, nearest_neighbours=NEAREST))
    async with begin() as units:
        await units.keep(document(alone, comparison_groups=GROUPS[:1], nearest_neighbours=NEAREST[1:]))
    async with begin() as units:
        assert await units.tree() == alone
        assert (await units.memberships(), await units.neighbours()) == ((GROUPS[0],), (NEAREST[1],))
        await units.keep(document(alone))
        assert (await units.memberships(), await units.neighbours()) == ((), ())


async def test_what_a_newer_teller_adds_is_left_alone(begin: Opening) -> None:
    newer = document(comparison_groups=GROUPS, nearest_neighbours=NEAREST, twin_cities=[TOWN_A])
    for name in ("units", "relations", "comparison_groups", "nearest_neighbours"):
        newer[name] = [{**entry, "colour": "green"} for entry in newer[name]]
    async with begin() as units:
        await units.keep(newer)
    async with begin() as units:
        assert await units.tree() == TWO_TOWNS
        assert (await units.memberships(), await units.neighbours()) == (tuple(GROUPS), tuple(NEAREST))


async def test_a_copy_is_what_was_told_then(begin: Opening) -> None:
    told = document(comparison_groups=GROUPS)
    async with begin() as units:
        await units.keep(told)
    told["comparison_groups"].clear()
    async with begin() as units:
        assert await units.memberships() == tuple(GROUPS)


async def test_how_far_the_feed_was_read_is_known_apart_from_the_copy(begin: Opening) -> None:
    for cursor in ("41", "42"):
        async with begin() as units:
            await units.keep_cursor(cursor)
    async with begin() as units:
        with pytest.raises(UnitsNotKnownYet):
            await units.tree()
        await units.keep(document())
        assert await units.cursor() == "42"
