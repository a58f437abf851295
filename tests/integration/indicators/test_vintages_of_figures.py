"""Every vintage of figures by HTTP: what they were, since when, and by which delivery."""

import csv
import io
from typing import Any

import httpx
import pytest
from support.owing import AUDITOR, delivered, got
from support.standing_scene import attest
from support.units import all_units

JOBCENTER, TOWN, OTHER = "36402", "05158004", "05158008"
TOWNS = [unit["code"] for unit in all_units() if unit["kind"] == "city"]
INDICATOR = "long_term_recipients_stock"
Q = {"indicator": INDICATOR, "view": "month", "include_history": "true"}


async def past(http: httpx.AsyncClient, *units: str, first: str, last: str | None = None, **more: Any) -> list[Any]:
    asked = {**Q, "unit": units, "from": first, "to": last or first, **more}
    items: list[Any] = (await got(http, "/v1/readings", **asked))["items"]
    return items


async def test_each_change_of_a_figure_is_told_with_its_instant_and_its_delivery(http: httpx.AsyncClient) -> None:
    by = [await delivered(http, "2013-01", row) for row in ("ltr_stock:10", "ltr_stock:11", "ltr_stock:withdrawn")]
    await delivered(http, "2013-01", "elb_stock:1")
    found = await past(http, TOWN, first="2013-01")
    assert [(one["value"], one["reason"], one["changed_by"]) for one in found] == [
        ("10", None, [by[0]]),
        ("11", None, [by[1]]),
        (None, "no_data", [by[2]]),
    ]
    for one in found:
        asked = {**Q, "unit": TOWN, "from": "2013-01", "to": "2013-01", "as_of": one["recorded_at"]}
        (then,) = (await got(http, "/v1/readings", **{**asked, "include_history": "false"}))["items"]
        assert {**then, "recorded_at": one["recorded_at"], "changed_by": one["changed_by"]} == one
        assert (await past(http, TOWN, first="2013-01", as_of=one["recorded_at"]))[-1] == one
    assert await past(http, TOWN, first="2013-01", updated_after=found[0]["recorded_at"]) == found[1:]


async def test_a_sum_has_a_vintage_for_each_part_that_completes_it_is_kept_back_or_told_again(
    http: httpx.AsyncClient,
) -> None:
    for town in TOWNS:
        await delivered(http, "2013-02", "ltr_stock:10", unit=town)
    await delivered(http, "2013-02", "ltr_stock:withheld", unit=TOWNS[0])
    await delivered(http, "2013-02", "ltr_stock:12", unit=TOWNS[0])
    found = await past(http, JOBCENTER, first="2013-02")
    assert [one["value"] for one in found] == [None] * (len(TOWNS) - 1) + ["100", None, "102"]
    assert [one["missing_count"] for one in found] == [*range(len(TOWNS) - 1, -1, -1), 1, 0]
    assert [one["reason"] for one in found[-2:]] == ["withheld", None]


async def test_what_was_kept_back_and_then_told_is_in_the_past_of_a_figure(http: httpx.AsyncClient) -> None:
    by = [await delivered(http, "2013-03", row) for row in ("ltr_stock:withheld", "ltr_stock:7")]
    found = await past(http, TOWN, first="2013-03")
    assert [(one["reason"], one["value"], one["changed_by"]) for one in found] == [
        ("withheld", None, by[:1]),
        (None, "7", by[1:]),
    ]
    assert found[0]["missing"][0]["why"] == "withheld"


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
async def test_pages_of_vintages_have_no_gaps_and_no_doubles(http: httpx.AsyncClient, limit: int) -> None:
    months = {"first": "2013-04", "last": "2013-06"}
    if limit == 1:
        for value in ("1", "2", "3"):
            for month in ("2013-04", "2013-06"):
                for unit in (TOWN, OTHER):
                    await delivered(http, month, f"ltr_stock:{value}", unit=unit)
    whole = await past(http, TOWN, OTHER, limit="1000", **months)
    assert len(whole) == 12
    asked = {**Q, "unit": [TOWN, OTHER], "from": "2013-04", "to": "2013-06", "limit": limit}
    found, cursor = list[Any](), dict[str, str]()
    while True:
        page = await got(http, "/v1/readings", **asked, **cursor)
        found += page["items"]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert found == whole


async def test_a_set_and_a_split_have_their_past_too(http: httpx.AsyncClient) -> None:
    for unit in (TOWN, OTHER):
        await delivered(http, "2013-07", "ltr_stock:5", unit=unit)
    found = await past(http, first="2013-07", set=f"nord:{TOWN},{OTHER}")
    assert [(one["unit"], one["value"]) for one in found] == [("set:nord", None), ("set:nord", "10")]
    assert await past(http, TOWN, first="2013-07", **{"dimension.sex": "f"}) == []


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "sdmx-csv", "sdmx-json"])
async def test_tables_have_the_instant_and_the_delivery(http: httpx.AsyncClient, form: str) -> None:
    if form == "csv":
        await delivered(http, "2013-08", "ltr_stock:5")
        await delivered(http, "2013-08", "ltr_stock:6")
        await attest(http, "2013-08")
    asked = {**Q, "unit": TOWN, "from": "2013-08", "to": "2013-08", "format": form}
    answer = await http.get("/v1/readings", params=asked, headers=AUDITOR)
    assert answer.status_code == 200, answer.text
    items = await past(http, TOWN, first="2013-08")
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert [(row["value"], row["recorded_at"], row["changed_by"]) for row in rows] == [
            (one["value"], one["recorded_at"], one["changed_by"][0]) for one in items
        ]
        assert [row["attested"] for row in rows] == ["true", "true"]
    if form == "sdmx-csv":
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert [(row["ACTION"], row["RECORDED_AT"], row["OBS_VALUE"]) for row in rows] == [
            ("I", one["recorded_at"], one["value"]) for one in items
        ]


@pytest.mark.parametrize("cursor", ["x", "WyJhIiwgImIiLCAiYyIsICJkIiwgImUiXQ", "WyJhIiwgImIiLCAiYyIsICJkIl0"])
async def test_a_cursor_of_another_list_is_refused(http: httpx.AsyncClient, cursor: str) -> None:
    asked = {**Q, "unit": TOWN, "from": "2013-01", "to": "2013-01", "cursor": cursor}
    refused = await http.get("/v1/readings", params=asked, headers=AUDITOR)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/bad-cursor")


async def test_a_dry_run_has_no_past(http: httpx.AsyncClient) -> None:
    asked = {**Q, "unit": TOWN, "from": "2013-01", "to": "2013-01"}
    tried = {"with_dry_run": "0199a3c2-7f4e-7b1a-9c55-3d2f8e6a1b40"}
    refused = await http.get("/v1/readings", params={**asked, **tried}, headers=AUDITOR)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/contradictory")
    two = {"include_history": "true", "includeHistory": "false"}
    refused = await http.get("/v1/readings", params={**asked, **two}, headers=AUDITOR)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/contradictory")
