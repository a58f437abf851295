"""Figures that are not there say why and who can cure it, by HTTP: kept back, rejected, not delivered, closed."""

from typing import Any

import httpx
from support.owing import AUDITOR, JOBCENTER, OPERATOR, OTHER, TOWN, delivered, got, owing, status_of
from support.tokens import bearer
from support.units import all_units

INDICATOR = "long_term_recipients_stock"
TOWNS = [unit["code"] for unit in all_units() if unit["kind"] == "city"]


async def read(http: httpx.AsyncClient, month: str, unit: str = TOWN, **more: Any) -> dict[str, Any]:
    asked = {"unit": unit, "indicator": INDICATOR, "view": "month", "from": month, "to": month, **more}
    (item,) = (await got(http, "/v1/readings", **asked))["items"]
    found: dict[str, Any] = item
    return found


async def test_a_figure_that_its_source_keeps_back_is_not_missing(http: httpx.AsyncClient) -> None:
    id = await delivered(http, "2013-01", "ltr_stock:withheld")
    told = await read(http, "2013-01")
    assert (told["value"], told["reason"], told["state"]) == (None, "withheld", "incomplete")
    (missing,) = told["missing"]
    assert (missing["why"], missing["delivery"], missing["senders"]) == ("withheld", id, [TOWN])
    path = f"/v1/readings/{TOWN}/{INDICATOR}/2013-01/why"
    why = await got(http, path, view="month")
    assert (why["reading"], why["missing"]) == (told, [missing])
    await delivered(http, "2013-01", "ltr_stock:7")
    assert (await read(http, "2013-01"))["value"] == "7"
    await delivered(http, "2013-01", "ltr_stock:withdrawn")
    assert (await read(http, "2013-01"))["reason"] == "no_data"


async def test_a_sum_lacks_the_part_that_is_kept_back_and_the_table_says_so(http: httpx.AsyncClient) -> None:
    for town in TOWNS[1:]:
        await delivered(http, "2013-02", "ltr_stock:10", unit=town)
    await delivered(http, "2013-02", "ltr_stock:withheld", unit=TOWNS[0])
    told = await read(http, "2013-02", JOBCENTER)
    assert (told["reason"], [one["unit"] for one in told["missing"]]) == ("withheld", [TOWNS[0]])
    asked = {"unit": JOBCENTER, "indicator": INDICATOR, "view": "month", "from": "2013-02", "to": "2013-02"}
    table = await http.get("/v1/readings", params={**asked, "format": "csv"}, headers=AUDITOR)
    assert ",withheld," in table.text
    sdmx = await http.get("/v1/readings", params={**asked, "format": "sdmx-csv"}, headers=AUDITOR)
    assert sdmx.text.splitlines()[1].endswith(",Q")


async def test_a_split_that_is_kept_back_says_nothing_of_the_total(http: httpx.AsyncClient) -> None:
    content = f"unit,variable,month,value,sex\n{TOWN},ltr_stock,2013-03,withheld,f\n"
    sender = {**bearer("uploader", units=(TOWN,), subject=TOWN), "Content-Type": "text/csv"}
    assert (await http.post("/v1/deliveries", content=content.encode(), headers=sender)).status_code == 202
    assert (await read(http, "2013-03"))["reason"] == "no_data"
    assert (await read(http, "2013-03", **{"dimension.sex": "f"}))["reason"] == "withheld"


async def test_what_became_known_since_an_instant_tells_that_a_figure_is_kept_back(http: httpx.AsyncClient) -> None:
    await delivered(http, "2013-04", "ltr_inflow:1")
    before = (await got(http, "/v1/deliveries", limit=1))["items"][0]["received_at"]
    asked = {"unit": TOWN, "indicator": INDICATOR, "view": "month", "from": "2013-04", "to": "2013-04"}
    assert (await got(http, "/v1/readings", **asked, updated_after=before))["items"] == []
    await delivered(http, "2013-04", "ltr_stock:withheld")
    (told,) = (await got(http, "/v1/readings", **asked, updated_after=before))["items"]
    assert told["reason"] == "withheld"
    assert (await read(http, "2013-04", as_of=before))["reason"] == "no_data"


async def test_rejected_rows_name_the_delivery_and_who_can_make_them_good(http: httpx.AsyncClient) -> None:
    id = await delivered(http, "2013-05", "ltr_inflow:1", "ltr_stock:x")
    (missing,) = (await read(http, "2013-05"))["missing"]
    assert (missing["why"], missing["delivery"], missing["senders"]) == ("rejected", id, [TOWN])


async def test_a_closed_month_and_a_responsible_sender_are_told_with_what_is_missing(http: httpx.AsyncClient) -> None:
    (free,) = (await read(http, "2013-06", OTHER))["missing"]
    assert (free["why"], free["senders"], free["month_closed"]) == ("not_delivered", [], False)
    named = {"unit": OTHER, "sender": "amt-haan", "variable": "ltr_stock", "from_month": "2013-06"}
    for path, sent in (
        ("/v1/sender-responsibilities", {"responsibilities": [named]}),
        ("/v1/closed-months", {"units": [OTHER], "month": "2013-06"}),
    ):
        answer = await http.post(path, json=sent, headers=OPERATOR)
        assert answer.is_success, answer.text
    (missing,) = (await read(http, "2013-06", OTHER))["missing"]
    assert (missing["senders"], missing["month_closed"]) == (["amt-haan"], True)
    permit = {"unit": OTHER, "month": "2013-06", "sender": "amt-haan", "until": "2999-12-31", "reason": "Nachmeldung"}
    assert (await http.post("/v1/late-permits", json=permit, headers=OPERATOR)).is_success
    (missing,) = (await read(http, "2013-06", OTHER))["missing"]
    assert missing["month_closed"] is False


async def test_what_is_kept_back_is_owed_no_more(http: httpx.AsyncClient) -> None:
    await owing(http, TOWN, "2013-07", "ltr_stock", "ltr_inflow", working_day=10)
    await delivered(http, "2013-07", "ltr_stock:withheld")
    partly = await status_of(http, "2013-07")
    assert (partly["status"], partly["missing"], partly["withheld"]) == ("incomplete", ["ltr_inflow"], ["ltr_stock"])
    await delivered(http, "2013-07", "ltr_inflow:3")
    whole = await status_of(http, "2013-07")
    assert (whole["status"], whole["missing"], whole["withheld_units"]) == ("late", [], [TOWN])
