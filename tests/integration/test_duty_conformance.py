"""What came in and which reminders were sent: alike remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator, Callable
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from chassis.clock import new_id, now
from chassis.database import Database
from domain.duty import Duty, DutyStatus, Owed
from domain.identity import UnitCode, VariableCode
from domain.period import Month, Period
from domain.receipt import ANY_VARIABLE, Gap, Receipt, Receipts
from domain.reminder import Reminder, ReminderKind, Step
from indicators.persistence import tables as t
from indicators.persistence.received import StoredReceived
from indicators.persistence.reminders import StoredReminders
from indicators.ports.duty import Received, Rejected, RejectedKey, Reminders
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from support import databases
from support.duty_twins import Brought, RememberedReceived, RememberedReminders

BERLIN = ZoneInfo("Europe/Berlin")
TOWN, OTHER = UnitCode("05158004"), UnitCode("05158008")
STOCK, INFLOW = VariableCode("ltr_stock"), VariableCode("ltr_inflow")
NOVEMBER, DECEMBER = Month(2014, 11), Month(2014, 12)
FIRST, SECOND, THIRD = date(2014, 12, 1), date(2014, 12, 8), date(2014, 12, 15)
Values = dict[RejectedKey, str | None]
OF_STOCK: RejectedKey = (TOWN, NOVEMBER, STOCK)
OF_INFLOW: RejectedKey = (TOWN, NOVEMBER, INFLOW)
OF_SOMETHING: RejectedKey = (TOWN, NOVEMBER, ANY_VARIABLE)


class Scene(Protocol):
    """The two ports, and deliveries that come in and are taken back."""

    @property
    def received(self) -> Received: ...

    @property
    def reminders(self) -> Reminders: ...

    async def bring(self, day: date, values: Values) -> int: ...

    async def take_back(self, number: int) -> None: ...


class Remembered:
    """The twins."""

    def __init__(self) -> None:
        self.received = RememberedReceived()
        self.reminders = RememberedReminders()

    async def bring(self, day: date, values: Values) -> int:
        number = len(self.received.deliveries) + 1
        self.received.deliveries[number] = Brought(day, values)
        return number

    async def take_back(self, number: int) -> None:
        self.received.deliveries[number].taken_back = True


class Stored:
    """The ports over PostgreSQL; a day is noon in Berlin."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.received = StoredReceived(connection)
        self.reminders = StoredReminders(connection, now())

    async def bring(self, day: date, values: Values) -> int:
        number = await self._delivery(day)
        for (unit, month, variable), value in values.items():
            await self._connection.execute(insert(t.units).values(code=unit).on_conflict_do_nothing())
            named = {"variable": variable, "dimensions": {}, "name": variable}
            await self._connection.execute(insert(t.series).values(named).on_conflict_do_nothing())
            row = {
                "month": month.ordinal,
                "unit_id": sa.select(t.units.c.id).where(t.units.c.code == unit).scalar_subquery(),
                "series_id": sa.select(t.series.c.id).where(t.series.c.name == variable).scalar_subquery(),
                "delivery": number,
                "value": value,
            }
            await self._connection.execute(t.observations.insert().values(row))
        return number

    async def take_back(self, number: int) -> None:
        back = await self._delivery(THIRD, retracts=number)
        o = t.observations.c
        gone = sa.select(o.month, o.unit_id, o.series_id, sa.literal(back), sa.null()).where(o.delivery == number)
        await self._connection.execute(
            t.observations.insert().from_select(["month", "unit_id", "series_id", "delivery", "value"], gone)
        )

    async def _delivery(self, day: date, retracts: int | None = None) -> int:
        row: dict[str, Any] = {
            "id": new_id(),
            "sender": "x",
            "digest": "x",
            "options": "x",
            "dry_run": False,
            "status": "accepted",
            "recorded_at": datetime(day.year, day.month, day.day, 12, tzinfo=BERLIN),
            "findings": 0,
            "retracts": retracts,
            "body": {},
        }
        added = t.deliveries.insert().values(row).returning(t.deliveries.c.number)
        number: int = (await self._connection.execute(added)).scalar_one()
        revised = t.deliveries.update().where(t.deliveries.c.number == number).values(revision=number)
        await self._connection.execute(revised)
        return number


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("indicators")


@pytest.fixture(params=["remembered", "stored"])
async def scene(request: pytest.FixtureRequest, template: str) -> AsyncIterator[Scene]:
    if request.param == "remembered":
        yield Remembered()
        return
    url = await databases.fresh(template)
    database = Database(url)
    async with database.writing() as connection:
        yield Stored(connection)
    await database.close()
    await databases.drop(url)


async def came(scene: Scene) -> Receipts:
    return await scene.received.receipts([TOWN], [STOCK, INFLOW], NOVEMBER, NOVEMBER)


def rejected(key: RejectedKey, rows: int) -> Rejected:
    return Rejected(unit=key[0], month=key[1], variable=key[2], rows=rows)


async def test_a_variable_is_there_since_the_day_it_was_first_known(scene: Scene) -> None:
    await scene.bring(FIRST, {OF_STOCK: "7"})
    await scene.bring(SECOND, {OF_STOCK: "8", OF_INFLOW: "1"})
    await scene.bring(THIRD, {(OTHER, NOVEMBER, STOCK): "1", (TOWN, DECEMBER, STOCK): "1"})
    assert await came(scene) == {(TOWN, NOVEMBER): {STOCK: Receipt(since=FIRST), INFLOW: Receipt(since=SECOND)}}
    assert await scene.received.receipts([], [STOCK], NOVEMBER, DECEMBER) == {}


async def test_what_was_withdrawn_is_there_since_it_came_again(scene: Scene) -> None:
    await scene.bring(FIRST, {OF_STOCK: "7"})
    await scene.bring(SECOND, {OF_STOCK: None})
    assert await came(scene) == {}
    await scene.bring(THIRD, {OF_STOCK: "7"})
    assert await came(scene) == {(TOWN, NOVEMBER): {STOCK: Receipt(since=THIRD)}}


async def test_what_was_taken_back_never_came(scene: Scene) -> None:
    number = await scene.bring(FIRST, {OF_STOCK: "7"})
    await scene.received.keep_rejections(number, [rejected(OF_INFLOW, 2)], [])
    await scene.take_back(number)
    assert await came(scene) == {}
    assert await scene.received.open_rejections([TOWN]) == []


async def test_rejected_rows_stay_open_until_a_delivery_makes_them_good(scene: Scene) -> None:
    first = await scene.bring(FIRST, {OF_STOCK: "7"})
    await scene.received.keep_rejections(first, [rejected(OF_STOCK, 2), rejected(OF_SOMETHING, 1)], [])
    assert await scene.received.open_rejections([TOWN, OTHER]) == [OF_SOMETHING, OF_STOCK]
    assert await scene.received.open_rejections([OTHER]) == []
    assert await came(scene) == {
        (TOWN, NOVEMBER): {STOCK: Receipt(since=FIRST, rejected=2), ANY_VARIABLE: Receipt(rejected=1)}
    }
    second = await scene.bring(SECOND, {OF_STOCK: "8"})
    await scene.received.keep_rejections(second, [], [OF_STOCK])
    assert await scene.received.open_rejections([TOWN]) == [OF_SOMETHING]
    gap = Gap(FIRST, SECOND)
    assert (await came(scene))[TOWN, NOVEMBER][STOCK] == Receipt(since=FIRST, gaps=(gap,))


async def test_of_rows_rejected_again_the_newest_count(scene: Scene) -> None:
    for day, rows in ((FIRST, 5), (SECOND, 3)):
        number = await scene.bring(day, {OF_STOCK: str(rows)})
        await scene.received.keep_rejections(number, [rejected(OF_STOCK, rows)], [])
    assert (await came(scene))[TOWN, NOVEMBER][STOCK] == Receipt(since=FIRST, rejected=3)


async def test_a_cure_that_is_taken_back_cured_nothing_and_another_may(scene: Scene) -> None:
    first = await scene.bring(FIRST, {OF_INFLOW: "7"})
    await scene.received.keep_rejections(first, [rejected(OF_STOCK, 1)], [])
    second = await scene.bring(SECOND, {OF_STOCK: "8"})
    await scene.received.keep_rejections(second, [], [OF_STOCK])
    await scene.take_back(second)
    assert await scene.received.open_rejections([TOWN]) == [OF_STOCK]
    assert (await came(scene))[TOWN, NOVEMBER][STOCK] == Receipt(rejected=1)
    third = await scene.bring(THIRD, {OF_STOCK: "8"})
    await scene.received.keep_rejections(third, [], [OF_STOCK])
    assert (await came(scene))[TOWN, NOVEMBER][STOCK] == Receipt(since=THIRD, gaps=(Gap(FIRST, THIRD),))


def a_reminder(number: int = 0, variables: tuple[VariableCode, ...] = (INFLOW, STOCK)) -> Reminder:
    duty = Duty(unit=TOWN, variables=variables, months=Period.parse("2014"), working_day=10)
    owed = Owed(duty=duty, month=NOVEMBER, due=FIRST, status=DutyStatus.MISSING, completed_on=None, missing=variables)
    return Reminder(owed=owed, step=Step(ReminderKind.OVERDUE_AGAIN, number))


async def test_a_reminder_is_noted_once(scene: Scene) -> None:
    first, second, other = a_reminder(1), a_reminder(2), a_reminder(1, (STOCK,))
    assert await scene.reminders.note([]) == []
    assert await scene.reminders.note([first, other]) == [first, other]
    assert await scene.reminders.note([first, second]) == [second]
    assert await scene.reminders.note([first, second, other]) == []


async def test_what_a_source_keeps_back_is_known_until_its_delivery_is_taken_back(scene: Scene) -> None:
    first, second = await scene.bring(FIRST, {}), await scene.bring(SECOND, {})
    await scene.received.keep_withheld(first, [OF_STOCK, (OTHER, NOVEMBER, STOCK), (TOWN, DECEMBER, STOCK)])
    await scene.received.keep_withheld(second, [OF_STOCK, OF_INFLOW])
    assert await scene.received.withheld([TOWN], [STOCK, INFLOW], NOVEMBER, NOVEMBER) == {OF_STOCK, OF_INFLOW}
    await scene.take_back(second)
    assert await scene.received.withheld([TOWN], [STOCK, INFLOW], NOVEMBER, NOVEMBER) == {OF_STOCK}
