"""Reminders are sent by rounds that may overlap, and read in the feed by whoever passes them on."""

import asyncio
from datetime import date

import httpx
from indicators.usecases.reminding import remind
from support.apps import Stack
from support.owing import OTHER, got, owing
from support.tokens import bearer

OVERDUE = date(2012, 7, 11)


async def test_rounds_at_once_send_a_reminder_once(http: httpx.AsyncClient, stack: Stack) -> None:
    await owing(http, OTHER, "2012-06", "ltr_stock", due_on="2012-07-10")
    rounds = await asyncio.gather(*(remind(stack.indicators.state.ports, OVERDUE) for _ in range(4)))
    assert [(one.owed.duty.unit, one.step.kind.value) for sent in rounds for one in sent] == [(OTHER, "overdue")]
    events = (await got(http, "/v1/events", bearer("service"), limit=1000))["items"]
    (event,) = [one for one in events if one["type"] == "delivery.overdue"]
    assert (event["subject"], event["data"]["month"], event["data"]["unit_name"]) == (OTHER, "2012-06", "Haan")
    recorded = (await got(http, "/v1/audit", limit=1000))["items"]
    assert [entry["action"] for entry in recorded].count("reminders.sent") == 1
