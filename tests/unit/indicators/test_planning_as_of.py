"""Figures as of an instant are planned by the catalogue known then; vintages by that of today."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from chassis.caller import Caller, Role
from domain.identity import VariableCode
from domain.period import View
from domain.variable import VariableKind
from indicators.ports import Ports, VariableVersion
from indicators.usecases.plan import Asked, Plan
from indicators.usecases.reading import planned
from indicators.usecases.reading_errors import NotDefinedThen
from support.measuring import CATALOGUE, JOBCENTER, NOON, NOVEMBER, TWO_TOWNS, a_definition
from support.remembering import remembered_ports, remembered_work

AUDITOR = Caller(subject="a", name="a", roles=frozenset({Role.AUDITOR}), units=frozenset())
FIRST, LATER = a_definition("integrations ÷ elb_stock"), a_definition("integrations ÷ contacts")
NEXT_DAY = NOON + timedelta(days=1)
STOCK = CATALOGUE[VariableCode("elb_stock")]
FLOW = replace(STOCK, kind=VariableKind.FLOW)


@pytest.fixture
async def ports() -> Ports:
    """Give a catalogue whose definition got a second version a day later, as did a variable."""
    work = remembered_work()
    for number, (at, definition, variable) in enumerate(((NOON, FIRST, STOCK), (NEXT_DAY, LATER, FLOW)), start=1):
        await work.catalogue.add_definition(replace(definition, version=number), at)
        await work.catalogue.put_variable(VariableVersion(version=number, at=at, by="x", variable=variable))
    return remembered_ports(work, TWO_TOWNS, date(2015, 2, 1))


async def plan(ports: Ports, as_of: datetime | None, **more: Any) -> Plan:
    asked = Asked(units=[JOBCENTER], indicators=["K2"], views=[View.MONTH], first=NOVEMBER, last=NOVEMBER, as_of=as_of)
    async with planned(ports, AUDITOR, replace(asked, **more)) as (_, _, found, _):
        return found


@pytest.mark.parametrize(("as_of", "version", "kind"), [(NOON, 1, "stock"), (NEXT_DAY, 2, "flow"), (None, 2, "flow")])
async def test_a_figure_is_told_by_the_definition_and_the_variables_known_then(
    ports: Ports, as_of: datetime | None, version: int, kind: str
) -> None:
    found = await plan(ports, as_of)
    (code,) = found.definitions
    assert found.definition(code, NOVEMBER).version == version
    assert found.variables[STOCK.code].kind == kind


async def test_vintages_are_told_by_the_definition_of_today(ports: Ports) -> None:
    found = await plan(ports, NOON, history=True)
    (code,) = found.definitions
    assert found.definition(code, NOVEMBER).version == 2


async def test_what_nobody_had_defined_then_is_not_planned(ports: Ports) -> None:
    with pytest.raises(NotDefinedThen, match="no indicator 'K2' at 2015-01-20T11:59:59"):
        await plan(ports, NOON - timedelta(seconds=1))
