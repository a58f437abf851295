"""Every figure says whether somebody stands for it or contests it, and is read as a release knew it."""

import io
from typing import Any

import httpx
import openpyxl
import polars as pl
import pytest
from support.tokens import bearer

TOWN, MONTH = "05158004", "2011-03"
STOCK = "long_term_recipients_stock"


@pytest.fixture(scope="module")
async def http(http: httpx.AsyncClient) -> httpx.AsyncClient:
    assert await delivered(http, "17283") == "accepted"
    return http


async def delivered(http: httpx.AsyncClient, value: str) -> str:
    content = f"unit,variable,month,value\n{TOWN},ltr_stock,{MONTH},{value}\n"
    headers = {**bearer("uploader", units=(TOWN,)), "Content-Type": "text/csv"}
    return str((await http.post("/v1/deliveries", content=content, headers=headers)).json()["status"])


async def reading(http: httpx.AsyncClient, **more: str) -> dict[str, Any]:
    asked = {"unit": TOWN, "indicator": STOCK, "from": MONTH, "to": MONTH, "view": "month", **more}
    answer = await http.get("/v1/readings", params=asked, headers=bearer("auditor"))
    assert answer.status_code == 200, answer.text
    item: dict[str, Any] = answer.json()["items"][0]
    return item


async def test_a_figure_is_not_attested_and_not_contested_until_somebody_does(http: httpx.AsyncClient) -> None:
    figure = await reading(http)
    assert (figure["value"], figure["attested"], figure["objections"]) == ("17283", False, 0)


async def test_who_stands_for_a_month_stands_for_its_figures(http: httpx.AsyncClient) -> None:
    said = {"unit": TOWN, "month": MONTH, "office": "Geschäftsführung"}
    given = await http.post("/v1/attestations", json=said, headers=bearer("unit_lead", units=(TOWN,)))
    assert given.status_code == 201, given.text
    assert (await reading(http))["attested"] is True
    why = await http.get(f"/v1/readings/{TOWN}/{STOCK}/{MONTH}/why?view=month", headers=bearer("auditor"))
    assert why.json()["reading"]["attested"] is True


async def test_an_objection_shows_at_the_very_figure_it_contests(http: httpx.AsyncClient) -> None:
    said = {
        "unit": TOWN,
        "indicator": STOCK,
        "view": "month",
        "month": MONTH,
        "contested": "17283",
        "held_right": "17280",
        "reason": "drei Personen doppelt",
        "source": "Fachverfahren",
    }
    raised = await http.post("/v1/objections", json=said, headers=bearer("controller", units=(TOWN,)))
    assert raised.status_code == 201, raised.text
    assert (await reading(http))["objections"] == 1
    assert (await reading(http, view="year_to_date"))["objections"] == 0


async def test_tables_say_the_same_in_every_form(http: httpx.AsyncClient) -> None:
    asked = {"unit": [TOWN, "05158008"], "indicator": STOCK, "from": "2011-02", "to": MONTH, "view": "month"}

    async def table(form: str) -> bytes:
        answer = await http.get("/v1/readings", params={**asked, "format": form}, headers=bearer("auditor"))
        assert answer.status_code == 200, answer.text
        return answer.content

    unmarked = ("2011-02", "0")
    rows = pl.read_csv(await table("csv"), infer_schema=False)
    marks = [tuple(row) for row in rows.select("month", "objections").rows()]
    assert marks == [unmarked, (MONTH, "1"), unmarked, (MONTH, "0")]
    assert rows["attested"].to_list() == ["false", "true", "false", "false"]
    sheet = openpyxl.load_workbook(io.BytesIO(await table("xlsx"))).worksheets[0]
    header, *cells = sheet.iter_rows(values_only=True)
    told = [(row[header.index("attested")], row[header.index("objections")]) for row in cells]
    assert told == [(False, 0), (True, 1), (False, 0), (False, 0)]
    kept = pl.read_parquet(await table("parquet"))
    assert kept["attested"].to_list() == [False, True, False, False]
    sdmx = pl.read_csv(await table("sdmx-csv"), infer_schema=False)
    assert sdmx.select("ATTESTED", "OBJECTIONS").row(1) == ("true", "1")


async def test_a_release_is_read_as_it_knew_the_figures(http: httpx.AsyncClient) -> None:
    release = {
        "code": "2011-Q1",
        "title": "Datenstand März 2011",
        "kind": "provisional",
        "from_month": "2011-01",
        "until_month": MONTH,
    }
    published = await http.post("/v1/releases", json=release, headers=bearer("operator"))
    assert published.status_code == 201, published.text
    assert await delivered(http, "17300") == "accepted"
    assert (await reading(http))["value"] == "17300"
    assert (await reading(http, release="2011-Q1"))["value"] == "17283"
    both = {
        "unit": TOWN,
        "indicator": STOCK,
        "from": MONTH,
        "to": MONTH,
        "release": "2011-Q1",
        "as_of": "2012-01-01T00:00:00Z",
    }
    refused = await http.get("/v1/readings", params=both, headers=bearer("auditor"))
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/contradictory")
