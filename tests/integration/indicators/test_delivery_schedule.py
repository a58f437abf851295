"""The delivery schedule by HTTP: what may be owed, what is taken out again, and its pages."""

from typing import Any

import httpx
from support.owing import OPERATOR, TOWN, got, owing, status_of

PAST, FUTURE = "2015-01-31", "2999-12-31"


async def test_pages_of_the_schedule_lose_no_duty_that_differs_from_another_in_its_end_alone(
    http: httpx.AsyncClient,
) -> None:
    ends = ["2008-03", "2008-06", "2008-12"]
    for end in ends:
        await owing(http, TOWN, "2008-01", "ltr_stock", until=end, due_on=PAST)
    seen: list[str] = []
    asked: dict[str, Any] = {"limit": 1}
    while asked.get("cursor", "") is not None:
        page = await got(http, "/v1/delivery-schedule", **asked)
        seen += [item["until_month"] for item in page["items"] if item["from_month"] == "2008-01"]
        asked["cursor"] = page["next"]
    assert seen == ends


def a_duty(variable: str, month: str = "2007-01") -> dict[str, Any]:
    return {"unit": TOWN, "variables": [variable], "from_month": month, "until_month": month, "due_on": PAST}


async def test_what_nobody_knows_is_owed_by_nobody(http: httpx.AsyncClient) -> None:
    sent = {"duties": [a_duty("ltr_stock"), a_duty("ltr_stok")]}
    refused = await http.post("/v1/delivery-schedule", json=sent, headers=OPERATOR)
    assert (refused.status_code, refused.json()["type"]) == (404, "/problems/unknown-variable")
    assert [place["pointer"] for place in refused.json()["errors"]] == ["/duties/1/variables"]
    assert (await got(http, "/v1/delivery-status", unit=TOWN, month="2007-01"))["items"] == []


async def test_a_duty_that_was_set_by_mistake_is_taken_out_and_that_is_recorded(http: httpx.AsyncClient) -> None:
    await owing(http, TOWN, "2007-02", "ltr_stock", due_on=PAST)
    assert (await status_of(http, "2007-02"))["status"] == "missing"
    named = {**a_duty("ltr_stock", "2007-02"), "due_on": FUTURE}
    both = {"duties": [named, a_duty("ltr_stock", "2007-03")]}
    refused = await http.post("/v1/delivery-schedule/removal", json=both, headers=OPERATOR)
    assert (refused.status_code, refused.json()["type"]) == (404, "/problems/unknown-duty")
    assert (await status_of(http, "2007-02"))["status"] == "missing"
    gone = await http.post("/v1/delivery-schedule/removal", json={"duties": [named]}, headers=OPERATOR)
    assert (gone.status_code, gone.json()) == (200, {"removed": 1})
    assert (await got(http, "/v1/delivery-status", unit=TOWN, month="2007-02"))["items"] == []
    log = (await got(http, "/v1/audit", limit=1000))["items"]
    assert "schedule.duties_removed" in {entry["action"] for entry in log}
