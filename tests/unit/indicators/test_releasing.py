"""What changed between two releases: of a unit and of all that its figures are made of."""

from datetime import date, timedelta

import pytest
from chassis.caller import Caller, Role
from domain.identity import UnitCode
from domain.unit import UnknownUnit
from indicators.ports import Ports
from indicators.usecases.releasing import Changed, changes
from support.measuring import JOBCENTER, NOON, TOWN_A, TOWN_B, TWO_TOWNS, a_definition, an_observation
from support.remembering import remembered_ports, remembered_work
from support.standing import a_release
from support.standing_twins import RememberedVintages

NEXT_DAY = NOON + timedelta(days=1)


@pytest.fixture
async def ports() -> Ports:
    """Give two releases between which both towns of a jobcenter corrected a value and an indicator was defined."""
    work = remembered_work()
    assert isinstance(work.vintages, RememberedVintages)
    work.vintages.observations += [
        an_observation("elb_stock", value, unit=town, recorded_at=at, by=number)
        for number, (at, value) in enumerate(((NOON, 10), (NEXT_DAY, 11)), start=1)
        for town in (TOWN_A, TOWN_B)
    ]
    await work.catalogue.add_definition(a_definition("integrations ÷ elb_stock"), NEXT_DAY)
    await work.releases.add(a_release("erster", as_of=NOON))
    await work.releases.add(a_release("zweiter", as_of=NEXT_DAY))
    return remembered_ports(work, TWO_TOWNS, date(2015, 2, 1))


async def changed(ports: Ports, reached: UnitCode, *units: str) -> Changed:
    caller = Caller(subject="c", name="c", roles=frozenset({Role.CONTROLLER}), units=frozenset({reached}))
    return await changes(ports, caller, ("erster", "zweiter"), units, [], None, 100)


@pytest.mark.parametrize(("asked", "towns"), [(JOBCENTER, [TOWN_A, TOWN_B]), (TOWN_B, [TOWN_B])])
async def test_a_correction_of_a_part_is_a_change_of_the_whole(
    ports: Ports, asked: UnitCode, towns: list[UnitCode]
) -> None:
    found = await changed(ports, JOBCENTER, asked)
    assert [(one.unit, str(one.old), str(one.new)) for one in found.values] == [(town, "10", "11") for town in towns]


async def test_whoever_reaches_a_part_only_does_not_ask_for_the_whole(ports: Ports) -> None:
    with pytest.raises(UnknownUnit):
        await changed(ports, TOWN_A, JOBCENTER)


async def test_a_definition_that_came_between_is_named(ports: Ports) -> None:
    assert (await changed(ports, JOBCENTER)).definitions == ["K2/1"]
