"""Every figure says whether somebody stands for it or contests it, and is read as a release knew it."""

import io
from typing import Any

import httpx
import openpyxl
import polars as pl
import pytest
from support.tokens import bearer

TOWN, JOBCENTER, MONTH = "05158004", "36402", "2011-03"
STOCK = "long_term_recipients_stock"


@pytest.fixture(scope="module")
async def http(http: httpx.AsyncClient) -> httpx.AsyncClient:
    assert await delivered(http, "17283") == "accepted"
    return http


async def delivered(http: httpx.AsyncClient, value: str, month: str = MONTH) -> str:
    content = f"unit,variable,month,value\n{TOWN},ltr_stock,{month},{value}\n"
    headers = {**bearer("uploader", units=(TOWN,)), "Content-Type": "text/csv"}
    return str((await http.post("/v1/deliveries", content=content, headers=headers)).json()["status"])


async def publish(http: httpx.AsyncClient, code: str, first: str) -> None:
    sent = {"code": code, "title": code, "kind": "provisional", "from_month": first, "until_month": MONTH}
    published = await http.post("/v1/releases", json=sent, headers=bearer("operator"))
    assert published.status_code == 201, published.text


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
    await publish(http, "2011-Q1", "2011-01")
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


async def test_a_release_tells_no_months_but_its_own(http: httpx.AsyncClient) -> None:
    await publish(http, "2011-02", "2011-02")
    asked = {"unit": TOWN, "from": "2011-02", "to": "2011-04", "release": "2011-02"}
    answers = [
        await http.get(path, params=params, headers={**bearer("auditor"), "Accept-Language": "de"})
        for path, params in (
            ("/v1/readings", {**asked, "indicator": STOCK}),
            ("/v1/readings", {**asked, "indicator": STOCK, "format": "csv"}),
            ("/v1/observations", {**asked, "variable": "ltr_stock"}),
            (f"/v1/readings/{TOWN}/{STOCK}/2011-01/why", {"release": "2011-02"}),
        )
    ]
    assert {(answer.status_code, answer.json()["type"]) for answer in answers} == {
        (422, "/problems/months-not-released")
    }
    assert "2011-02 bis 2011-03" in answers[0].json()["detail"]


async def test_a_view_of_a_released_month_looks_back_at_months_before_as_known_then(http: httpx.AsyncClient) -> None:
    for month, value in (("2011-01", "100"), ("2011-02", "300"), (MONTH, "17300")):
        assert await delivered(http, value, month) == "accepted"
    await publish(http, "2011-03", MONTH)
    assert await delivered(http, "103", "2011-01") == "accepted"
    assert (await reading(http, view="year_to_date"))["value"] == "5901"
    assert (await reading(http, view="year_to_date", release="2011-03"))["value"] == "5900"


async def test_nobody_stands_for_a_figure_that_changed_since(http: httpx.AsyncClient) -> None:
    assert (await reading(http))["attested"] is False
    asked = {"unit": TOWN, "indicator": STOCK, "from": MONTH, "to": MONTH, "view": "month", "format": "csv"}
    table = await http.get("/v1/readings", params=asked, headers=bearer("auditor"))
    assert pl.read_csv(table.content, infer_schema=False)["attested"].to_list() == ["false"]


async def test_a_jobcenter_does_not_stand_for_its_figures_once_a_town_corrects_one(http: httpx.AsyncClient) -> None:
    said = {"unit": JOBCENTER, "month": MONTH}
    lead = bearer("unit_lead", units=(JOBCENTER,))
    given = await http.post("/v1/attestations", json=said, headers=lead)
    assert given.status_code == 201, given.text
    assert (await reading(http, unit=JOBCENTER))["attested"] is True
    assert await delivered(http, "17301") == "accepted"
    assert (await reading(http, unit=JOBCENTER))["attested"] is False
