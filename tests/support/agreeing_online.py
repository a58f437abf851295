"""Living an agreement's life by HTTP: the moves every story needs."""

from typing import Any

import httpx
from demonstration.agreement import body

from support.tokens import bearer

AGENCY, JOBCENTER, DISTRICT = "AA-METTMANN", "36402", "05158"
PARTIES = (AGENCY, JOBCENTER, DISTRICT)
CONTENT = body()
DAWN = "2014-01-01"


def lead(unit: str, **headers: str) -> dict[str, str]:
    """Give the headers of a unit's lead."""
    return {**bearer("unit_lead", units=(unit,), subject=f"lead of {unit}"), **headers}


def kind(answer: httpx.Response) -> str:
    """Name the kind of a problem."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return str(answer.json()["type"]).rsplit("/", 1)[1]


async def drafted(http: httpx.AsyncClient, **changed: Any) -> dict[str, Any]:
    """Draft the agreement as the district, with what is changed."""
    answer = await http.post("/v1/agreements", json={**CONTENT, **changed}, headers=lead(DISTRICT))
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def moved(
    http: httpx.AsyncClient, told: dict[str, Any], act: str, unit: str = DISTRICT, **more: Any
) -> httpx.Response:
    """Move an agreement on as a unit that holds its newest version."""
    now = await http.get(f"/v1/agreements/{told['id']}", headers=lead(unit))
    sent = {"transition": act, "party": unit, "revision": now.json()["revision"], **more}
    headers = lead(unit, **{"If-Match": now.headers["etag"]})
    return await http.post(f"/v1/agreements/{told['id']}/transitions", json=sent, headers=headers)


async def agreed(http: httpx.AsyncClient, told: dict[str, Any] | None = None) -> dict[str, Any]:
    """Propose a draft and have all parties accept it."""
    told = told or await drafted(http)
    assert (await moved(http, told, "propose")).status_code == 200
    for unit in PARTIES:
        answer = await moved(http, told, "agree", unit)
        assert answer.status_code == 200, answer.text
    now: dict[str, Any] = answer.json()
    return now


async def digest_of(http: httpx.AsyncClient, told: dict[str, Any]) -> str:
    """Give the digest of the present revision."""
    path = f"/v1/agreements/{told['id']}/revisions/{told['revision']}"
    return str((await http.get(path, headers=lead(DISTRICT))).json()["digest"])


async def signed(
    http: httpx.AsyncClient, told: dict[str, Any], unit: str, headers: dict[str, str] | None = None, **more: Any
) -> httpx.Response:
    """Sign for a unit."""
    sent = {"party": unit, "revision": told["revision"], "digest": await digest_of(http, told), **more}
    return await http.post(f"/v1/agreements/{told['id']}/signatures", json=sent, headers=headers or lead(unit))


async def all_signed(http: httpx.AsyncClient, told: dict[str, Any] | None = None) -> dict[str, Any]:
    """Have everybody agree and sign."""
    told = await agreed(http, told)
    for unit in PARTIES:
        assert (await signed(http, told, unit)).status_code == 201
    now = await http.get(f"/v1/agreements/{told['id']}", headers=lead(DISTRICT))
    signed_by_all: dict[str, Any] = now.json()
    assert signed_by_all["status"] == "signed"
    return signed_by_all
