"""Who owes what is set and taken out again by the operator, over variables that are known."""

from datetime import UTC, date, datetime

import pytest
from chassis.caller import Caller, Role
from domain.duty import Duty, UnknownDuty
from domain.errors import Forbidden
from domain.identity import UnitCode, VariableCode
from domain.period import Period
from domain.unit import Unit, UnitKind, Units
from domain.variable import UnknownVariable
from indicators.ports import Ports, VariableVersion, Work
from indicators.usecases.owing import put_schedule, remove_duties
from support.measuring import CATALOGUE
from support.remembering import remembered_ports, remembered_work

TOWN, STOCK = UnitCode("05158004"), VariableCode("elb_stock")
UNITS = Units.of([Unit(code=TOWN, name="Erkrath", kind=UnitKind.CITY, ags=TOWN)], [])
NOON = datetime(2015, 1, 20, 12, tzinfo=UTC)
OPERATOR = Caller(subject="betrieb", name="Betrieb", roles=frozenset({Role.OPERATOR}), units=frozenset())
CONTROLLER = Caller(
    subject="controlling", name="Controlling", roles=frozenset({Role.CONTROLLER}), units=frozenset({TOWN})
)


def a_duty(*variables: str, months: str = "2014", working_day: int = 10) -> Duty:
    codes = tuple(map(VariableCode, variables or (STOCK,)))
    return Duty(unit=TOWN, variables=codes, months=Period.parse(months), working_day=working_day)


@pytest.fixture
async def work() -> Work:
    work = remembered_work()
    await work.catalogue.put_variable(VariableVersion(variable=CATALOGUE[STOCK], version=1, at=NOON, by="betrieb"))
    return work


@pytest.fixture
def ports(work: Work) -> Ports:
    return remembered_ports(work, UNITS, date(2015, 1, 20))


async def test_nobody_owes_what_nobody_knows(ports: Ports, work: Work) -> None:
    with pytest.raises(UnknownVariable) as refused:
        await put_schedule(ports, OPERATOR, [a_duty(), a_duty("elb_stok")])
    assert [place.pointer for place in refused.value.places()] == ["/duties/1/variables"]
    assert await work.schedule.duties(None) == []


async def test_duties_are_taken_out_all_or_none(ports: Ports, work: Work) -> None:
    await put_schedule(ports, OPERATOR, [a_duty(), a_duty(months="2015")])
    with pytest.raises(UnknownDuty):
        await remove_duties(ports, OPERATOR, [a_duty(), a_duty(months="2016")])
    assert await remove_duties(ports, OPERATOR, [a_duty(working_day=5), a_duty()]) == 1
    assert await work.schedule.duties(None) == [a_duty(months="2015")]


async def test_who_owes_is_no_controllers_to_say(ports: Ports) -> None:
    with pytest.raises(Forbidden):
        await remove_duties(ports, CONTROLLER, [a_duty()])
