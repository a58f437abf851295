"""Two senders for one unit, and files for months that are closed."""

import httpx
import pytest
from support.tokens import bearer

TOWN, JOBCENTER = "05158004", "36402"


async def codes(http: httpx.AsyncClient, sender: str, unit: str, variable: str, month: str) -> list[str]:
    headers = {**bearer("uploader", units=(unit,), subject=sender), "Content-Type": "text/csv"}
    content = f"unit,variable,month,value\n{unit},{variable},{month},{len(sender)}\n"
    sent = await http.post("/v1/deliveries", content=content, headers=headers)
    found = await http.get(f"{sent.headers['location']}/findings", headers=headers)
    return [one["code"] for one in found.json()["items"]]


async def test_two_senders_deliver_for_one_unit_by_their_responsibility(http: httpx.AsyncClient) -> None:
    responsibilities = [
        {"unit": TOWN, "sender": "sozialamt", "variable": "benefits_housing", "from_month": "2010-01"},
        {"unit": TOWN, "sender": "agentur", "variable": "integrations", "from_month": "2010-01"},
    ]
    set_ = await http.post(
        "/v1/sender-responsibilities", json={"responsibilities": responsibilities}, headers=bearer("operator")
    )
    assert set_.status_code == 200
    assert await codes(http, "sozialamt", TOWN, "benefits_housing", "2010-05") == []
    assert await codes(http, "agentur", TOWN, "benefits_housing", "2010-05") == ["not_responsible"]
    assert await codes(http, "sozialamt", TOWN, "elb_stock", "2010-05") == []
    listed = (await http.get("/v1/sender-responsibilities", headers=bearer("auditor"))).json()["items"]
    assert [one["sender"] for one in listed] == ["sozialamt", "agentur"]


async def test_a_closed_month_takes_files_by_permit_only(http: httpx.AsyncClient) -> None:
    closing = {"month": "2010-06", "units": [JOBCENTER]}
    assert (await http.post("/v1/closed-months", json=closing, headers=bearer("operator"))).status_code == 200
    assert await codes(http, "spät", JOBCENTER, "elb_stock", "2010-06") == ["month_closed"]
    assert await codes(http, "spät", JOBCENTER, "elb_stock", "2010-07") == []
    permit = {"unit": JOBCENTER, "month": "2010-06", "sender": "spät", "until": "2999-12-31", "reason": "Nachmeldung"}
    without = await http.post("/v1/late-permits", json={**permit, "reason": " "}, headers=bearer("operator"))
    assert (without.status_code, without.json()["errors"][0]["pointer"]) == (422, "/reason")
    assert (await http.post("/v1/late-permits", json=permit, headers=bearer("operator"))).status_code == 201
    assert await codes(http, "spät", JOBCENTER, "elb_stock", "2010-06") == []
    assert len((await http.get("/v1/late-permits", headers=bearer("auditor"))).json()["items"]) == 1


async def test_a_unit_nobody_knows_is_not_closed(http: httpx.AsyncClient) -> None:
    closing = {"month": "2010-06", "units": ["nirgendwo"]}
    assert (await http.post("/v1/closed-months", json=closing, headers=bearer("operator"))).status_code == 404


async def kept(http: httpx.AsyncClient, sender: str, *rows: str) -> str:
    headers = {**sent_by(sender), "Content-Type": "text/csv"}
    content = "unit,variable,month,value\n" + "\n".join(rows)
    return str((await http.post("/v1/deliveries", content=content, headers=headers)).headers["location"])


async def test_a_file_of_which_rows_were_kept_out_is_taken_whole_once_the_obstacle_is_gone(
    http: httpx.AsyncClient,
) -> None:
    rows = (f"{JOBCENTER},elb_stock,2009-01,7", f"{JOBCENTER},elb_stock,2009-02,8")
    closing = {"month": "2009-01", "units": [JOBCENTER]}
    await http.post("/v1/closed-months", json=closing, headers=bearer("operator"))
    first = await kept(http, "spät", *rows)
    assert (await http.get(first, headers=sent_by("spät"))).json()["status"] == "partially_accepted"
    permit = {"unit": JOBCENTER, "month": "2009-01", "sender": "spät", "until": "2999-12-31", "reason": "Nachmeldung"}
    await http.post("/v1/late-permits", json=permit, headers=bearer("operator"))
    second = await kept(http, "spät", *rows)
    told = (await http.get(second, headers=sent_by("spät"))).json()
    assert (told["status"], told["counts"]["accepted"], told["counts"]["unchanged"]) == ("accepted", 2, 1)
    assert await kept(http, "spät", *rows) == second != first
    assert await values(http, JOBCENTER, "elb_stock", "2009-01") == ["7"]


async def taken_back(http: httpx.AsyncClient, sender: str, delivery: str, unit: str = "") -> httpx.Response:
    headers = sent_by(sender, *filter(None, [unit]))
    return await http.post(f"{delivery}/retraction", json={"reason": "versehentlich"}, headers=headers)


async def values(http: httpx.AsyncClient, unit: str, variable: str, month: str) -> list[str]:
    asked = {"unit": unit, "variable": variable, "from": month, "to": month}
    items = (await http.get("/v1/observations", params=asked, headers=bearer("auditor"))).json()["items"]
    return [one["value"] for one in items]


def sent_by(sender: str, *units: str) -> dict[str, str]:
    return bearer("uploader", units=units or (TOWN, JOBCENTER), subject=sender)


async def test_what_was_brought_for_a_closed_month_is_taken_back_by_permit_only(http: httpx.AsyncClient) -> None:
    delivery = await kept(http, "spät", f"{JOBCENTER},elb_stock,2009-06,7", f"{JOBCENTER},elb_stock,2009-07,8")
    closing = {"month": "2009-06", "units": [JOBCENTER]}
    assert (await http.post("/v1/closed-months", json=closing, headers=bearer("operator"))).status_code == 200
    refused = await taken_back(http, "spät", delivery)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/months-closed")
    assert f"{JOBCENTER} 2009-06" in refused.json()["detail"]
    assert await values(http, JOBCENTER, "elb_stock", "2009-07") == ["8"]
    permit = {"unit": JOBCENTER, "month": "2009-06", "sender": "spät", "until": "2999-12-31", "reason": "Irrtum"}
    assert (await http.post("/v1/late-permits", json=permit, headers=bearer("operator"))).status_code == 201
    assert (await taken_back(http, "spät", delivery)).status_code == 201


async def test_what_another_alone_delivers_only_that_one_takes_back(http: httpx.AsyncClient) -> None:
    delivery = await kept(http, "agentur", f"{TOWN},elb_stock,2009-08,7", f"{TOWN},benefits_housing,2009-08,withheld")
    only = {"unit": TOWN, "sender": "sozialamt", "variable": "benefits_housing", "from_month": "2009-01"}
    only |= {"until_month": "2009-12"}
    set_ = await http.post("/v1/sender-responsibilities", json={"responsibilities": [only]}, headers=bearer("operator"))
    assert set_.status_code == 200, set_.text
    refused = await taken_back(http, "agentur", delivery)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/others-deliver-this")
    assert f"{TOWN} benefits_housing 2009-08" in refused.json()["detail"]
    assert (await taken_back(http, "sozialamt", delivery)).status_code == 201


async def test_nobody_takes_back_what_was_brought_for_units_out_of_reach(http: httpx.AsyncClient) -> None:
    delivery = await kept(http, "amt", f"{TOWN},elb_stock,2009-09,7", f"{JOBCENTER},elb_stock,2009-09,8")
    refused = await taken_back(http, "andere", delivery, TOWN)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/others-deliver-this")
    assert JOBCENTER in refused.json()["detail"]
    assert await values(http, JOBCENTER, "elb_stock", "2009-09") == ["8"]


@pytest.mark.parametrize("until", ["2013-01", "2014-01"])
async def test_a_responsibility_ends_after_it_begins(http: httpx.AsyncClient, until: str) -> None:
    only = {"unit": TOWN, "sender": "sozialamt", "from_month": "2014-01", "until_month": until}
    set_ = await http.post("/v1/sender-responsibilities", json={"responsibilities": [only]}, headers=bearer("operator"))
    assert (set_.status_code, set_.json()["type"]) == (422, "/problems/backward-validity")


async def test_a_permit_that_is_over_is_none(http: httpx.AsyncClient) -> None:
    permit = {"unit": TOWN, "month": "2009-01", "sender": "spät", "until": "2020-12-31", "reason": "Nachmeldung"}
    refused = await http.post("/v1/late-permits", json=permit, headers=bearer("operator"))
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/permit-over")
