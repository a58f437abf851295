"""P6: the supervisor's list of 400 rows, beside a bare ASGI app that lets PostgreSQL build the same JSON."""

import asyncio
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import asyncpg
from chassis.clock import new_id, now
from chassis.database import Database
from chassis.development.embedded import ensure_database, start
from domain.identity import AgreementId, GoalCode, UnitCode
from domain.period import Month
from domain.undertaking import Light
from reporting.persistence.judgements import StoredJudgements
from reporting.ports import Judgement
from stack.place import Place
from stack.tokens import token

RUNS = 5
SECONDS = 2.0
CONNECTIONS = 32
ROWS = 400
MONTH = Month(2014, 11)
TOWNS = [f"bench-{number:02}" for number in range(20)]


@dataclass(frozen=True)
class Pulls:
    """Requests a second."""

    ours: float
    unchanged: float
    nothing_new: float
    bare: float


async def measure(place: Place) -> Pulls:
    """Measure turn by turn against both."""
    server = start(place.home)
    url = await ensure_database(server, "zielwerk_reporting")
    bodies = await _kept(url)
    port = place.ports["reporting"] + 7
    bare = await _bare(server, bodies, port)
    bearer = f"Authorization: Bearer {token(place, 'auditor', ())}"
    path, ours = "/v1/attainment?limit=1000&" + "&".join(f"unit={unit}" for unit in TOWNS), place.ports["reporting"]
    tag, following = await _learnt(ours, path, bearer)
    found: dict[str, list[float]] = {"ours": [], "unchanged": [], "nothing_new": [], "bare": []}
    for _ in range(RUNS):
        found["bare"].append(await _rate(port, "/", ""))
        found["ours"].append(await _rate(ours, path, bearer))
        found["unchanged"].append(await _rate(ours, path, f"{bearer}\r\nIf-None-Match: {tag}"))
        found["nothing_new"].append(await _rate(ours, f"/v1/attainment/changes?cursor={following}", bearer))
    bare.terminate()
    bare.wait()
    return Pulls(**{name: median(rates) for name, rates in found.items()})


async def _kept(url: str) -> list[dict[str, object]]:
    """Keep 400 judgements through the service's own persistence; the units they name need not exist."""
    database, agreement = Database(url), AgreementId(new_id())
    items = [_item(number) for number in range(ROWS)]
    judgements = [
        Judgement(
            id=new_id(),
            unit=UnitCode(TOWNS[number // 20]),
            agreement=agreement,
            goal=GoalCode(f"goal_{number % 20:02}"),
            month=MONTH,
            light=Light.YELLOW,
            digest=str(number),
            body=json.dumps(item, ensure_ascii=False, separators=(",", ":")),
            why={"readings": []},
        )
        for number, item in enumerate(items)
    ]
    tree = {"units": [_unit(code) for code in TOWNS], "relations": []}
    async with database.engine.begin() as connection:
        await StoredJudgements(connection, now()).append(agreement, judgements, MONTH)
    await database.close()
    raw = await asyncpg.connect(url)
    await raw.execute(
        "INSERT INTO copies VALUES ('units', $1) ON CONFLICT (name) DO UPDATE SET body = $1", json.dumps(tree)
    )
    await raw.execute("ANALYZE")
    await raw.close()
    return items


def _unit(code: str) -> dict[str, object]:
    return {"code": code, "name": code, "kind": "city", "ags": None, "valid_from": None, "valid_until": None}


def _item(number: int) -> dict[str, object]:
    return {
        "id": str(new_id()),
        "unit": TOWNS[number // 20],
        "goal": f"goal_{number % 20:02}",
        "month": str(MONTH),
        "target": "20.6",
        "expected": "20.6",
        "actual": "20.028737",
        "degree": "97.2269",
        "light": "yellow",
        "data_state": "final",
    }


async def _bare(server: str, items: list[dict[str, object]], port: int) -> subprocess.Popen[bytes]:
    """Start the peer: one table of columns, one query that builds the JSON."""
    connection = await asyncpg.connect(server)
    columns = list(items[0])
    await connection.execute("DROP TABLE IF EXISTS bench_rows")
    await connection.execute(f"CREATE TABLE bench_rows ({', '.join(f'{name} text' for name in columns)})")
    await connection.copy_records_to_table("bench_rows", records=[tuple(item.values()) for item in items])
    await connection.execute("ANALYZE bench_rows")
    await connection.close()
    command = [sys.executable, str(Path(__file__).with_name("bare.py")), server, str(port)]
    process = subprocess.Popen(command)  # noqa: ASYNC220  nothing else waits here
    for _ in range(200):
        await asyncio.sleep(0.05)
        try:
            await _answer(port, "/", "")
        except OSError:
            continue
        return process
    raise RuntimeError("the bare peer does not answer")


async def _learnt(port: int, path: str, header: str) -> tuple[str, str]:
    head, body = await _answer(port, path, header)
    if len(json.loads(body)["items"]) != ROWS:
        raise RuntimeError(f"expected {ROWS} rows: {body[:300]!r}")
    tag = next(line.split(": ", 1)[1] for line in head.decode().split("\r\n") if line.lower().startswith("etag"))
    _, changes = await _answer(port, "/v1/attainment/changes?limit=1000", header)
    return tag, str(json.loads(changes)["next"])


async def _answer(port: int, path: str, header: str) -> tuple[bytes, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        return await _asked(reader, writer, _request(path, header))
    finally:
        writer.close()


def _request(path: str, header: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\n{header}{chr(13) + chr(10) if header else ''}\r\n".encode()


async def _asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> tuple[bytes, bytes]:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = next((int(x[16:]) for x in head.lower().split(b"\r\n") if x.startswith(b"content-length: ")), 0)
    return head, await reader.readexactly(length)


async def _rate(port: int, path: str, header: str) -> float:
    """Ask over 32 connections for two seconds; every answer must be the status of the first."""
    request, until = _request(path, header), perf_counter() + SECONDS
    statuses: set[bytes] = set()

    async def ask() -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=4_000_000)
        count = 0
        while perf_counter() < until:
            head, _ = await _asked(reader, writer, request)
            statuses.add(head[9:12])
            count += 1
        writer.close()
        return count

    begun = perf_counter()
    total = sum(await asyncio.gather(*(ask() for _ in range(CONNECTIONS))))
    if len(statuses) != 1 or statuses & {b"401", b"422", b"500"}:
        raise RuntimeError(f"answers were not alike: {statuses}")
    return total / (perf_counter() - begun)
