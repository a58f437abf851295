"""Two senders for one unit, and files for months that are closed."""

import httpx
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
    assert (await http.post("/v1/late-permits", json=permit, headers=bearer("operator"))).status_code == 201
    assert await codes(http, "spät", JOBCENTER, "elb_stock", "2010-06") == []
    assert len((await http.get("/v1/late-permits", headers=bearer("auditor"))).json()["items"]) == 1


async def test_a_unit_nobody_knows_is_not_closed(http: httpx.AsyncClient) -> None:
    closing = {"month": "2010-06", "units": ["nirgendwo"]}
    assert (await http.post("/v1/closed-months", json=closing, headers=bearer("operator"))).status_code == 404
