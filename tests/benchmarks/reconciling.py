"""A national table held against ours: 404 jobcenters, 15 indicators, a year, by sex; one figure in twenty differs."""

import asyncio
import csv
import http.client
import io
import json
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.month_end import jobcenters, settled, uploaded
from benchmarks.run import free_ports
from benchmarks.upload import registered
from domain.formula.evaluation import inputs
from domain.formula.grouping import split
from domain.formula.views import in_view
from domain.period import Month
from domain.variable import Cell
from indicators.persistence.catalogue_rows import shipped
from stack.place import Place
from stack.services import running
from stack.tokens import token

YEAR = [Month(2014, number) for number in range(1, 13)]
OPEN = {"received", "comparing"}
SEXES = {"": "insgesamt", "f": "Frauen", "m": "Männer"}
SHIPPED = shipped()[1]
STATUTORY = sorted({one.indicator for one in SHIPPED if re.fullmatch("K[123](E[1-4])?", one.indicator)})
CORRECTED = 10
"""How many units correct what they had delivered: their official figures are those of before."""
SLIPS = 0.025
"""Which share of the other figures is published otherwise."""
AT_ONCE = 101
"""How many units' readings are asked for at once."""
HEADER = ["Einheit", "Kennzahl", "Berichtsmonat", "Sicht", "Geschlecht", "Wert"]


@dataclass(frozen=True)
class Compared:
    """
    Figures, those that differ, and seconds from the request to the outcome.

    Of the service itself: seconds of the processor, memory in bytes before it began and at its peak.
    """

    figures: int
    differing: int
    seconds: float
    processor: float
    before: int
    peak: int


def measure(place: Place, process: int, folder: Path) -> Compared:
    """Deliver what the indicators look at, publish figures, correct some units, and compare."""
    asyncio.run(_registered(place))
    cells = _looked_at()
    uploaded(place, _written(folder / "first.csv", jobcenters(), cells, 1))
    asyncio.run(settled(place))
    table = _table(place)
    uploaded(place, _written(folder / "corrected.csv", jobcenters()[::41][:CORRECTED], cells, 2))
    asyncio.run(settled(place))
    before = _memory(process, "VmRSS")
    Path(f"/proc/{process}/clear_refs").write_text("5")
    used = _processor(process)
    seconds, told = _compared(place, table)
    return Compared(
        figures=told["progress"]["compared"],
        differing=told["differing"],
        seconds=seconds,
        processor=_processor(process) - used,
        before=before,
        peak=_memory(process, "VmHWM"),
    )


def _processor(process: int) -> float:
    user, system = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _memory(process: int, name: str) -> int:
    return int(Path(f"/proc/{process}/status").read_text().split(f"{name}:")[1].split()[0]) * 1024


async def _registered(place: Place) -> None:
    async with httpx.AsyncClient(timeout=300) as client:
        await registered(client, place)


def _looked_at() -> list[tuple[Cell, Month]]:
    """List cells and months that the indicators look at, in total and by sex."""
    variables, definitions = shipped()
    known = {variable.code: variable for variable in variables}
    found = set[tuple[Cell, Month]]()
    for definition, sex in product(definitions, SEXES):
        if definition.indicator in STATUTORY:
            formula = split(definition.formula, "sex", sex, known) if sex else definition.formula
            viewed = in_view(formula, definition.default_view, known)
            found |= {place for month in YEAR for place in inputs(viewed, month)}
    return sorted(found)


def _written(path: Path, units: list[str], cells: list[tuple[Cell, Month]], seed: int) -> Path:
    draw = random.Random(seed)
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["unit", "variable", "month", "sex", "lone_parent", "value"])
        for cell, month in cells:
            names = dict(cell.dimensions)
            for unit in units:
                value = draw.randrange(1000, 100_000)
                rows.writerow([unit, cell.variable, month, names.get("sex", ""), names.get("lone_parent", ""), value])
    return path


def _table(place: Place) -> bytes:
    """Publish what we hold, rounded to one place; some figures otherwise, or not at all."""
    draw, out = random.Random(3), io.StringIO(newline="")
    rows = csv.writer(out, delimiter=";")
    rows.writerow(HEADER)
    for unit, indicator, view, month, sex, value in _readings(place):
        told = f"{float(value):.1f}"
        if draw.random() < SLIPS:
            told = draw.choice([f"{float(value) + draw.randrange(1, 50):.1f}", f"{float(value) - 0.06:.1f}", "x"])
        rows.writerow([unit, indicator, month, view, SEXES[sex], told.replace(".", ",")])
    return out.getvalue().encode()


def _readings(place: Place) -> Iterator[tuple[str, ...]]:
    headers = {"Authorization": f"Bearer {token(place, 'auditor', ())}", "Accept": "text/csv"}
    for sex in SEXES:
        for start in range(0, len(jobcenters()), AT_ONCE):
            asked: list[tuple[str, str | int | float | bool | None]] = [
                ("unit", unit) for unit in jobcenters()[start : start + AT_ONCE]
            ]
            asked += [("indicator", code) for code in STATUTORY] + [("from", str(YEAR[0])), ("to", str(YEAR[-1]))]
            asked += [("dimension.sex", sex)] if sex else []
            answer = httpx.get(f"{place.address('indicators')}/v1/readings", params=asked, headers=headers, timeout=300)
            for row in csv.DictReader(io.StringIO(answer.text)):
                yield row["unit"], row["indicator"], row["view"], row["month"], sex, row["value"]


def _compared(place: Place, table: bytes) -> tuple[float, dict[str, Any]]:
    headers = {"Authorization": f"Bearer {token(place, 'operator', ())}", "Content-Type": "text/csv"}
    connection = http.client.HTTPConnection("127.0.0.1", place.ports["indicators"], timeout=3000)
    begun = perf_counter()
    connection.request("POST", "/v1/reconciliations", body=table, headers=headers)
    told = json.loads(connection.getresponse().read())
    while told["status"] in OPEN:
        sleep(0.2)
        connection.request("GET", f"/v1/reconciliations/{told['id']}", headers=headers)
        told = json.loads(connection.getresponse().read())
    if told["status"] != "compared":
        raise RuntimeError(f"the table was not compared: {told}")
    return perf_counter() - begun, told


if __name__ == "__main__":
    os.environ["ZIELWERK_ENVIRONMENT"] = "development"
    with tempfile.TemporaryDirectory(prefix="zielwerk-bench-", ignore_cleanup_errors=True) as folder:
        place = Place(home=Path(folder), ports=free_ports())
        with running(place) as processes:
            told = measure(place, processes["indicators"].pid, Path(folder))
    rate = told.figures / told.seconds
    memory = f"peak={told.peak / 1e6:.0f} MB of {told.before / 1e6:.0f} MB before"
    print(f"A-reconciling {rate:.0f} figures/s, {memory}  # {told}")
