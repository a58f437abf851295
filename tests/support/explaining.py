"""Jobcenters in comparison groups and ranked as neighbours, a district among them, and *why* of their figures."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import httpx

from support.apps import Stack
from support.succession import AFTER, AUDITOR, BEFORE, OPERATOR, TURN, figures_told, succession_beside

OWN, NEAR, FAR, ALONE, WHOLE = "jc-own", "jc-near", "jc-far", "jc-alone", "kreis"
TOWNS = ("stadt-a", "stadt-b")
STOCKS = {OWN: 2000, NEAR: 1000, BEFORE: 300, AFTER: 360, FAR: 5000, ALONE: 700, TOWNS[0]: 83, TOWNS[1]: 41}
LASTING, PAIR = "group:IIIe", "group:Ia"
GROUPS = [
    *({"scheme": "types", "unit": unit, "group": "IIIe"} for unit in (OWN, NEAR, WHOLE)),
    {"scheme": "types", "unit": BEFORE, "group": "IIIe", "valid_until": TURN},
    {"scheme": "types", "unit": AFTER, "group": "IIIe", "since": TURN},
    *({"scheme": "pairs", "unit": unit, "group": "Ia"} for unit in (OWN, FAR)),
    {"scheme": "pairs", "unit": ALONE, "group": "I/b"},
]
RANKED = [
    {"unit": OWN, "rank": 1, "neighbour": WHOLE},
    {"unit": OWN, "rank": 2, "neighbour": BEFORE, "valid_until": TURN},
    {"unit": OWN, "rank": 2, "neighbour": AFTER, "valid_from": TURN},
    {"unit": OWN, "rank": 3, "neighbour": FAR},
]
NEIGHBOURS = f"neighbours:{OWN}"
CHOSEN = f"x:{OWN},{NEAR},{WHOLE}"
QUESTIONS: dict[str, dict[str, Any]] = {
    LASTING: {"comparison_group": "IIIe"},
    "set:x": {"set": CHOSEN},
    NEIGHBOURS: {"neighbours_of": OWN},
    f"{NEIGHBOURS}#02": {"neighbours_of": OWN},
}
Why = dict[str, Any]


@asynccontextmanager
async def grouped(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    """Tell the units, groups and ranks, and their figures."""
    units = succession_beside(OWN, NEAR, FAR, ALONE)
    units["units"] += [{"code": code, "name": code, "kind": "city"} for code in TOWNS]
    units["units"] += [{"code": WHOLE, "name": WHOLE, "kind": "district"}]
    units["relations"] += [{"kind": "part_of", "source": code, "target": WHOLE} for code in TOWNS]
    async with stack.client("agreements") as agreements, stack.client("indicators") as client:
        for path, body in (
            ("/v1/units", units),
            ("/v1/comparison-groups", {"memberships": GROUPS}),
            ("/v1/nearest-neighbours", {"nearest_neighbours": RANKED}),
        ):
            assert (await agreements.post(path, json=body, headers=OPERATOR)).is_success
        await figures_told(client, STOCKS)
        yield client


async def answered(
    http: httpx.AsyncClient, code: str, month: str, token: dict[str, str] = AUDITOR, indicator: str = "K2", **more: Any
) -> httpx.Response:
    """Ask why a figure of the integration rate is what it is."""
    members = {"set": CHOSEN} if code == "set:x" else {}
    path = f"/v1/readings/{quote(code, safe=':')}/{indicator}/{month}/why"
    return await http.get(path, params={"view": "month", **members, **more}, headers=token)


async def why(http: httpx.AsyncClient, code: str, month: str, token: dict[str, str] = AUDITOR, **more: Any) -> Why:
    """Give the explanation of a figure."""
    answer = await answered(http, code, month, token, **more)
    assert answer.status_code == 200, answer.text
    told: Why = answer.json()
    return told


async def refused(http: httpx.AsyncClient, *of: Any, **more: Any) -> tuple[int, str]:
    """Give the status and the problem of an explanation that is not given."""
    answer = await answered(http, *of, **more)
    return answer.status_code, str(answer.json()["type"]).rsplit("/", 1)[-1]


def added_up(told: Why, side: str) -> Decimal:
    """Add up what members and the others bring to a side; ten places are told of the whole."""
    parts = [one[side] for one in (*told["members"], told["others"]) if one and one[side] is not None]
    return round(sum(map(Decimal, parts), Decimal(0)), 10)
