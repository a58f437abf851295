"""Rounds of file reviews by HTTP: planned, drawn, answered and closed in one call each."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from support.apps import Stack
from support.tokens import bearer
from support.units import tree

OFFICE, OTHER, ABOVE, STRANGER = "05158004", "05158008", "36402", "03002"
ENDED = {"code": "05158999", "name": "Altstadt", "kind": "city", "valid_until": "2010-01-01"}
NUMBERS = range(1, 19)
POPULATION = [f"BG-{number} Ä" for number in range(60)]
CHECKPOINTS = [{"number": number, "question": f"Prüffrage {number}?", "area": "Leistung"} for number in NUMBERS]
Told = dict[str, Any]


def reviewer(unit: str = OFFICE, **headers: str) -> dict[str, str]:
    """Give the headers of a unit's controller."""
    return {**bearer("controller", units=(unit,)), **headers}


def kind(answer: httpx.Response) -> str:
    """Give the type of a problem."""
    return str(answer.json()["type"]).removeprefix("/problems/")


@asynccontextmanager
async def prepared(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    """Open the indicators service with units and a grid of 18 checkpoints."""
    async with stack.client("agreements") as agreements, stack.client("indicators") as client:
        known = tree()
        known["units"].append(ENDED)
        assert (await agreements.post("/v1/units", json=known, headers=bearer("operator"))).status_code == 200
        grid = {"code": "leistung", "version": 1, "title": "Prüfraster", "checkpoints": CHECKPOINTS}
        assert (await client.post("/v1/review-grids", json=grid, headers=bearer("operator"))).status_code == 201
        yield client


async def planned(http: httpx.AsyncClient, month: str, unit: str = OFFICE, **more: Any) -> httpx.Response:
    """Plan a round."""
    body = {"unit": unit, "month": month, "grid": "leistung", "grid_version": 1, **more}
    return await http.post("/v1/file-reviews", json=body, headers=reviewer(unit))


async def drawn(http: httpx.AsyncClient, month: str, unit: str = OFFICE, **more: Any) -> str:
    """Plan a round and draw its sample; give its address."""
    path = str((await planned(http, month, unit, **more)).headers["location"])
    sent = await http.post(f"{path}/population", json={"references": POPULATION}, headers=reviewer(unit))
    assert sent.status_code == 200, sent.text
    return path


def answers(*errors: int, amount: str | None = None) -> Told:
    """Answer every checkpoint with yes, but some with no."""
    said = [{"checkpoint": n, "answer": "no" if n in errors else "yes"} for n in NUMBERS]
    return {"answers": [{**one, "amount": amount} if one["answer"] == "no" else one for one in said]}


async def answered(http: httpx.AsyncClient, path: str, unit: str = OFFICE, errors: int = 0) -> None:
    """Answer all files, the first ones with an error at checkpoint 3."""
    files = (await http.get(f"{path}/files", headers=reviewer(unit))).json()["items"]
    for number, file in enumerate(file for file in files if file["state"] == "drawn"):
        body = answers(3, amount="10.50") if number < errors else answers()
        held = reviewer(unit, **{"If-Match": f'"{file["version"]}"'})
        sent = await http.put(f"{path}/files/{file['rank']}", json=body, headers=held)
        assert sent.status_code == 200, sent.text


async def closed(http: httpx.AsyncClient, month: str, unit: str = OFFICE, errors: int = 0, size: int = 4) -> Told:
    """Take a round from its plan to its closing."""
    path = await drawn(http, month, unit, sample_size=size)
    await answered(http, path, unit, errors)
    sent = await http.post(f"{path}/closing", headers=reviewer(unit, **{"If-Match": '"2"'}))
    assert sent.status_code == 200, sent.text
    told: Told = sent.json()
    return told
