"""Deliveries on their way: packed, many at once, followed, cancelled, taken back, broken."""

import asyncio
import gzip
import json

import httpx
from support.sending import TOWN, delivered, known, sender

NDJSON = "application/x-ndjson"
NAMES = ("unit", "variable", "month", "value")


async def test_a_packed_file_is_unpacked(http: httpx.AsyncClient) -> None:
    content = gzip.compress(f"unit,variable,month,value\n{TOWN},elb_stock,2011-07,1\n".encode())
    told = await delivered(http, content, **{"Content-Encoding": "gzip"})
    assert told.json()["counts"]["accepted"] == 1
    cut = await delivered(http, content[:-5], **{"Content-Encoding": "gzip"})
    assert (cut.status_code, cut.json()["type"]) == (422, "/problems/file-broken")


async def test_a_delivery_taken_back_leaves_what_was_known_before(http: httpx.AsyncClient) -> None:
    await delivered(http, f"unit,variable,month,value\n{TOWN},elb_stock,2011-08,1\n".encode())
    wrong = await delivered(
        http, f"unit,variable,month,value\n{TOWN},elb_stock,2011-08,99\n{TOWN},elb_stock,2011-09,98\n".encode()
    )
    location = wrong.headers["location"]
    done = await http.post(f"{location}/retraction", json={"reason": "falsche Datei"}, headers=sender())
    assert (done.status_code, done.json()["counts"]["corrected"], done.json()["counts"]["withdrawn"]) == (201, 1, 1)
    assert [one["value"] for one in await known(http, "elb_stock", "2011-08")] == ["1"]
    assert [one["value"] for one in await known(http, "elb_stock", "2011-09")] == [None]
    known_again = await delivered(
        http, f"unit,variable,month,value\n{TOWN},elb_stock,2011-08,99\n{TOWN},elb_stock,2011-09,98\n".encode()
    )
    assert (known_again.status_code, known_again.json()["counts"]["accepted"]) == (202, 2)
    again = await http.post(f"{location}/retraction", json={"reason": "falsche Datei"}, headers=sender())
    assert (again.status_code, again.json()["type"]) == (409, "/problems/nothing-to-take-back")


async def test_a_delivery_that_was_taken_back_says_so_and_its_retraction_says_of_which_and_why(
    http: httpx.AsyncClient,
) -> None:
    wrong = await delivered(http, f"unit,variable,month,value\n{TOWN},elb_stock,2010-01,99\n".encode())
    location, nothing = wrong.headers["location"], {"retracts": None, "retracted_by": None, "reason": None}
    before = await http.get(location, headers=sender())
    assert nothing.items() <= before.json().items()
    sent = {"reason": "falscher Monat"}
    assert (await http.post(f"{location}/retraction", json={"reason": " "}, headers=sender())).status_code == 422
    done = (await http.post(f"{location}/retraction", json=sent, headers=sender())).json()
    assert {**nothing, "retracts": before.json()["id"], **sent}.items() <= done.items()
    after = await http.get(location, headers={**sender(), "If-None-Match": before.headers["etag"]})
    assert (after.status_code, after.headers["etag"] != before.headers["etag"]) == (200, True)
    assert {**nothing, "retracted_by": done["id"], **sent}.items() <= after.json().items()
    newest = (await http.get("/v1/deliveries?limit=2", headers=sender())).json()["items"]
    assert newest == [done, after.json()]


async def test_what_a_delivery_changed_is_told_afterwards_too(http: httpx.AsyncClient) -> None:
    await delivered(http, f"unit,variable,month,value\n{TOWN},elb_stock,2011-10,5\n".encode())
    second = await delivered(http, f"unit,variable,month,value\n{TOWN},elb_stock,2011-10,6\n".encode())
    told = (await http.get(f"{second.headers['location']}/differences", headers=sender())).json()["items"]
    assert [(one["old"], one["new"]) for one in told] == [("5", "6")]


async def test_a_row_takes_a_value_back_by_its_own_marker_and_never_by_being_empty(http: httpx.AsyncClient) -> None:
    await delivered(http, f"unit,variable,month,value\n{TOWN},elb_stock,2011-11,5\n".encode())
    empty = await delivered(http, f"unit,variable,month,value\n{TOWN},elb_stock,2011-11,\n".encode())
    assert empty.json()["status"] == "rejected"
    gone = await delivered(http, f"unit,variable,month,value\n{TOWN},elb_stock,2011-11,withdrawn\n".encode())
    assert gone.json()["counts"]["withdrawn"] == 1
    assert [one["value"] for one in await known(http, "elb_stock", "2011-11")] == [None]


async def test_who_does_not_wait_follows_a_delivery_to_its_outcome(http: httpx.AsyncClient) -> None:
    rows = "".join(f"{TOWN},elb_stock,2005-{month:02},{month}\n" for month in range(1, 13))
    sent = await delivered(http, f"unit,variable,month,value\n{rows}".encode(), Prefer="wait=0")
    assert (sent.status_code, sent.json()["status"]) in {(202, "received"), (202, "processing"), (202, "accepted")}
    async with http.stream("GET", f"{sent.headers['location']}/events", headers=sender()) as events:
        lines = [line async for line in events.aiter_lines() if line.startswith("event: ")]
    assert lines[-1] == "event: accepted"


async def test_a_delivery_that_is_done_cannot_be_cancelled(http: httpx.AsyncClient) -> None:
    sent = await delivered(http, f"unit,variable,month,value\n{TOWN},elb_stock,2005-01,77\n".encode())
    refused = await http.post(f"{sent.headers['location']}/cancellation", headers=sender())
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/delivery-done")


async def test_deliveries_of_many_senders_at_once_are_all_taken(http: httpx.AsyncClient) -> None:
    async def one(number: int) -> str:
        own = {**sender(subject=f"jobcenter-{number}"), "Content-Type": "text/csv"}
        content = f"unit,variable,month,value\n{TOWN},elb_stock,2004-{number % 12 + 1:02},{number}\n"
        return str((await http.post("/v1/deliveries", content=content, headers=own)).json()["status"])

    assert set(await asyncio.gather(*(one(number) for number in range(40)))) == {"accepted"}


async def test_a_file_broken_in_its_middle_keeps_nothing_and_says_why(http: httpx.AsyncClient) -> None:
    good = json.dumps(dict(zip(NAMES, (TOWN, "elb_stock", "2003-01", "1"), strict=True)))
    answer = await delivered(http, f"{good}\n{{broken\n".encode(), NDJSON)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/file-broken")
    assert "line 2" in answer.json()["detail"]
    failed = (await http.get("/v1/deliveries?status=failed", headers=sender())).json()["items"]
    assert any(one["problem"] and "line 2" in one["problem"]["detail"] for one in failed)
    assert await known(http, "elb_stock", "2003-01") == []
