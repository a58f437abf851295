"""What came in and which reminders were sent: alike remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator, Callable

import pytest
from domain.duty import Duty, DutyStatus, Owed
from domain.identity import VariableCode
from domain.period import Period
from domain.receipt import ANY_VARIABLE, Gap, Receipt, Receipts
from domain.reminder import Reminder, ReminderKind, Step
from indicators.ports.duty import Rejected, RejectedKey
from support.duty_scene import (
    DECEMBER,
    FIRST,
    INFLOW,
    NOVEMBER,
    OF_INFLOW,
    OF_SOMETHING,
    OF_STOCK,
    OTHER,
    SECOND,
    STOCK,
    THIRD,
    TOWN,
    Scene,
    opened,
)


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("indicators")


@pytest.fixture(params=["remembered", "stored"])
async def scene(request: pytest.FixtureRequest, template: str) -> AsyncIterator[Scene]:
    async with opened(str(request.param), template) as given:
        yield given


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
