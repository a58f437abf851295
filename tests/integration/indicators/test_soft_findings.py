"""Doubted figures by HTTP: kept, told with what is expected and what cures it, answered for once, then resolved."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
import pytest
from domain.identity import DeliveryId
from indicators.ports import Ports
from indicators.usecases.scrutinising import MOST_ATTEMPTS, resume, scrutinise
from support.apps import Stack
from support.doubting import done
from support.tokens import bearer
from support.units import all_units

TOWN, JOBCENTER = "05158004", "36402"
TOWNS = [unit["code"] for unit in all_units() if unit["kind"] == "city"]
CSV = {"Content-Type": "text/csv"}
AUDITOR, OPERATOR = bearer("auditor"), bearer("operator")
LEAD = bearer("controller", units=(TOWN,), subject="controlling-erkrath")
CALM = [1000, 1002, 998, 1001, 1003, 997, 1000, 999, 1001, 1000]


@pytest.fixture(scope="module")
def ports(stack: Stack) -> Ports:
    found: Ports = stack.indicators.state.ports
    return found


def rows(*told: tuple[str, str, str, object], dimension: str = "") -> str:
    header = f"unit,variable,month,value{dimension and ',' + dimension}"
    return "\n".join([header, *(",".join(map(str, row)) for row in told), ""])


def series(year: int, values: Iterable[int], unit: str = TOWN) -> str:
    return rows(*((unit, "elb_stock", f"{year}-{number:02}", value) for number, value in enumerate(values, 1)))


async def scrutinised(http: httpx.AsyncClient, content: str, sender: str = TOWN) -> dict[str, Any]:
    """Deliver and wait until the rules were held against it."""
    headers = {**bearer("uploader", units=(sender,), subject=f"sender-{sender}"), **CSV}
    answer = await http.post("/v1/deliveries", content=content.encode(), headers=headers)
    assert answer.status_code == 202
    return await done(http, answer.headers["location"])


async def doubts(http: httpx.AsyncClient, path: str = "/v1/soft-findings", **asked: Any) -> list[dict[str, Any]]:
    answer = await http.get(path, params=asked, headers=AUDITOR)
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_a_doubted_figure_is_kept_and_told_with_value_expectation_and_remedy(http: httpx.AsyncClient) -> None:
    told = await scrutinised(http, series(2010, [*CALM, 2500]))
    assert (told["status"], told["counts"]["accepted"], told["scrutiny"]) == ("accepted", 11, "done")
    path = f"/v1/deliveries/{told['id']}/soft-findings"
    german = {**bearer("uploader", units=(TOWN,)), "Accept-Language": "de"}
    found = (await http.get(path, headers=german)).json()["items"]
    assert [(f["month"], f["rule"], f["observed"], f["expected"]) for f in found] == [
        ("2010-11", "jump_persons", "2500", "1000"),
        ("2010-11", "outlier", "2500", "1000"),
    ]
    assert found[0]["detail"] == (
        "elb_stock ist 2500 im Monat 2010-11 nach 1000 im Vormonat; erwartet ist zwischen 900 und 1100"
    )
    assert "Berichtigung" in found[0]["remedy"]
    assert "correction" in (await doubts(http, path))[0]["remedy"]


async def test_a_correction_resolves_what_it_cures_and_nothing_else(http: httpx.AsyncClient) -> None:
    await scrutinised(http, series(2011, [*CALM, 2500]))
    cured = await scrutinised(http, rows((TOWN, "elb_stock", "2011-11", 1004)))
    found = await doubts(http, month="2011-11")
    assert {(f["status"], f["resolved_by"]) for f in found} == {("resolved", cured["id"])}
    assert await doubts(http, month="2011-11", status=["open", "acknowledged"]) == []


async def test_a_correction_of_the_month_before_is_held_against_the_month_after(http: httpx.AsyncClient) -> None:
    await scrutinised(http, series(2008, [500, 2000]))
    assert [f["month"] for f in await doubts(http, unit=TOWN, month="2008-02", status="open")] == ["2008-02"]
    await scrutinised(http, series(2008, [1990]))
    assert await doubts(http, unit=TOWN, month="2008-02", status="open") == []


async def test_the_same_doubt_again_stays_the_finding_that_was_answered_for(http: httpx.AsyncClient) -> None:
    await scrutinised(http, series(2012, [100, 900]))
    (first,) = await doubts(http, month="2012-02")
    answer = {"reason": "Zuständigkeit für zwei Stadtteile übernommen"}
    path = f"/v1/soft-findings/{first['id']}/acknowledgement"
    given = await http.post(path, json=answer, headers=LEAD)
    assert (given.status_code, given.json()["status"]) == (200, "acknowledged")
    assert given.json()["acknowledgement"]["by"] == "controlling-erkrath"
    await scrutinised(http, rows((TOWN, "integrations", "2012-02", 1)))
    assert [(f["id"], f["status"]) for f in await doubts(http, month="2012-02")] == [(first["id"], "acknowledged")]
    await scrutinised(http, rows((TOWN, "elb_stock", "2012-02", 950)))
    after = {f["id"]: f["status"] for f in await doubts(http, month="2012-02")}
    assert after.pop(first["id"]) == "resolved"
    assert list(after.values()) == ["open"]


async def test_a_figure_is_answered_for_once_and_with_a_reason(http: httpx.AsyncClient) -> None:
    await scrutinised(http, series(2013, [100, 900]))
    (found,) = await doubts(http, month="2013-02")
    path = f"/v1/soft-findings/{found['id']}/acknowledgement"
    for nothing in ("", " "):
        assert (await http.post(path, json={"reason": nothing}, headers=LEAD)).status_code == 422
    answers = await asyncio.gather(*(http.post(path, json={"reason": "geprüft"}, headers=LEAD) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert {a.json()["type"] for a in answers if a.status_code == 409} == {"/problems/soft-finding-done"}
    log = (await http.get("/v1/audit", params={"limit": 1000}, headers=AUDITOR)).json()["items"]
    resource = f"soft-finding:{found['id']}"
    assert [entry["action"] for entry in log if entry["resource"] == resource] == ["soft_finding.acknowledged"]


async def test_nobody_sees_or_answers_for_findings_out_of_reach(http: httpx.AsyncClient) -> None:
    await scrutinised(http, series(2014, [100, 900]))
    (found,) = await doubts(http, month="2014-02")
    stranger = bearer("controller", units=("05158008",))
    listed = await http.get("/v1/soft-findings", params={"month": "2014-02"}, headers=stranger)
    assert listed.json() == {"items": [], "next": None}
    one = f"/v1/soft-findings/{found['id']}"
    refused = await http.post(f"{one}/acknowledgement", json={"reason": "x"}, headers=stranger)
    assert (refused.status_code, refused.json()["type"]) == (404, "/problems/unknown-soft-finding")
    assert (await http.get(one, headers=stranger)).status_code == 404
    assert (await http.get("/v1/soft-findings", params={"unit": TOWN}, headers=stranger)).status_code == 404


async def test_a_whole_is_held_against_the_sum_of_its_parts_once_all_delivered(http: httpx.AsyncClient) -> None:
    whole = rows((JOBCENTER, "elb_stock", "2015-01", 1000))
    await scrutinised(http, whole, JOBCENTER)
    for town in TOWNS[:-1]:
        await scrutinised(http, series(2015, [100], town), town)
    assert await doubts(http, month="2015-01") == []
    await scrutinised(http, series(2015, [90], TOWNS[-1]), TOWNS[-1])
    (found,) = await doubts(http, month="2015-01")
    assert (found["unit"], found["kind"], found["observed"], found["expected"]) == (
        JOBCENTER,
        "sum_of_parts",
        "1000",
        "990",
    )
    assert found["basis"] == {"parts": "10"}
    await scrutinised(http, series(2015, [100], TOWNS[-1]), TOWNS[-1])
    assert await doubts(http, month="2015-01", status="open") == []


async def test_a_split_and_a_ratio_are_held_against_the_total(http: httpx.AsyncClient) -> None:
    told = [
        (TOWN, "elb_stock", "2016-01", 100, ""),
        (TOWN, "elb_stock", "2016-01", 70, "f"),
        (TOWN, "elb_stock", "2016-01", 20, "m"),
        (TOWN, "integrations", "2016-01", 60, ""),
    ]
    lines = "\n".join(",".join(map(str, row)) for row in told)
    await scrutinised(http, f"unit,variable,month,value,sex\n{lines}\n")
    found = await doubts(http, month="2016-01")
    assert sorted((f["rule"], f["split_by"], f["observed"], f["high"]) for f in found) == [
        ("integrations_per_elb", None, "60", "50.0"),
        ("split_within_total", "sex", "90", "100.5"),
    ]


async def test_a_delivery_taken_back_is_scrutinised_too(http: httpx.AsyncClient, ports: Ports) -> None:
    await scrutinised(http, series(2017, [1000, 1001]))
    wrong = await scrutinised(http, rows((TOWN, "elb_stock", "2017-02", 5000)))
    assert len(await doubts(http, month="2017-02", status="open")) == 1
    sender = bearer("uploader", units=(TOWN,), subject=f"sender-{TOWN}")
    back = await http.post(f"/v1/deliveries/{wrong['id']}/retraction", json={"reason": "falsch"}, headers=sender)
    assert back.json()["scrutiny"] == "pending"
    await resume(ports)
    assert (await done(http, back.headers["location"]))["scrutiny"] == "done"
    assert await doubts(http, month="2017-02", status="open") == []


async def test_pages_have_no_gaps_and_no_doubles(http: httpx.AsyncClient) -> None:
    await scrutinised(http, series(2018, [100, 900, 100, 900, 100, 900]))
    months = [f"2018-{number:02}" for number in range(1, 13)]
    seen: list[tuple[str, str]] = []
    asked: dict[str, Any] = {"month": months, "limit": 2}
    while True:
        page = (await http.get("/v1/soft-findings", params=asked, headers=AUDITOR)).json()
        seen += [(item["month"], item["id"]) for item in page["items"]]
        if page["next"] is None:
            break
        asked = {"month": months, "limit": 2, "cursor": page["next"]}
    assert len(seen) == len(set(seen)) == 5
    assert [month for month, _ in seen] == months[1:6]
    assert (await http.get("/v1/soft-findings?cursor=WyJ4Il0", headers=AUDITOR)).status_code == 422


async def test_a_scrutiny_that_fails_each_time_is_given_up_and_keeps_nothing(
    http: httpx.AsyncClient, ports: Ports
) -> None:
    await scrutinised(http, series(2019, [100, 900]))
    cured = await scrutinised(http, rows((TOWN, "elb_stock", "2019-02", 101)))
    sender = bearer("uploader", units=(TOWN,), subject=f"sender-{TOWN}")
    back = await http.post(f"/v1/deliveries/{cured['id']}/retraction", json={"reason": "doch"}, headers=sender)
    id = DeliveryId(UUID(back.json()["id"]))
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(OSError, match="no more ids"):
            await scrutinise(replace(ports, new_id=broken), id)
        assert await doubts(http, month="2019-02", status="open") == []
    await scrutinise(ports, id)
    assert (await http.get(back.headers["location"], headers=AUDITOR)).json()["scrutiny"] == "failed"


async def test_two_that_scrutinise_the_same_delivery_find_everything_once(
    http: httpx.AsyncClient, ports: Ports
) -> None:
    await scrutinised(http, series(2020, [100, 900]))
    cured = await scrutinised(http, rows((TOWN, "elb_stock", "2020-02", 101)))
    sender = bearer("uploader", units=(TOWN,), subject=f"sender-{TOWN}")
    back = await http.post(f"/v1/deliveries/{cured['id']}/retraction", json={"reason": "doch"}, headers=sender)
    id = DeliveryId(UUID(back.json()["id"]))
    await asyncio.gather(*(scrutinise(ports, id) for _ in range(4)))
    assert len(await doubts(http, month="2020-02", status="open")) == 1
    assert (await http.get(back.headers["location"], headers=AUDITOR)).json()["scrutiny"] == "done"


def broken() -> UUID:
    raise OSError("no more ids")
