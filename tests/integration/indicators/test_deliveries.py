"""Deliveries by HTTP: what is kept, what is refused, what was known when."""

import asyncio
import base64
import hashlib
from typing import Any

import httpx
import pytest
from support.tokens import bearer
from support.units import all_units

TOWN, OTHER, JOBCENTER = "05158004", "05158008", "36402"
CSV = {"Content-Type": "text/csv"}


def file(month: str, *values: str, variable: str = "ltr_stock", unit: str = TOWN) -> str:
    return "\n".join(["unit,variable,month,value", *(f"{unit},{variable},{month},{value}" for value in values), ""])


async def delivered(
    http: httpx.AsyncClient, content: str, query: str = "", unit: str = TOWN, **headers: str
) -> httpx.Response:
    sender = {**bearer("uploader", units=(unit,), subject=f"sender-{unit}"), **CSV, **headers}
    return await http.post(f"/v1/deliveries{query}", content=content.encode(), headers=sender)


async def observed(http: httpx.AsyncClient, month: str, **more: str) -> list[dict[str, Any]]:
    asked = {"unit": TOWN, "variable": "ltr_stock", "from": month, "to": month, **more}
    answer = await http.get("/v1/observations", params=asked, headers=bearer("auditor"))
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_good_rows_are_kept_and_bad_ones_named_with_their_remedy(http: httpx.AsyncClient) -> None:
    answer = await delivered(
        http, file("2012-01", "100") + f"{TOWN},ltr_stock,2012-13,1\n{OTHER},ltr_stock,2012-01,1\n"
    )
    told = answer.json()
    assert (answer.status_code, told["status"]) == (202, "partially_accepted")
    assert (told["counts"]["read"], told["counts"]["accepted"], told["counts"]["rejected"]) == (3, 1, 2)
    german = {**bearer("uploader", units=(TOWN,)), "Accept-Language": "de"}
    found = (await http.get(f"{answer.headers['location']}/findings", headers=german)).json()
    assert [(f["row"], f["column"], f["code"]) for f in found["items"]] == [
        (3, "month", "bad_month"),
        (4, "unit", "not_your_unit"),
    ]
    assert "JJJJ-MM" in found["items"][0]["detail"]
    assert [entry["value"] for entry in await observed(http, "2012-01")] == ["100"]


async def test_one_bad_row_refuses_the_whole_file_where_that_is_asked_for(http: httpx.AsyncClient) -> None:
    answer = await delivered(http, file("2012-02", "100", "x"), "?on_error=reject")
    assert answer.json()["status"] == "rejected"
    assert await observed(http, "2012-02") == []


async def test_the_same_bytes_again_change_nothing_and_say_so(http: httpx.AsyncClient) -> None:
    first, again = [await delivered(http, file("2012-03", "7")) for _ in range(2)]
    assert (first.status_code, again.status_code) == (202, 200)
    settled = {"scrutiny": "done"}
    assert {**first.json(), **settled} == {**again.json(), **settled}
    assert len(await observed(http, "2012-03", include_history="true")) == 1


async def test_the_same_bytes_at_once_are_one_delivery(http: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(delivered(http, file("2012-04", "8")) for _ in range(4)))
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(await observed(http, "2012-04", include_history="true")) == 1


async def test_a_correction_is_a_new_revision_and_the_past_stays_as_it_was_known(http: httpx.AsyncClient) -> None:
    await delivered(http, file("2012-05", "10.50"))
    known = (await observed(http, "2012-05"))[0]["recorded_at"]
    corrected = await delivered(http, file("2012-05", "11"))
    assert corrected.json()["counts"]["corrected"] == 1
    assert [o["value"] for o in await observed(http, "2012-05", as_of=known)] == ["10.50"]
    assert [o["value"] for o in await observed(http, "2012-05", include_history="true")] == ["10.50", "11"]


async def test_the_same_number_written_otherwise_is_no_correction(http: httpx.AsyncClient) -> None:
    await delivered(http, file("2012-06", "12.50"))
    assert (await delivered(http, file("2012-06", "12.5"))).json()["counts"]["unchanged"] == 1


async def test_a_dry_run_tells_the_differences_and_keeps_nothing(http: httpx.AsyncClient) -> None:
    await delivered(http, file("2012-07", "1"))
    dry = await delivered(http, file("2012-07", "2"), "?dry_run=true")
    told = (await http.get(f"{dry.headers['location']}/differences", headers=bearer("auditor"))).json()["items"]
    assert [(d["old"], d["new"]) for d in told] == [("1", "2")]
    assert [o["value"] for o in await observed(http, "2012-07")] == ["1"]


async def test_a_complete_delivery_withdraws_what_it_no_longer_has(http: httpx.AsyncClient) -> None:
    months = "".join(f"{TOWN},ltr_stock,{month},5\n" for month in ("2012-08", "2012-09"))
    split = f"unit,variable,month,value,sex\n{TOWN},ltr_stock,2012-08,9,\n{TOWN},ltr_stock,2012-08,4,f\n"
    await delivered(http, f"unit,variable,month,value\n{months}")
    await delivered(http, split)
    whole = f"unit,variable,month,value,sex\n{TOWN},ltr_stock,2012-08,9,\n{TOWN},ltr_stock,2012-09,3,f\n"
    assert (await delivered(http, whole, "?mode=complete")).json()["counts"]["withdrawn"] == 2


async def test_announced_bytes_must_be_the_bytes_that_arrive(http: httpx.AsyncClient) -> None:
    content = file("2012-10", "1")
    right = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    wrong, other = base64.b64encode(bytes(32)).decode(), base64.b64encode(bytes(64)).decode()
    for announced in (
        f"sha-256=:{wrong}:",
        "sha-256=::",
        f"sha-512=:{other}:",
        f"sha-256=:{right}:, sha-512=:{other}:",
    ):
        refused = await delivered(http, content, **{"Content-Digest": announced})
        assert (refused.status_code, refused.json()["type"]) == (422, "/problems/digest-differs")
    for announced in ("foo", "sha-256", "sha-256=abc", f"SHA-256=:{right}:", "sha-256=:no digest:", "md5=:AAAA:", ""):
        refused = await delivered(http, content, **{"Content-Digest": announced})
        assert (refused.status_code, refused.json()["type"]) == (422, "/problems/digest-unreadable"), announced
    taken = await delivered(http, content, **{"Content-Digest": f"md5=:AAAA:, sha-256=:{right}:"})
    assert (taken.status_code, taken.json()["ltr_variant"]) == (202, None)


@pytest.mark.parametrize(
    ("content", "media_type", "status", "problem"),
    [
        ("", "text/csv", 422, "file-empty"),
        ("unit,month\n1,2\n", "text/csv", 422, "columns-missing"),
        ("x", "application/pdf", 415, "not-this-format"),
        ("PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 422, "file-broken"),
        ("[" * 100_000, "application/json", 422, "file-broken"),
    ],
)
async def test_a_file_that_cannot_be_read_changes_nothing(
    http: httpx.AsyncClient, content: str, media_type: str, status: int, problem: str
) -> None:
    answer = await delivered(http, content, **{"Content-Type": media_type})
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{problem}")


async def test_a_sum_has_no_value_while_one_town_is_missing_and_names_it(http: httpx.AsyncClient) -> None:
    towns = [unit["code"] for unit in all_units() if unit["kind"] == "city"]
    for town in towns[1:]:
        await delivered(http, file("2013-01", "10", unit=town), unit=town)
    asked = {"unit": JOBCENTER, "indicator": "long_term_recipients_stock", "from": "2013-01", "to": "2013-01"}
    missing = (await http.get("/v1/readings", params=asked, headers=bearer("auditor"))).json()["items"][0]
    assert (missing["value"], missing["reason"], missing["state"]) == (None, "missing_input", "incomplete")
    assert [entry["unit"] for entry in missing["missing"]] == [towns[0]]
    await delivered(http, file("2013-01", "10", unit=towns[0]), unit=towns[0])
    whole = (await http.get("/v1/readings", params=asked, headers=bearer("auditor"))).json()["items"][0]
    assert (whole["value"], whole["state"], len(whole["deliveries"])) == ("100", "final", len(towns))


async def test_pages_of_readings_have_no_gaps_and_no_doubles(http: httpx.AsyncClient) -> None:
    asked = {"unit": [TOWN, JOBCENTER], "indicator": ["K2", "K3"], "from": "2012-01", "to": "2012-12", "limit": "7"}
    seen: list[tuple[str, str, str]] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await http.get("/v1/readings", params={**asked, **cursor}, headers=bearer("auditor"))).json()
        seen += [(item["unit"], item["indicator"], item["month"]) for item in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert len(seen) == len(set(seen)) == 48
    assert seen == sorted(seen)


async def test_a_formula_that_makes_no_sense_is_refused_with_the_reason(http: httpx.AsyncClient) -> None:
    sent = {
        "indicator": "X1",
        "version": 1,
        "valid_from": "2014-01-01",
        "label": "X",
        "label_en": "X",
        "formula": "sum12(elb_stock)",
        "measure": "persons",
        "places": 0,
        "default_view": "month",
        "source": "Test",
        "checked_against": "Test",
    }
    refused = await http.post("/v1/indicators", json=sent, headers=bearer("operator"))
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/stock-summed")
    assert "avg12" in refused.json()["detail"]
    broken = await http.post("/v1/indicators", json={**sent, "formula": "elb_stock ÷"}, headers=bearer("operator"))
    assert broken.json()["type"] == "/problems/formula-unreadable"
