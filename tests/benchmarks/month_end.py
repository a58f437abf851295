"""P4, P9 and P11: a file of ten million rows, and a month's end when all units deliver at the same time."""

import asyncio
import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import httpx
from benchmarks.upload import AGES, VARIABLES, quiet
from domain.period import Month
from stack.place import Place
from stack.tokens import token
from support.units import all_units

SEXES = ("f", "m")
"""Large files tell of women and men, so that they are not in the way of what else is measured."""
MONTHS_OF_MILLION = 24
AT_ONCE = 32
OPEN = {"received", "processing"}


@dataclass(frozen=True)
class Large:
    """Peak memory of the service in bytes, scrutiny included, and seconds for one million and for ten million rows."""

    rows: int
    peak: int
    once: float
    tenfold: float


@dataclass(frozen=True)
class MonthEnd:
    """Median and slowest seconds of a small delivery, alone with its like and beside a large one."""

    units: int
    alone: float
    beside: float
    slowest: float


def jobcenters() -> list[str]:
    """Give the units that deliver."""
    return [unit["code"] for unit in all_units() if unit["kind"].startswith("jobcenter")]


def large(place: Place, process: int, folder: Path) -> Large:
    """Upload one million rows and then ten million, each for months that are not there yet."""
    asyncio.run(settled(place))
    once, rows = written(folder / "once.csv", Month(2010, 1), MONTHS_OF_MILLION, 7)
    seconds = uploaded(place, once)
    asyncio.run(settled(place))
    tenfold, rows = written(folder / "tenfold.csv", Month(1990, 1), 10 * MONTHS_OF_MILLION, 8)
    Path(f"/proc/{process}/clear_refs").write_text("5")
    more = uploaded(place, tenfold)
    asyncio.run(settled(place))
    status = Path(f"/proc/{process}/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) * 1024
    return Large(rows=rows, peak=peak, once=seconds, tenfold=more)


async def month_end(place: Place, folder: Path) -> MonthEnd:
    """Let every unit deliver a small file, first alone, then while a large one is worked off."""
    await settled(place)
    alone = await _everybody(place, Month(2016, 1))
    await settled(place)
    content, _ = written(folder / "beside.csv", Month(2012, 1), MONTHS_OF_MILLION, 9)
    big = asyncio.create_task(asyncio.to_thread(uploaded, place, content))
    await asyncio.sleep(0.3)
    beside = await _everybody(place, Month(2017, 1))
    await big
    return MonthEnd(units=len(alone), alone=median(alone), beside=median(beside), slowest=max(beside))


async def _everybody(place: Place, month: Month) -> list[float]:
    gate = asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient(timeout=120) as client:

        async def one(unit: str) -> float:
            rows = "".join(f"{unit},{variable},{month},{age},1\n" for variable in VARIABLES for age in AGES)
            headers = {"Authorization": f"Bearer {token(place, 'uploader', (unit,))}", "Content-Type": "text/csv"}
            content = f"unit,variable,month,age_group,value\n{rows}"
            async with gate:
                begun = perf_counter()
                answer = await client.post(
                    f"{place.address('indicators')}/v1/deliveries", content=content, headers=headers
                )
                if answer.json()["status"] != "accepted":
                    raise RuntimeError(f"a small delivery was not taken: {answer.text[:300]}")
                return perf_counter() - begun

        return list(await asyncio.gather(*(one(unit) for unit in jobcenters())))


async def settled(place: Place) -> None:
    """Wait until nothing of a delivery is left to do."""
    async with httpx.AsyncClient(timeout=300) as client:
        await quiet(client, place)


def written(path: Path, first: Month, months: int, seed: int) -> tuple[Path, int]:
    """Write a file without holding it."""
    rows = 0
    with path.open("w") as file:
        file.write("unit,variable,month,age_group,sex,value\n")
        for lines in _lines(first, months, seed):
            rows += len(lines)
            file.writelines(lines)
    return path, rows


def _lines(first: Month, months: int, seed: int) -> Iterator[list[str]]:
    for number in range(months):
        month = first.plus(number)
        yield [
            f"{unit},{variable},{month},{age},{sex},{(place * 7919 + number * 31 + seed) % 100_000}\n"
            for place, unit in enumerate(jobcenters())
            for variable in VARIABLES
            for age in AGES
            for sex in SEXES
        ]


def uploaded(place: Place, path: Path) -> float:
    """Send a file from the disk and wait for its outcome."""
    sender = token(place, "uploader", tuple(unit["code"] for unit in all_units()))
    headers = {"Authorization": f"Bearer {sender}", "Content-Type": "text/csv", "Prefer": "wait=30"}
    connection = http.client.HTTPConnection("127.0.0.1", place.ports["indicators"], timeout=900, blocksize=1_000_000)
    begun = perf_counter()
    with path.open("rb") as file:
        size = str(path.stat().st_size)
        connection.request("POST", "/v1/deliveries", body=file, headers={**headers, "Content-Length": size})
        told = json.loads(connection.getresponse().read())
    while told["status"] in OPEN:
        sleep(0.2)
        connection.request("GET", f"/v1/deliveries/{told['id']}", headers=headers)
        told = json.loads(connection.getresponse().read())
    if told["status"] != "accepted":
        raise RuntimeError(f"the upload was not taken: {told}")
    return perf_counter() - begun
