"""Reminders of what is owed go out once each and stop when all is there, as events that name an office."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from domain.duty import Duty
from domain.identity import UnitCode, VariableCode
from domain.period import Month, Period
from domain.unit import Unit, UnitKind, Units
from indicators.ports import Ports, Work
from indicators.ports.duty import RejectedKey
from indicators.usecases.reminding import remind
from support.duty_twins import Brought, RememberedReceived
from support.remembering import RememberedEvents, RememberedTrail, remembered_ports, remembered_work

TOWN, STOCK, INFLOW = UnitCode("05158004"), VariableCode("ltr_stock"), VariableCode("ltr_inflow")
UNITS = Units.of([Unit(code=TOWN, name="Erkrath", kind=UnitKind.CITY, ags=TOWN)], [])
MARCH = Month(2012, 3)


@dataclass
class Scene:
    """The service over remembered ports, and what came in, was told and was recorded."""

    received: RememberedReceived = field(default_factory=RememberedReceived)
    events: RememberedEvents = field(default_factory=RememberedEvents)
    audit: RememberedTrail = field(default_factory=RememberedTrail)
    work: Work = field(init=False)
    ports: Ports = field(init=False)

    def __post_init__(self) -> None:
        self.work = replace(remembered_work(), received=self.received, events=self.events, audit=self.audit)
        self.ports = remembered_ports(self.work, UNITS, date(2012, 12, 31))

    async def owing(self, *variables: VariableCode, working_day: int | None = None, due_on: date | None = None) -> None:
        months = Period.lasting(MARCH, 1)
        duty = Duty(unit=TOWN, variables=variables, months=months, working_day=working_day, due_on=due_on)
        await self.work.schedule.put([duty])

    def deliver(self, day: date, *variables: VariableCode) -> None:
        values: dict[RejectedKey, str | None] = {(TOWN, MARCH, code): "1" for code in variables}
        self.received.deliveries[len(self.received.deliveries) + 1] = Brought(day, values)

    async def reminded(self, *days: date) -> list[tuple[str, int]]:
        sent = [one for day in days for one in await remind(self.ports, day)]
        return [(one.step.kind.value, one.step.number) for one in sent]


@pytest.fixture
def scene() -> Scene:
    return Scene()


async def test_who_owes_nothing_is_reminded_of_nothing(scene: Scene) -> None:
    assert await scene.reminded(date(2012, 4, 18)) == []


async def test_reminders_go_out_once_each_and_stop_when_all_is_there(scene: Scene) -> None:
    await scene.owing(STOCK, working_day=10)
    # April 2012 has Good Friday on the 6th and Easter Monday on the 9th: the tenth working day is the 17th.
    assert await scene.reminded(date(2012, 4, 11)) == []
    assert await scene.reminded(date(2012, 4, 12), date(2012, 4, 13)) == [("due_soon", 0)]
    assert await scene.reminded(date(2012, 4, 17)) == []
    assert await scene.reminded(date(2012, 4, 18), date(2012, 4, 18)) == [("overdue", 0)]
    assert await scene.reminded(date(2012, 4, 25)) == [("overdue_again", 1)]
    scene.deliver(date(2012, 4, 26), STOCK)
    assert await scene.reminded(date(2012, 5, 2), date(2012, 6, 30)) == []


async def test_a_reminder_is_an_event_that_names_an_office_and_no_person(scene: Scene) -> None:
    await scene.owing(INFLOW, STOCK, due_on=date(2012, 4, 10))
    scene.deliver(date(2012, 4, 2), STOCK)
    assert await scene.reminded(date(2012, 4, 11), date(2012, 4, 11)) == [("overdue", 0)]
    (event,) = scene.events.told
    assert (event.type, event.subject) == ("delivery.overdue", TOWN)
    assert event.data == {
        "unit": TOWN,
        "unit_name": "Erkrath",
        "month": "2012-03",
        "variables": ["ltr_inflow", "ltr_stock"],
        "due": "2012-04-10",
        "status": "incomplete",
        "days_late": 1,
        "missing": ["ltr_inflow"],
        "missing_units": [TOWN],
        "rejected_rows": 0,
        "number": 0,
    }
    assert [(change.by, change.action) for change in scene.audit.recorded] == [("indicators", "reminders.sent")]
