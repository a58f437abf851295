"""A source that keeps a figure back does not stand behind the one it told before: that goes out of force, by HTTP."""

from typing import Any

import httpx
import pytest
from support.owing import TOWN, got, owing, status_of
from support.tokens import bearer

INDICATOR = "long_term_recipients_stock"
SENDER = {**bearer("uploader", units=(TOWN,), subject=TOWN), "Content-Type": "text/csv", "Prefer": "wait=10"}
MONTHS = {"partial": "03", "complete": "04"}
MODES = pytest.mark.parametrize("mode", MONTHS)


async def sent(http: httpx.AsyncClient, month: str, *rows: str, **query: str) -> dict[str, Any]:
    """Deliver rows written `variable:value`."""
    lines = [f"{TOWN},{row.replace(':', f',{month},')}" for row in rows]
    content = "\n".join(["unit,variable,month,value", *lines, ""]).encode()
    answer = await http.post("/v1/deliveries", params=query, content=content, headers=SENDER)
    assert answer.is_success, answer.text
    told: dict[str, Any] = answer.json()
    return told


def asked_of(month: str) -> dict[str, str]:
    return {"unit": TOWN, "indicator": INDICATOR, "view": "month", "from": month, "to": month}


async def read(http: httpx.AsyncClient, month: str, **more: Any) -> dict[str, Any]:
    (item,) = (await got(http, "/v1/readings", **asked_of(month), **more))["items"]
    found: dict[str, Any] = item
    return found


async def history(http: httpx.AsyncClient, month: str, variable: str = "ltr_stock") -> list[tuple[str | None, str]]:
    asked = {"unit": TOWN, "variable": variable, "from": month, "to": month, "include_history": "true"}
    items = (await got(http, "/v1/observations", **asked))["items"]
    return [(one["value"], one["delivery"]) for one in items]


async def differences(http: httpx.AsyncClient, id: str) -> list[tuple[str, str | None, str | None]]:
    items = (await got(http, f"/v1/deliveries/{id}/differences"))["items"]
    return [(one["variable"], one["old"], one["new"]) for one in items]


def counts(read: int, *, withdrawn: int = 0, rejected: int = 0) -> dict[str, int]:
    """Count rows of which none is unchanged or corrected."""
    told = {"read": read, "accepted": read - rejected, "unchanged": 0, "corrected": 0}
    return {**told, "withdrawn": withdrawn, "rejected": rejected}


@MODES
@pytest.mark.parametrize("beside", [(), ("ltr_inflow:3",)], ids=["alone", "beside another row"])
async def test_a_value_that_is_kept_back_later_goes_out_of_force(
    http: httpx.AsyncClient, mode: str, beside: tuple[str, ...]
) -> None:
    month = f"20{10 + len(beside)}-{MONTHS[mode]}"
    first = await sent(http, month, "ltr_stock:7", mode=mode)
    later = await sent(http, month, "ltr_stock:withheld", *beside, mode=mode)
    assert await history(http, month) == [("7", first["id"]), (None, later["id"])]
    told = await read(http, month)
    assert (told["value"], told["reason"]) == (None, "withheld")
    assert [(one["why"], one["delivery"]) for one in told["missing"]] == [("withheld", later["id"])]
    assert later["counts"] == counts(1 + len(beside), withdrawn=1)
    assert await differences(http, later["id"]) == [
        *[("ltr_inflow", None, "3")] * len(beside),
        ("ltr_stock", "7", None),
    ]


@MODES
async def test_what_was_known_before_stays_known_of_then_and_the_past_of_a_figure_tells_both(
    http: httpx.AsyncClient, mode: str
) -> None:
    month = f"2012-{MONTHS[mode]}"
    first = await sent(http, month, "ltr_stock:7", mode=mode)
    between = (await sent(http, "2009-01", f"ltr_stock:{MONTHS[mode]}"))["received_at"]
    later = await sent(http, month, "ltr_stock:withheld", mode=mode)
    assert (await read(http, month, as_of=between))["value"] == "7"
    (news,) = (await got(http, "/v1/readings", **asked_of(month), updated_after=between))["items"]
    assert news["reason"] == "withheld"
    past = (await got(http, "/v1/readings", **asked_of(month), include_history="true"))["items"]
    assert [(one["value"], one["reason"], one["changed_by"]) for one in past] == [
        ("7", None, [first["id"]]),
        (None, "withheld", [later["id"]]),
    ]


@MODES
async def test_a_dry_run_shows_it_and_changes_nothing(http: httpx.AsyncClient, mode: str) -> None:
    month = f"2013-{MONTHS[mode]}"
    await sent(http, month, "ltr_stock:7", mode=mode)
    tried = await sent(http, month, "ltr_stock:withheld", mode=mode, dry_run="true")
    assert tried["counts"] == counts(1, withdrawn=1)
    assert await differences(http, tried["id"]) == [("ltr_stock", "7", None)]
    shown = await read(http, month, with_dry_run=tried["id"])
    assert (shown["value"], shown["reason"], shown["missing"][0]["delivery"]) == (None, "withheld", tried["id"])
    why = await got(http, f"/v1/readings/{TOWN}/{INDICATOR}/{month}/why", view="month", with_dry_run=tried["id"])
    assert why["reading"] == shown
    assert (await read(http, month))["value"] == "7"


@MODES
async def test_taking_the_later_delivery_back_brings_the_value_back(http: httpx.AsyncClient, mode: str) -> None:
    month = f"2014-{MONTHS[mode]}"
    await sent(http, month, "ltr_stock:7", mode=mode)
    later = await sent(http, month, "ltr_stock:withheld", mode=mode)
    path, reason = f"/v1/deliveries/{later['id']}/retraction", {"reason": "Irrtum"}
    answer = await http.post(path, json=reason, headers={**SENDER, "Content-Type": "application/json"})
    assert answer.json()["counts"]["corrected"] == 1
    assert [value for value, _ in await history(http, month)] == ["7", None, "7"]
    assert (await read(http, month))["value"] == "7"


async def test_what_was_delivered_on_time_stays_on_time_when_it_is_kept_back_later(http: httpx.AsyncClient) -> None:
    await owing(http, TOWN, "2015-01", "ltr_stock", due_on="2999-12-31")
    await sent(http, "2015-01", "ltr_stock:7")
    before = await status_of(http, "2015-01")
    await sent(http, "2015-01", "ltr_stock:withheld")
    after = await status_of(http, "2015-01")
    assert (after["status"], after["completed_on"]) == (before["status"], before["completed_on"])
    assert (before["status"], before["withheld"], after["withheld"]) == ("on_time", [], ["ltr_stock"])


@pytest.mark.parametrize(("rows", "value"), [(("withheld", "7"), None), (("7", "withheld"), "7")])
async def test_a_file_that_tells_a_value_and_keeps_it_back_is_held_to_what_it_says_first(
    http: httpx.AsyncClient, rows: tuple[str, str], value: str | None
) -> None:
    month = f"2016-0{1 + (value is None)}"
    told = await sent(http, month, *(f"ltr_stock:{row}" for row in rows))
    assert told["counts"] == counts(2, rejected=1)
    found = (await got(http, f"/v1/deliveries/{told['id']}/findings", SENDER))["items"]
    assert (3, "duplicate_row") in [(one["row"], one["code"]) for one in found]
    assert ((reading := await read(http, month))["value"], reading["reason"]) == (value, None if value else "withheld")


async def test_what_is_kept_back_makes_good_what_was_rejected(http: httpx.AsyncClient) -> None:
    await owing(http, TOWN, "2016-05", "ltr_stock", due_on="2999-12-31")
    await sent(http, "2016-05", "ltr_stock:x", "ltr_inflow:1")
    assert (await status_of(http, "2016-05"))["rejected_rows"] == 1
    await sent(http, "2016-05", "ltr_stock:withheld")
    assert (await status_of(http, "2016-05"))["rejected_rows"] == 0
