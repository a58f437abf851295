"""P1 to P3: a million rows by HTTP, beside the same rows by COPY into a table with the same primary key."""

import asyncio
import base64
import hashlib
import http.client
import io
import json
import random
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import asyncpg
import httpx
from chassis.development.embedded import start
from domain.period import Month
from stack.place import Place
from stack.tokens import token
from support.units import all_units, tree

RUNS = 5
MONTHS = 48
VARIABLES = [
    "elb_stock",
    "elb_inflow",
    "elb_outflow",
    "integrations",
    "integrations_insured",
    "integrations_sustained",
    "marginal_entries",
    "subsidised_entries",
    "ltr_stock",
    "ltr_inflow",
    "ltr_outflow",
    "ltr_integrations",
    "ltr_in_measure",
]
AGES = ("", "under_25", "25_to_54", "55_plus")
TABLE = """
    CREATE TABLE bare (unit_id int, month int, series_id int, delivery bigint, value numeric,
                       PRIMARY KEY (unit_id, month, series_id, delivery))
"""


@dataclass(frozen=True)
class Uploads:
    """Median seconds of a first upload, the same again sent and announced, one row in a hundred corrected, and COPY."""

    rows: int
    first: float
    again: float
    announced: float
    corrected: float
    copy: float


async def measure(place: Place) -> Uploads:
    """Measure turn by turn, each time with months that are not there yet."""
    codes = [unit["code"] for unit in all_units() if unit["kind"].startswith("jobcenter")]
    connection = await asyncpg.connect(start(place.home))
    first, again, announced, corrected, copy = [], [], [], [], []
    async with httpx.AsyncClient(timeout=300) as client:
        await registered(client, place)
        for run in range(RUNS):
            sent, bare, rows = _rows(codes, Month(1996 + run * MONTHS // 12, 1), run)
            copy.append(await _copied(connection, bare))
            first.append(await _uploaded(place, sent, 202))
            await quiet(client, place)
            again.append(await _uploaded(place, sent, 200))
            announced.append(await _announced(place, sent))
            corrected.append(await _uploaded(place, _corrected(sent), 202))
            await quiet(client, place)
    await connection.close()
    return Uploads(
        rows=rows,
        first=median(first),
        again=median(again),
        announced=median(announced),
        corrected=median(corrected),
        copy=median(copy),
    )


def _corrected(sent: bytes) -> bytes:
    """Change the value of every hundredth row."""
    lines = sent.split(b"\n")
    lines[1:-1:100] = [line + b"1" for line in lines[1:-1:100]]
    return b"\n".join(lines)


async def quiet(client: httpx.AsyncClient, place: Place) -> None:
    """Wait until nothing of an upload is left to do, so that the next one is measured alone."""
    headers = {"Authorization": f"Bearer {token(place, 'auditor', ())}"}
    while True:
        page = (await client.get(f"{place.address('indicators')}/v1/deliveries?limit=2", headers=headers)).json()
        if all(one["scrutiny"] != "pending" for one in page["items"]):
            return
        await asyncio.sleep(0.2)


async def _announced(place: Place, content: bytes) -> float:
    """Name the digest and wait for the word to send, as curl does with large files; known bytes are never sent."""
    sender = token(place, "uploader", tuple(unit["code"] for unit in all_units()))
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    begun = perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", place.ports["indicators"])
    head = (
        f"POST /v1/deliveries HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {sender}\r\n"
        f"Content-Type: text/csv\r\nContent-Length: {len(content)}\r\nContent-Digest: sha-256=:{digest}:\r\n"
        "Expect: 100-continue\r\nConnection: close\r\n\r\n"
    )
    writer.write(head.encode())
    status = (await reader.readline()).split()[1]
    seconds = perf_counter() - begun
    writer.close()
    if status != b"200":
        raise RuntimeError(f"known bytes were not known: {status!r}")
    return seconds


async def registered(client: httpx.AsyncClient, place: Place) -> None:
    """Send the tree of units."""
    headers = {"Authorization": f"Bearer {token(place, 'operator', ())}"}
    sent = tree()
    (await client.post(f"{place.address('agreements')}/v1/units", json=sent, headers=headers)).raise_for_status()


def _rows(codes: list[str], first: Month, seed: int) -> tuple[bytes, bytes, int]:
    """Write the file as months one after the other, and the same rows as numbers."""
    draw = random.Random(seed)
    sent, bare = ["unit,variable,month,age_group,value"], []
    for number in range(MONTHS):
        month = first.plus(number)
        for unit, code in enumerate(codes):
            for series, (variable, age) in enumerate((v, a) for v in VARIABLES for a in AGES):
                value = draw.randrange(100_000)
                sent.append(f"{code},{variable},{month},{age},{value}")
                bare.append(f"{unit},{month.ordinal},{series},1,{value}")
    return "\n".join(sent).encode() + b"\n", "\n".join(bare).encode() + b"\n", len(bare)


async def _copied(connection: "asyncpg.Connection[asyncpg.Record]", rows: bytes) -> float:
    await connection.execute("DROP TABLE IF EXISTS bare")
    await connection.execute(TABLE)
    begun = perf_counter()
    await connection.copy_to_table("bare", source=io.BytesIO(rows), format="csv")
    return perf_counter() - begun


async def _uploaded(place: Place, content: bytes, status: int) -> float:
    sender = token(place, "uploader", tuple(unit["code"] for unit in all_units()))
    headers = {"Authorization": f"Bearer {sender}", "Content-Type": "text/csv"}
    seconds, found, body = await asyncio.to_thread(_posted, place.ports["indicators"], content, headers)
    counts = json.loads(body).get("counts", {})
    if found != status or counts.get("rejected") or counts.get("accepted") != counts.get("read"):
        raise RuntimeError(f"the upload was not taken as expected: {found} {body[:300]!r}")
    return seconds


def _posted(port: int, content: bytes, headers: dict[str, str]) -> tuple[float, int, bytes]:
    """Send with the plainest client there is, so that the service is measured and not the client."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    begun = perf_counter()
    connection.request("POST", "/v1/deliveries", body=content, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    seconds = perf_counter() - begun
    connection.close()
    return seconds, answer.status, body
