"""A town with deliveries, asked over HTTP: shared by the tests of standing, releases and reconciliation."""

from collections.abc import Mapping
from typing import Any

import httpx

from support.tokens import bearer

TOWN, OTHER, JOBCENTER, AGENCY = "05158004", "05158008", "36402", "AA-METTMANN"
CSV = {"Content-Type": "text/csv"}
LEAD = bearer("unit_lead", units=(TOWN,), subject="lead")
CONTROLLER = bearer("controller", units=(TOWN,), subject="controlling")
SUPERVISOR = bearer("supervisor", units=(JOBCENTER,), subject="aufsicht")
OPERATOR = bearer("operator", subject="betrieb")
STRANGER = bearer("controller", "unit_lead", "supervisor", units=(OTHER,), subject="fremd")


async def deliver(
    http: httpx.AsyncClient, month: str, value: str, *, unit: str = TOWN, variable: str = "ltr_stock", status: str = ""
) -> httpx.Response:
    """Deliver one value, and how it came to be."""
    content = f"unit,variable,month,value,status\n{unit},{variable},{month},{value},{status}\n"
    sender = bearer("uploader", units=(unit,), subject=f"sender-{unit}")
    answer = await http.post("/v1/deliveries", content=content.encode(), headers={**sender, **CSV})
    assert answer.json()["status"] == "accepted"
    return answer


async def attest(http: httpx.AsyncClient, month: str, **more: Any) -> httpx.Response:
    """Stand for the town's month as its lead."""
    return await http.post("/v1/attestations", json={"unit": TOWN, "month": month, **more}, headers=LEAD)


async def contest(
    http: httpx.AsyncClient, month: str, headers: Mapping[str, str] = CONTROLLER, **more: Any
) -> httpx.Response:
    """Contest the town's stock of long-term recipients."""
    sent = {
        "unit": TOWN,
        "indicator": "long_term_recipients_stock",
        "view": "month",
        "month": month,
        "contested": "100",
        "held_right": "98",
        "reason": "Zwei Personen sind im Vormonat verzogen",
        "source": "Fachverfahren, Auszählung",
        **more,
    }
    return await http.post("/v1/objections", json=sent, headers=headers)


async def items(http: httpx.AsyncClient, path: str, headers: Mapping[str, str], **asked: Any) -> list[dict[str, Any]]:
    """Read a whole list, two items at a time."""
    found: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        answer = await http.get(path, params={**asked, "limit": "2", **cursor}, headers=dict(headers))
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        if answer.json()["next"] is None:
            return found
        cursor = {"cursor": answer.json()["next"]}
