"""400 agreements of 20 goals and a round of 6,000 values, beside the bare queries for the same."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

import asyncpg
import httpx
from chassis.development.embedded import ensure_database, start
from indicators.persistence.catalogue_rows import shipped
from stack.place import Place
from stack.tokens import token
from support.units import all_units, tree

AGENCY = "AA-METTMANN"
YEAR, GOALS, UNITS, INDICATORS = 2027, 20, 400, 15
RUNS, AT_ONCE = 21, 8
CODES = sorted({definition.indicator for definition in shipped()[1]})
LIST = """
    SELECT json_agg(json_build_object('id', a.id, 'version', a.version, 'status', a.status, 'title', r.body->'title',
        'goals', jsonb_array_length(r.body->'goals'), 'units',
        (SELECT json_agg(p.unit) FROM agreement_parties p WHERE p.agreement_id = a.id)))::text
    FROM agreements a JOIN revisions r ON r.agreement_id = a.id AND r.number = a.revision
"""
FINDINGS = """
    SELECT json_build_object('body', r.body, 'beside', (
        SELECT json_agg(other.body) FROM agreement_goals own
        JOIN agreement_goals other USING (year, indicator, unit) WHERE own.agreement = a.id))::text
    FROM agreements a JOIN revisions r ON r.agreement_id = a.id AND r.number = a.revision WHERE a.id = $1
"""
COMPARISON = "SELECT json_agg(body)::text FROM revisions WHERE agreement_id = $1 AND number IN (1, 2)"
CONTRADICTIONS = f"""
    SELECT json_agg(json_build_array(one.body, other.body))::text FROM agreement_goals one
    JOIN agreement_goals other USING (year, indicator, unit)
    WHERE one.agreement < other.agreement AND year = {YEAR}
"""
BARE_VALUES = """
    CREATE TABLE bare_values (unit text, indicator text, value numeric, lower numeric, upper numeric,
                              PRIMARY KEY (unit, indicator))
"""
INSERT_VALUES = """
    INSERT INTO bare_values SELECT * FROM unnest($1::text[], $2::text[], $3::numeric[], $4::numeric[], $5::numeric[])
"""
HEADER = "unit,indicator,direction,value,low,high\n"
Ask = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Timed:
    """Median seconds of an answer and of the bare query."""

    name: str
    ours: float
    bare: float
    behind: str


async def measure(place: Place) -> list[Timed]:
    """Fill the service by HTTP, then ask it and the database turn by turn."""
    async with httpx.AsyncClient(timeout=120, base_url=place.address("agreements")) as client:
        desk = Desk(client, place)
        await desk.fill()
        connection = await asyncpg.connect(await ensure_database(start(place.home), "zielwerk_agreements"))
        await connection.execute("ANALYZE")
        done = await _reads(desk, connection)
        done.append(await _round(desk, connection))
        await connection.close()
    return done


class Desk:
    """Asks the service as those concerned."""

    def __init__(self, client: httpx.AsyncClient, place: Place) -> None:
        self._client, self._place = client, place
        self.units = [unit["code"] for unit in all_units() if unit["kind"].startswith("jobcenter")][:UNITS]
        self.planted = ""

    async def fill(self) -> None:
        """Draft an agreement for every unit, change each once, and plant one that contradicts."""
        await self.send("operator", (), "POST", "/v1/units", tree())
        supervises = [{"kind": "supervises", "source": AGENCY, "target": unit} for unit in self.units]
        await self.send("operator", (), "POST", "/v1/units", {"units": [], "relations": supervises})
        gate = asyncio.Semaphore(AT_ONCE)
        ids = await asyncio.gather(*(self._drafted(gate, unit) for unit in self.units))
        self.planted = ids[UNITS // 2]
        other = _agreement(self.units[UNITS // 2], 1)
        other["goals"] = [{**other["goals"][0], "target": "99"}]
        await self.send("unit_lead", (AGENCY,), "POST", "/v1/agreements", other)

    async def _drafted(self, gate: asyncio.Semaphore, unit: str) -> str:
        async with gate:
            told = await self.send("unit_lead", (unit,), "POST", "/v1/agreements", _agreement(unit, 1))
            path = f"/v1/agreements/{told['id']}"
            await self.send("unit_lead", (unit,), "PUT", path, _agreement(unit, 2), version=told["version"])
        return str(told["id"])

    async def ask(self, path: str) -> Any:
        """Ask as the supervisor, who sees all of them."""
        return (await self.answer("supervisor", (AGENCY,), "GET", path)).json()

    async def send(self, role: str, units: tuple[str, ...], method: str, path: str, sent: Any, version: int = 0) -> Any:
        """Send a document."""
        return (await self.answer(role, units, method, path, json=sent, headers={"If-Match": f'"{version}"'})).json()

    async def answer(self, role: str, units: tuple[str, ...], method: str, path: str, **more: Any) -> httpx.Response:
        """Ask in a role; any refusal ends the measurement."""
        headers = {"Authorization": f"Bearer {token(self._place, role, units)}", **more.pop("headers", {})}
        told = await self._client.request(method, path, headers=headers, **more)
        if told.is_error:
            raise RuntimeError(f"{method} {path}: {told.status_code} {told.text[:300]}")
        return told


def _agreement(unit: str, edition: int) -> dict[str, Any]:
    goals = [
        {
            "kind": "target",
            "code": f"goal_{number:02}",
            "title": f"Ziel {number}",
            "indicator": CODES[number],
            "target": str(10 * edition + number),
            "direction": "at_least",
            "scope": "federal",
            "obligated": unit,
        }
        for number in range(GOALS)
    ]
    return {
        "title": f"Zielvereinbarung {YEAR}",
        "year": YEAR,
        "valid_from": f"{YEAR}-01-01",
        "valid_until": f"{YEAR + 1}-01-01",
        "parties": [
            {"unit": AGENCY, "role": "supervising_body", "scope": "federal", "signs_as": "Vorsitz"},
            {"unit": unit, "role": "obligated_unit", "scope": "joint", "signs_as": "Geschäftsführung"},
        ],
        "goals": goals,
    }


async def _reads(desk: Desk, connection: "asyncpg.Connection[asyncpg.Record]") -> list[Timed]:
    path = f"/v1/agreements/{desk.planted}"
    listed = await desk.ask(f"/v1/agreements?year={YEAR}&limit=1000")
    found = await desk.ask(f"{path}/findings")
    contradictions = await desk.ask(f"/v1/contradictions?year={YEAR}")
    if len(listed["items"]) != UNITS + 1 or len(contradictions["items"]) != 1:
        raise RuntimeError(f"{len(listed['items'])} agreements, {len(contradictions['items'])} contradictions")
    if not any(finding["rule"] == "contradiction" for finding in found["items"]):
        raise RuntimeError(f"the planted contradiction was not found: {found}")
    asked = [
        ("list", f"/v1/agreements?year={YEAR}&limit=1000", (LIST,), f"all {UNITS + 1} agreements in one answer"),
        ("findings", f"{path}/findings", (FINDINGS, desk.planted), "every rule, the planted contradiction among them"),
        ("comparison", f"{path}/revisions/1/diff/2", (COMPARISON, desk.planted), f"{GOALS} goals changed"),
        (
            "contradictions",
            f"/v1/contradictions?year={YEAR}",
            (CONTRADICTIONS,),
            f"all of a year of {UNITS} agreements",
        ),
    ]
    return [
        await _timed(name, partial(desk.ask, url), partial(connection.fetchval, *query), behind)
        for name, url, query, behind in asked
    ]


async def _timed(name: str, ours: Ask, bare: Ask, behind: str) -> Timed:
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(RUNS):
        for ask, seconds in zip((ours, bare), taken, strict=True):
            begun = perf_counter()
            await ask()
            seconds.append(perf_counter() - begun)
    return Timed(name=name, ours=median(taken[0]), bare=median(taken[1]), behind=behind)


async def _round(desk: Desk, connection: "asyncpg.Connection[asyncpg.Record]") -> Timed:
    """Load reference values for all units and indicators of a round, each time with other values."""
    ours, bare = [], []
    planned = {"year": YEAR, "lead": AGENCY, "title": "Planungsrunde"}
    made = await desk.send("supervisor", (AGENCY,), "POST", "/v1/planning-rounds", planned)
    for run in range(5):
        value, low, high = Decimal(100 + run), Decimal(90), Decimal(200)
        rows = [(unit, code, value, low, high) for unit in desk.units for code in CODES[:INDICATORS]]
        await connection.execute("DROP TABLE IF EXISTS bare_values")
        await connection.execute(BARE_VALUES)
        begun = perf_counter()
        await connection.execute(INSERT_VALUES, *map(list, zip(*rows, strict=True)))
        bare.append(perf_counter() - begun)
        table = "".join(f"{unit},{code},at_least,{v},{lo},{hi}\n" for unit, code, v, lo, hi in rows)
        begun = perf_counter()
        path = f"/v1/planning-rounds/{made['id']}/reference-values"
        await desk.answer(
            "supervisor", (AGENCY,), "POST", path, content=HEADER + table, headers={"Content-Type": "text/csv"}
        )
        ours.append(perf_counter() - begun)
    behind = f"{UNITS} × {INDICATORS} reference values from a CSV file, one statement"
    return Timed(name="round", ours=median(ours), bare=median(bare), behind=behind)
