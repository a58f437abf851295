"""A planning round by HTTP: a ministry, three districts below it and one elsewhere, and what they do."""

from dataclasses import dataclass
from typing import Any

import httpx

from support.tokens import bearer

MINISTRY, METTMANN, MUENSTER, UNNA, ELSEWHERE = "MAIS", "05158", "05515", "05978", "09162"
BELOW = (METTMANN, MUENSTER, UNNA)
HEADER = "unit;indicator;direction;value;low;high;weight;basis;outcome"
TABLE = f"""{HEADER}
{METTMANN};K2;at_least;20,6;20;21;100;Referenzrahmen;
{MUENSTER};K2;at_least;22,0;21;23;300;Referenzrahmen;
{UNNA};K2;at_least;19,0;18;20;600;Referenzrahmen;
{METTMANN};K3;at_most;17.283,5;17.000,5;17.500,5;;;
"""
UNITS = {
    "units": [
        {"code": MINISTRY, "name": "Ministerium", "kind": "ministry"},
        *({"code": code, "name": code, "kind": "district"} for code in (*BELOW, ELSEWHERE)),
    ],
    "relations": [{"kind": "supervises", "source": MINISTRY, "target": code} for code in BELOW],
}
CSV = {"Content-Type": "text/csv"}


def lead(unit: str, **headers: str) -> dict[str, str]:
    """Give the header of somebody who leads a unit."""
    return {**bearer("unit_lead", units=(unit,)), **headers}


def supervisor(unit: str = MINISTRY, **headers: str) -> dict[str, str]:
    """Give the header of somebody who supervises for a unit."""
    return {**bearer("supervisor", units=(unit,)), **headers}


def kind(answer: httpx.Response) -> str:
    """Name the problem."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return str(answer.json()["type"]).rsplit("/", 1)[1]


@dataclass(frozen=True)
class Round:
    """One round of the ministry."""

    http: httpx.AsyncClient
    id: str

    @property
    def path(self) -> str:
        """Give its address."""
        return f"/v1/planning-rounds/{self.id}"

    async def advance(self) -> httpx.Response:
        """Move it to its next phase."""
        now = await self.http.get(self.path, headers=supervisor())
        headers = supervisor(**{"If-Match": now.headers["etag"]})
        return await self.http.post(f"{self.path}/transitions", json={"transition": "advance"}, headers=headers)

    async def upload(self, content: str | bytes = TABLE, query: str = "", **headers: str) -> httpx.Response:
        """Upload reference values."""
        sent = content.encode() if isinstance(content, str) else content
        given = supervisor(**{**CSV, **headers})
        return await self.http.post(f"{self.path}/reference-values{query}", content=sent, headers=given)

    async def values(self, headers: dict[str, str], query: str = "") -> list[dict[str, Any]]:
        """List reference values."""
        answer = await self.http.get(f"{self.path}/reference-values{query}", headers=headers)
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    async def offer(self, value: str, unit: str = METTMANN, **more: Any) -> httpx.Response:
        """Offer a value for the integration rate."""
        sent = {"unit": unit, "indicator": "K2", "value": value, **more}
        return await self.http.post(f"{self.path}/offers", json=sent, headers=lead(unit))

    async def simulate(self, value: str, headers: dict[str, str], query: str = "", **more: Any) -> httpx.Response:
        """Try a value for Mettmann."""
        sent = {"unit": METTMANN, "indicator": "K2", "value": value, **more}
        return await self.http.post(f"{self.path}/simulate{query}", json=sent, headers=headers)

    async def answer(self, offer: dict[str, Any], headers: dict[str, str] | None = None, **sent: Any) -> httpx.Response:
        """Answer an offer as it was read."""
        held = {"If-Match": f'"{offer["version"]}"', **(headers or supervisor())}
        return await self.http.post(f"{self.path}/offers/{offer['id']}/answer", json=sent, headers=held)


async def loaded(http: httpx.AsyncClient) -> httpx.AsyncClient:
    """Load the units."""
    assert (await http.post("/v1/units", json=UNITS, headers=bearer("operator"))).status_code == 200
    return http


async def begun(http: httpx.AsyncClient, title: str, year: int = 2014, query: str = "", **more: Any) -> Round:
    """Begin a round of the ministry."""
    sent = {"year": year, "lead": MINISTRY, "title": title, **more}
    answer = await http.post(f"/v1/planning-rounds{query}", json=sent, headers=supervisor())
    assert answer.status_code == 201, answer.text
    return Round(http, answer.json()["id"])


async def negotiating(http: httpx.AsyncClient, title: str, year: int = 2014, **more: Any) -> Round:
    """Begin a round with reference values and move it to its negotiation."""
    round = await begun(http, title, year, **more)
    assert (await round.upload()).status_code == 200
    assert (await round.advance()).json()["phase"] == "negotiation"
    return round
