"""Delivering one town's values by HTTP in any format, and reading what is known of it then."""

from typing import Any

import httpx

from support.tokens import bearer

TOWN = "05158004"


def sender(*units: str, subject: str = "fachverfahren") -> dict[str, str]:
    """Give the headers of somebody who delivers, for the town where nobody else is named."""
    return bearer("uploader", units=units or (TOWN,), subject=subject)


async def delivered(
    http: httpx.AsyncClient, content: bytes, media_type: str = "text/csv", query: str = "", **headers: str
) -> httpx.Response:
    """Deliver a file as it is."""
    sent = {**sender(), "Content-Type": media_type, **headers}
    return await http.post(f"/v1/deliveries{query}", content=content, headers=sent)


async def known(http: httpx.AsyncClient, variable: str, month: str) -> list[dict[str, Any]]:
    """List what is known of a variable of the town in a month."""
    asked = {"unit": TOWN, "variable": variable, "from": month, "to": month}
    answer = await http.get("/v1/observations", params=asked, headers=bearer("auditor"))
    items: list[dict[str, Any]] = answer.json()["items"]
    return items
