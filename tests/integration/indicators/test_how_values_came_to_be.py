"""Extrapolated first releases and imputed gaps by HTTP: told with the value, shown on figures, ended by a count."""

import csv
import io
from typing import Any

import httpx
import openpyxl
import polars as pl
from support.standing_scene import OPERATOR, SUPERVISOR, TOWN, attest, items
from support.tokens import bearer

AUDITOR = bearer("auditor")
SENDER = {**bearer("uploader", units=(TOWN,), subject=f"sender-{TOWN}"), "Content-Type": "text/csv"}
INDICATOR = "long_term_recipients_stock"


async def told(http: httpx.AsyncClient, month: str, value: str, status: str | None = None, query: str = "") -> Any:
    """Deliver one value, with a column that says how it came to be or without."""
    more, cell = ("", "") if status is None else (";Datenstand", f";{status}")
    content = f"Einheit;Größe;Monat;Wert{more}\n{TOWN};ltr_stock;{month};{value}{cell}\n"
    answer = await http.post(f"/v1/deliveries{query}", content=content.encode(), headers=SENDER)
    assert answer.json()["status"] == "accepted", answer.text
    return answer.json()


async def got(http: httpx.AsyncClient, path: str, month: str, **more: str) -> httpx.Response:
    of = {"variable": "ltr_stock"} if path == "/v1/observations" else {"indicator": INDICATOR, "view": "month"}
    asked = {"unit": TOWN, **of, "from": month, "to": month, **more}
    answer = await http.get(path, params=asked, headers=AUDITOR)
    assert answer.status_code == 200, answer.text
    return answer


async def state(http: httpx.AsyncClient, month: str, **more: str) -> tuple[str, str]:
    (item,) = (await got(http, "/v1/readings", month, **more)).json()["items"]
    return item["value"], item["state"]


async def test_a_figure_says_that_it_is_extrapolated_until_the_value_is_counted(http: httpx.AsyncClient) -> None:
    await told(http, "2013-01", "811,6", "hochgerechnet")
    assert await state(http, "2013-01") == ("811.6", "extrapolated")
    assert (await told(http, "2013-01", "811,6", "hochgerechnet", "?mode=complete"))["counts"]["unchanged"] == 1
    ended = await told(http, "2013-01", "811,6")
    assert ended["counts"]["corrected"] == 1
    assert await state(http, "2013-01") == ("811.6", "final")
    history = (await got(http, "/v1/observations", "2013-01", include_history="true")).json()["items"]
    assert [(one["value"], one["status"]) for one in history] == [("811.6", "extrapolated"), ("811.6", "counted")]
    assert await state(http, "2013-01", as_of=history[0]["recorded_at"]) == ("811.6", "extrapolated")


async def test_a_dry_run_shows_what_would_become_counted(http: httpx.AsyncClient) -> None:
    await told(http, "2013-02", "7", "imputed")
    dry = await told(http, "2013-02", "7", query="?dry_run=true")
    (found,) = await items(http, f"/v1/deliveries/{dry['id']}/differences", AUDITOR)
    assert (found["old"], found["old_status"], found["new"], found["new_status"]) == ("7", "imputed", "7", "counted")
    assert await state(http, "2013-02") == ("7", "imputed")
    assert await state(http, "2013-02", with_dry_run=dry["id"]) == ("7", "final")


async def test_the_explanation_names_how_each_input_came_to_be(http: httpx.AsyncClient) -> None:
    await told(http, "2013-03", "5", "Fortgeschrieben")
    why = (await http.get(f"/v1/readings/{TOWN}/{INDICATOR}/2013-03/why?view=month", headers=AUDITOR)).json()
    assert (why["reading"]["state"], [one["status"] for one in why["inputs"]]) == ("imputed", ["imputed"])


async def test_a_value_taken_back_has_no_status(http: httpx.AsyncClient) -> None:
    await told(http, "2013-04", "5", "hochgerechnet")
    await told(http, "2013-04", "withdrawn", "hochgerechnet")
    history = (await got(http, "/v1/observations", "2013-04", include_history="true")).json()["items"]
    assert [(one["value"], one["status"]) for one in history] == [("5", "extrapolated"), (None, None)]


async def test_a_word_that_says_nothing_is_a_finding_with_its_remedy(http: httpx.AsyncClient) -> None:
    content = f"unit,variable,month,value,status\n{TOWN},ltr_stock,2013-05,5,geschätzt\n"
    answer = await http.post("/v1/deliveries", content=content.encode(), headers=SENDER)
    german = {**AUDITOR, "Accept-Language": "de"}
    (found,) = (await http.get(f"/v1/deliveries/{answer.json()['id']}/findings", headers=german)).json()["items"]
    assert (found["column"], found["code"], found["value"]) == ("status", "unknown_status", "geschätzt")
    assert "hochgerechnet" in found["detail"]


async def test_tables_tell_it_too(http: httpx.AsyncClient) -> None:
    await told(http, "2013-06", "5,5", "hochgerechnet")
    for path, column in (("/v1/observations", "status"), ("/v1/readings", "state")):
        rows = list(csv.DictReader(io.StringIO((await got(http, path, "2013-06", format="csv")).text)))
        assert [row[column] for row in rows] == ["extrapolated"]
        sdmx = list(csv.DictReader(io.StringIO((await got(http, path, "2013-06", format="sdmx-csv")).text)))
        assert [row["OBS_STATUS"] for row in sdmx] == ["E"]
        frame = pl.read_parquet((await got(http, path, "2013-06", format="parquet")).content)
        assert frame[column].to_list() == ["extrapolated"]
        book = openpyxl.load_workbook(io.BytesIO((await got(http, path, "2013-06", format="xlsx")).content))
        header, row = book.worksheets[0].iter_rows(values_only=True)
        assert dict(zip(header, row, strict=True))[column] == "extrapolated"
        data = (await got(http, path, "2013-06", format="sdmx-json")).json()["data"]
        names = [one["id"] for one in data["structures"][0]["attributes"]["observation"]]
        (told_values,) = data["dataSets"][0]["observations"].values()
        assert dict(zip(["OBS_VALUE", *names], told_values, strict=True))["OBS_STATUS"] == "E"


async def test_what_changed_between_two_releases_tells_that_a_value_was_counted(http: httpx.AsyncClient) -> None:
    months = {"from_month": "2013-07", "until_month": "2013-07", "kind": "provisional"}
    await told(http, "2013-07", "9", "hochgerechnet")
    for code in ("vorher", "nachher"):
        made = await http.post("/v1/releases", json={"code": code, "title": code, **months}, headers=OPERATOR)
        assert made.status_code == 201
        await told(http, "2013-07", "9")
    found = await items(http, "/v1/releases/nachher/changes", SUPERVISOR, since="vorher")
    assert [(one["old"], one["old_status"], one["new"], one["new_status"]) for one in found] == [
        ("9", "extrapolated", "9", "counted")
    ]


async def test_who_stands_for_a_month_stands_for_how_its_values_came_to_be(http: httpx.AsyncClient) -> None:
    digests = []
    for status in ("hochgerechnet", "gezählt", None):
        await told(http, "2013-08", "9", status)
        made = await attest(http, "2013-08")
        digests.append(made.json()["digest"])
        reason, version = {"reason": "neuer Stand"}, {"If-Match": made.headers["etag"]}
        lead = bearer("unit_lead", units=(TOWN,), subject="lead")
        await http.post(f"{made.headers['location']}/withdrawal", json=reason, headers={**lead, **version})
    assert digests[0] != digests[1] == digests[2]
