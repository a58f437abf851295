"""Directus, a headless data API from npm, over tables with the same natural key.

It writes a row by one INSERT. Whatever would slow it is left out: its log of activities and revisions, which adds two
rows to each, and answers that repeat the rows. A request carries as many rows as fit its usual limit of 1 MB, and two
are under way at a time.
"""

import asyncio
import csv
import http.client
import json
import secrets
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter

import httpx
from benchmarks.peers.peer import Base, Peer
from benchmarks.peers.servers import run_once, serving

ROWS_OF_A_REQUEST = 5_000
AT_ONCE = 2
PROGRAM = "node_modules/@directus/api/dist/cli/run.js"
LEAVES_OUT = (
    "no history (its log of revisions is off); no file, so the sender cuts it into requests, each a transaction "
    "of its own, and half a file may stay; no month, no age group checked; the first bad row of a request ends it, "
    "a bad number as an internal error; the same rows again are refused as not unique"
)
TABLES = """
    CREATE TABLE units (code varchar(32) PRIMARY KEY);
    CREATE TABLE variables (code varchar(64) PRIMARY KEY);
    CREATE TABLE observations (
        id bigserial PRIMARY KEY,
        unit varchar(32) NOT NULL REFERENCES units,
        variable varchar(64) NOT NULL REFERENCES variables,
        month date NOT NULL,
        age_group varchar(16) NOT NULL,
        value numeric(20, 4) NOT NULL,
        UNIQUE (unit, variable, month, age_group)
    );
"""


@contextmanager
def headless(installed: Path, base: Base, folder: Path, port: int) -> Iterator[Peer]:
    """Let it set up its own tables, add ours, and serve."""
    key = secrets.token_hex()
    command = [str(Path(sys.executable).with_name("node")), str(installed / "node" / PROGRAM)]
    told = _told(base, port, key)
    run_once([*command, "bootstrap"], told, folder)
    asyncio.run(base.register("units", "variables", TABLES))
    with serving([*command, "start"], told, folder, port):
        headers = {"Authorization": f"Bearer {key}"}
        address = f"http://127.0.0.1:{port}/collections/observations"
        httpx.patch(address, json={"meta": {"accountability": None}}, headers=headers, timeout=60).raise_for_status()
        yield Peer(name="Directus", leaves_out=LEAVES_OUT, send=lambda path, rows: _sent(port, headers, path, rows))


def _told(base: Base, port: int, key: str) -> dict[str, str]:
    return {
        "DB_CLIENT": "pg",
        "DB_HOST": base.socket,
        "DB_PORT": "5432",
        "DB_DATABASE": base.name,
        "DB_USER": base.user,
        "DB_PASSWORD": "",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "SECRET": secrets.token_hex(),
        "ADMIN_EMAIL": "peer@example.com",
        "ADMIN_PASSWORD": secrets.token_hex(),
        "ADMIN_TOKEN": key,
        "TELEMETRY": "false",
        "LOG_LEVEL": "warn",
    }


def _sent(port: int, headers: dict[str, str], path: Path, rows: int) -> float:
    """Send the rows as JSON that is ready before the clock starts."""
    bodies = list(_bodies(path))
    begun = perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = sum(pool.map(partial(_inserted, port, headers), bodies))
    seconds = perf_counter() - begun
    if taken != rows:
        raise RuntimeError(f"Directus took {taken:,} of {rows:,} rows")
    return seconds


def _bodies(path: Path) -> Iterator[bytes]:
    with path.open(newline="") as file:
        rows = ({**row, "month": f"{row['month']}-01"} for row in csv.DictReader(file))
        while some := list(islice(rows, ROWS_OF_A_REQUEST)):
            yield json.dumps(some).encode()


def _inserted(port: int, headers: dict[str, str], body: bytes) -> int:
    """Send one request and count the rows it wrote."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    told = {**headers, "Content-Type": "application/json"}
    connection.request("POST", "/items/observations?fields=id", body=body, headers=told)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    if answer.status != http.HTTPStatus.OK:
        raise RuntimeError(f"Directus did not take the rows: {answer.status} {content[:300]!r}")
    return len(json.loads(content)["data"])
