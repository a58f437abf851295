"""Owing and delivering by HTTP, for tests of the delivery duty."""

from typing import Any

import httpx

from support.tokens import bearer

TOWN, OTHER, JOBCENTER, DISTRICT, MINISTRY = "05158004", "05158008", "36402", "05158", "MAIS-NRW"
OPERATOR, AUDITOR = bearer("operator"), bearer("auditor")


async def owing(
    http: httpx.AsyncClient, unit: str, month: str, *variables: str, until: str | None = None, **rule: object
) -> None:
    """Set a duty."""
    duty = {"unit": unit, "variables": variables, "from_month": month, "until_month": until or month, **rule}
    answer = await http.post("/v1/delivery-schedule", json={"duties": [duty]}, headers=OPERATOR)
    assert answer.status_code == 200, answer.text


async def delivered(
    http: httpx.AsyncClient, month: str, *rows: str, unit: str = TOWN, sender: tuple[str, ...] = ()
) -> str:
    """Deliver rows written `variable:value`, and wait for the outcome."""
    content = "\n".join(
        ["unit,variable,month,value", *(f"{unit},{row.replace(':', f',{month},')}" for row in rows), ""]
    )
    headers = {**bearer("uploader", units=sender or (unit,), subject=unit), "Content-Type": "text/csv"}
    answer = await http.post("/v1/deliveries", content=content.encode(), headers={**headers, "Prefer": "wait=10"})
    assert answer.is_success, answer.text
    return str(answer.json()["id"])


async def got(http: httpx.AsyncClient, path: str, headers: dict[str, str] = AUDITOR, /, **asked: Any) -> dict[str, Any]:
    """Read as the auditor, or as somebody else."""
    answer = await http.get(path, params=asked, headers=headers)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def status_of(http: httpx.AsyncClient, month: str, unit: str = TOWN) -> dict[str, Any]:
    """Give the one month a unit owes."""
    (item,) = (await got(http, "/v1/delivery-status", unit=unit, month=month))["items"]
    found: dict[str, Any] = item
    return found
