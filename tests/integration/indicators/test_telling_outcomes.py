"""Whatever becomes of a delivery is told in the feed of events, with its counts and without its sender."""

from typing import Any

import httpx
import pytest
from support.tokens import bearer

TOWN, SENDER = "05158004", "fachverfahren"
GOOD, BAD = f"{TOWN},ltr_stock,2011-01,17", f"{TOWN},ltr_stock,2011-02,viele"


async def delivered(http: httpx.AsyncClient, *rows: str, query: str = "", header: str = "month,value") -> str:
    headers = {**bearer("uploader", units=(TOWN,), subject=SENDER), "Content-Type": "text/csv"}
    content = "\n".join([f"unit,variable,{header}", *rows])
    answer = await http.post(f"/v1/deliveries{query}", content=content, headers=headers)
    listed = await http.get("/v1/deliveries", headers=headers)
    return str(answer.json()["id"] if answer.is_success else listed.json()["items"][0]["id"])


async def told(http: httpx.AsyncClient, delivery: str) -> list[tuple[str, dict[str, Any]]]:
    feed = await http.get("/v1/events", params={"limit": "1000"}, headers=bearer("operator"))
    assert SENDER not in feed.text
    found = [one for one in feed.json()["items"] if one["subject"] == delivery]
    return [(one["type"], one["data"]) for one in found if one["type"] != "delivery.scrutinised"]


@pytest.mark.parametrize(
    ("rows", "query", "kind", "status", "units"),
    [
        ([GOOD], "", "delivery.accepted", "accepted", [TOWN]),
        ([GOOD, BAD], "", "delivery.accepted", "partially_accepted", [TOWN]),
        ([BAD], "", "delivery.rejected", "rejected", []),
        ([GOOD, BAD], "?on_error=reject", "delivery.rejected", "rejected", []),
        ([GOOD, BAD], "?dry_run=true", "delivery.tried", "partially_accepted", [TOWN]),
        ([BAD], "?dry_run=true", "delivery.rejected", "rejected", []),
    ],
)
async def test_an_outcome_is_told_by_its_kind(
    http: httpx.AsyncClient, rows: list[str], query: str, kind: str, status: str, units: list[str]
) -> None:
    [(type_, data)] = await told(http, await delivered(http, *rows, query=query))
    assert (type_, data["status"], data["units"]) == (kind, status, units)
    assert (data["dry_run"], data["counts"]["read"]) == ("dry_run" in query, len(rows))


async def test_a_file_that_cannot_be_read_is_told_with_its_problem(http: httpx.AsyncClient) -> None:
    [(type_, data)] = await told(http, await delivered(http, GOOD, header="colour,value"))
    assert (type_, data["status"], data["problem"]) == ("delivery.failed", "failed", "columns-missing")


async def test_a_retraction_is_told_with_what_it_changed(http: httpx.AsyncClient) -> None:
    delivery = await delivered(http, GOOD.replace("2011", "2010"))
    headers = bearer("uploader", units=(TOWN,), subject=SENDER)
    await http.post(f"/v1/deliveries/{delivery}/retraction", json={"reason": "versehentlich"}, headers=headers)
    [_, (type_, data)] = await told(http, delivery)
    assert (type_, data["counts"]["withdrawn"], data["units"]) == ("delivery.retracted", 1, [TOWN])
