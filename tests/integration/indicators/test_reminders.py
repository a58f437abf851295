"""Reminders of what is owed: once each, as events, in rounds that may overlap."""

import asyncio
from datetime import date

import httpx
from indicators.usecases.reminding import remind
from support.apps import Stack
from support.owing import OTHER, TOWN, delivered, got, owing, status_of
from support.tokens import bearer


async def reminded(stack: Stack, *days: date) -> list[tuple[str, str, int]]:
    sent = [one for day in days for one in await remind(stack.indicators.state.ports, day)]
    return [(one.owed.duty.unit, one.step.kind.value, one.step.number) for one in sent if one.owed.month.year == 2012]


async def test_reminders_go_out_once_each_and_stop_when_all_is_there(http: httpx.AsyncClient, stack: Stack) -> None:
    await owing(http, TOWN, "2012-03", "ltr_stock", working_day=10)
    # April 2012 has Good Friday on the 6th and Easter Monday on the 9th: the tenth working day is the 17th.
    assert (await status_of(http, "2012-03"))["due"] == "2012-04-17"
    assert await reminded(stack, date(2012, 4, 11)) == []
    assert await reminded(stack, date(2012, 4, 12), date(2012, 4, 13)) == [(TOWN, "due_soon", 0)]
    assert await reminded(stack, date(2012, 4, 18), date(2012, 4, 18)) == [(TOWN, "overdue", 0)]
    assert await reminded(stack, date(2012, 4, 25)) == [(TOWN, "overdue_again", 1)]
    await delivered(http, "2012-03", "ltr_stock:1")
    assert await reminded(stack, date(2012, 5, 2), date(2012, 6, 30)) == []


async def test_two_rounds_at_once_send_a_reminder_once(http: httpx.AsyncClient, stack: Stack) -> None:
    await owing(http, OTHER, "2012-06", "ltr_stock", due_on="2012-07-10")
    rounds = await asyncio.gather(*(reminded(stack, date(2012, 7, 11)) for _ in range(4)))
    assert [one for sent in rounds for one in sent] == [(OTHER, "overdue", 0)]


async def test_a_reminder_is_an_event_that_names_an_office_and_no_person(http: httpx.AsyncClient, stack: Stack) -> None:
    await owing(http, TOWN, "2012-09", "ltr_inflow", "ltr_stock", due_on="2012-10-10")
    await delivered(http, "2012-09", "ltr_stock:1")
    await reminded(stack, date(2012, 10, 11))
    events = (await got(http, "/v1/events", bearer("service"), limit=1000))["items"]
    (event,) = [one for one in events if one["type"] == "delivery.overdue" and one["data"]["month"] == "2012-09"]
    assert event["subject"] == TOWN
    assert event["data"] == {
        "unit": TOWN,
        "unit_name": "Erkrath",
        "month": "2012-09",
        "variables": ["ltr_inflow", "ltr_stock"],
        "due": "2012-10-10",
        "status": "incomplete",
        "days_late": 1,
        "missing": ["ltr_inflow"],
        "missing_units": [TOWN],
        "rejected_rows": 0,
        "number": 0,
    }
    recorded = (await got(http, "/v1/audit", limit=1000))["items"]
    assert "reminders.sent" in {entry["action"] for entry in recorded}
