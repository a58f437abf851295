"""Figures by what the catalogue splits: of one measure by its code, of a group of the profile, and *why*."""

from decimal import Decimal
from typing import Any

import httpx
import pytest
from domain.variable import DIMENSIONS
from support.tokens import bearer

TOWN, AUDITOR = "05158020", bearer("auditor")
COUNTS = {
    ("measure_participants", "AGH-2014.1"): 40,
    ("measure_completions", "AGH-2014.1"): 30,
    ("measure_participants", "BC_7"): 10,
    ("measure_completions", "BC_7"): 1,
}


@pytest.fixture(scope="module")
async def http(http: httpx.AsyncClient) -> httpx.AsyncClient:
    rows = [f"{TOWN},{variable},2014-05,{count},{code}," for (variable, code), count in COUNTS.items()]
    rows += [f"{TOWN},elb_stock,{year}-05,{count},,development" for year, count in (("2013", 10), ("2014", 7))]
    content = "\n".join(["unit,variable,month,value,measure,profile_group", *rows, ""]).encode()
    sender = {**bearer("uploader", units=(TOWN,)), "Content-Type": "text/csv"}
    answer = await http.post("/v1/deliveries", content=content, headers=sender)
    assert answer.json()["counts"]["accepted"] == 6, answer.text
    return http


async def asked(http: httpx.AsyncClient, path: str = "", **more: str) -> httpx.Response:
    span = {} if path else {"unit": TOWN, "from": "2014-05", "to": "2014-05"}
    return await http.get(f"/v1/readings{path}", params={**span, "view": "month", **more}, headers=AUDITOR)


async def test_a_rate_is_read_of_each_measure_by_its_code(http: httpx.AsyncClient) -> None:
    for code, rate in (("AGH-2014.1", "75"), ("BC_7", "10")):
        answer = await asked(http, indicator="measure_completion_rate", **{"dimension.measure": code})
        (item,) = answer.json()["items"]
        assert (Decimal(item["value"]), item["dimensions"]) == (Decimal(rate), {"measure": code})


async def test_of_a_measure_that_nobody_told_there_is_no_figure(http: httpx.AsyncClient) -> None:
    (item,) = (await asked(http, indicator="measure_completion_rate", **{"dimension.measure": "X"})).json()["items"]
    assert (item["value"], item["reason"]) == (None, "no_data")


async def test_why_leads_to_what_was_delivered_of_the_measure(http: httpx.AsyncClient) -> None:
    path = f"/{TOWN}/measure_completion_rate/2014-05/why"
    told: dict[str, Any] = (await asked(http, path, **{"dimension.measure": "BC_7"})).json()
    assert {(one["variable"], one["value"]) for one in told["inputs"]} == {
        ("measure_participants", "10"),
        ("measure_completions", "1"),
    }


async def test_stocks_are_read_by_group_of_the_profile(http: httpx.AsyncClient) -> None:
    of_group = {"dimension.profile_group": "development"}
    (item,) = (await asked(http, indicator="K1E2", **of_group)).json()["items"]
    assert (item["numerator"], item["denominator"]) == ("7", "10")
    assert item["dimensions"] == {"profile_group": "development"}


@pytest.mark.parametrize(
    ("group", "problem"),
    [
        ({"dimension.measure": "no code!"}, "bad-input"),
        ({"dimension.measure": "x" * 41}, "bad-input"),
        ({"dimension.profile_group": "stars"}, "bad-input"),
        ({"dimension.profile_group": "support"}, "not-split"),
    ],
)
async def test_what_is_no_group_of_the_figure_is_refused(
    http: httpx.AsyncClient, group: dict[str, str], problem: str
) -> None:
    answer = await asked(http, indicator="measure_completion_rate", **group)
    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{problem}")


@pytest.mark.parametrize("path", ["/v1/readings", "/v1/readings/{unit}/{indicator}/{month}/why"])
async def test_whatever_the_catalogue_splits_by_can_be_asked_for(http: httpx.AsyncClient, path: str) -> None:
    contract = (await http.get("/openapi.json")).json()
    names = {parameter["name"] for parameter in contract["paths"][path]["get"]["parameters"]}
    assert {f"dimension.{name}" for name in DIMENSIONS} == {name for name in names if name.startswith("dimension.")}
