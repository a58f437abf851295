"""What came of the duty to deliver, remembered or stored: deliveries that come in on days and are taken back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, Protocol

import sqlalchemy as sa
from chassis.clock import new_id, now
from chassis.database import Database
from domain.identity import DeliveryId, UnitCode, VariableCode
from domain.lack import Bearer
from domain.period import Month
from domain.receipt import ANY_VARIABLE
from indicators.persistence import tables as t
from indicators.persistence.received import StoredReceived
from indicators.persistence.reminders import StoredReminders
from indicators.ports.duty import Received, RejectedKey, Reminders
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from support import databases
from support.duty_twins import Brought, RememberedReceived, RememberedReminders, at_noon

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

    async def try_out(self, day: date) -> int: ...

    async def take_back(self, number: int) -> None: ...

    async def bearer(self, number: int) -> Bearer: ...


class Remembered:
    """The twins."""

    def __init__(self) -> None:
        self.received = RememberedReceived()
        self.reminders = RememberedReminders()

    async def bring(self, day: date, values: Values) -> int:
        number = len(self.received.deliveries) + 1
        self.received.deliveries[number] = Brought(day, values)
        return number

    async def try_out(self, day: date) -> int:
        number = len(self.received.deliveries) + 1
        self.received.deliveries[number] = Brought(day, {}, dry_run=True)
        return number

    async def take_back(self, number: int) -> None:
        self.received.deliveries[number].taken_back = THIRD

    async def bearer(self, number: int) -> Bearer:
        return self.received.deliveries[number].bearer


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

    async def try_out(self, day: date) -> int:
        return await self._delivery(day, dry_run=True)

    async def take_back(self, number: int) -> None:
        back = await self._delivery(THIRD, retracts=number)
        o, b = t.observations.c, t.observations.alias().c
        of_the_same = sa.and_(b.month == o.month, b.unit_id == o.unit_id, b.series_id == o.series_id)
        earlier = sa.select(b.value).where(of_the_same, b.delivery < number).order_by(b.delivery.desc()).limit(1)
        before = earlier.scalar_subquery()
        stands = sa.select(o.month, o.unit_id, o.series_id, sa.literal(back), before).where(o.delivery == number)
        await self._connection.execute(
            t.observations.insert().from_select(["month", "unit_id", "series_id", "delivery", "value"], stands)
        )

    async def bearer(self, number: int) -> Bearer:
        d = t.deliveries.c
        row = (await self._connection.execute(sa.select(d.id, d.sender).where(d.number == number))).one()
        return Bearer(DeliveryId(row.id), row.sender)

    async def _delivery(self, day: date, retracts: int | None = None, *, dry_run: bool = False) -> int:
        row: dict[str, Any] = {
            "id": new_id(),
            "sender": "x",
            "digest": "x",
            "options": "x",
            "dry_run": dry_run,
            "status": "accepted",
            "recorded_at": at_noon(day),
            "findings": 0,
            "retracts": retracts,
            "body": {},
        }
        added = t.deliveries.insert().values(row).returning(t.deliveries.c.number)
        number: int = (await self._connection.execute(added)).scalar_one()
        revised = t.deliveries.update().where(t.deliveries.c.number == number).values(revision=number)
        await self._connection.execute(revised)
        return number


@asynccontextmanager
async def opened(kind: str, template: str) -> AsyncIterator[Scene]:
    """Give the twins, or the ports over a fresh database that is dropped behind the test."""
    if kind == "remembered":
        yield Remembered()
        return
    url = await databases.fresh(template)
    database = Database(url)
    async with database.writing() as connection:
        yield Stored(connection)
    await database.close()
    await databases.drop(url)
