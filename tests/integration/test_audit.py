"""The log of every change: complete, unbroken, provable without us; what was changed behind its back shows."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from chassis.audit import merkle
from chassis.audit.change import Change
from chassis.audit.log import Trail, all_entries
from chassis.clock import now
from chassis.database import Database
from sqlalchemy.exc import DBAPIError
from support import databases
from support.agreeing_online import DISTRICT, all_signed
from support.apps import Stack
from support.tokens import bearer

SCRIPT = Path(__file__).parents[2] / "docs" / "verify_audit.py"
AUDITOR = bearer("auditor")


async def everything(http: httpx.AsyncClient) -> dict[str, Any]:
    """Save what an auditor takes away: the log, the sealed heads, the keys."""
    saved: dict[str, Any] = {"entries": [], "checkpoints": [], "keys": (await http.get("/v1/keys")).json()}
    for name, path in (("entries", "/v1/audit"), ("checkpoints", "/v1/audit/checkpoints")):
        cursor: str | None = ""
        while cursor is not None:
            page = (
                await http.get(path, params={"limit": 7, **({"cursor": cursor} if cursor else {})}, headers=AUDITOR)
            ).json()
            saved[name] += page["items"]
            cursor = page["next"]
    return saved


def verify(saved: dict[str, Any], folder: Path) -> subprocess.CompletedProcess[str]:
    path = folder / "audit.json"
    path.write_text(json.dumps(saved))
    return subprocess.run([sys.executable, str(SCRIPT), str(path)], check=False, capture_output=True, text=True)


@pytest.fixture(scope="module")
async def saved(http: httpx.AsyncClient) -> dict[str, Any]:
    told = await all_signed(http)
    assert (await http.post("/v1/audit/checkpoints", headers=AUDITOR)).status_code == 201
    found = await http.get("/v1/audit", params={"resource": f"agreement:{told['id']}"}, headers=AUDITOR)
    items = found.json()["items"]
    assert [item["action"] for item in items] == [
        "agreement.drafted",
        "agreement.proposed",
        "agreement.accepted",
        "agreement.accepted",
        "agreement.agreed",
        *["agreement.signature_added"] * 3,
        "agreement.signed",
    ]
    assert all(later["before"] == earlier["after"] for earlier, later in pairwise(items))
    assert items[0]["by"] == f"lead of {DISTRICT}"
    return await everything(http)


def test_a_saved_log_verifies_offline(saved: dict[str, Any], tmp_path: Path) -> None:
    done = verify(saved, tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (lambda log: log["entries"][3].update(by="somebody else"), "entry 3"),
        (lambda log: log["entries"][2].update(after="0" * 64), "entry 2"),
        (lambda log: log["entries"].pop(4), "position 4"),
        (lambda log: log["entries"].insert(1, log["entries"].pop(2)), "position 1"),
        (lambda log: log["entries"].pop(), "checkpoint"),
        (lambda log: log["checkpoints"][0].update(root="0" * 64), "checkpoint"),
        (lambda log: log["checkpoints"][0].update(at="2020-01-01T00:00:00Z"), "checkpoint"),
    ],
)
def test_any_change_gap_or_reorder_is_found_and_named(
    saved: dict[str, Any], tmp_path: Path, tamper: Callable[[dict[str, Any]], object], named: str
) -> None:
    log = json.loads(json.dumps(saved))
    tamper(log)
    done = verify(log, tmp_path)
    assert done.returncode != 0
    assert named in done.stderr


async def test_every_entry_is_proved_to_be_under_the_sealed_head(
    http: httpx.AsyncClient, saved: dict[str, Any]
) -> None:
    size, root = saved["checkpoints"][0]["tree_size"], bytes.fromhex(saved["checkpoints"][0]["root"])
    for entry in saved["entries"][:size:3]:
        query = {"position": entry["position"], "size": size}
        proof = (await http.get("/v1/audit/proofs", params=query, headers=AUDITOR)).json()
        path = [bytes.fromhex(step) for step in proof["path"]]
        assert merkle.includes(bytes.fromhex(entry["leaf"]), entry["position"], size, path, root)
    for first in range(size):
        proof = (await http.get("/v1/audit/proofs", params={"first": first, "second": size}, headers=AUDITOR)).json()
        earlier = (await http.get("/v1/audit/proofs", params={"first": first, "second": first}, headers=AUDITOR)).json()
        path = [bytes.fromhex(step) for step in proof["path"]]
        assert merkle.extends(first, size, bytes.fromhex(earlier["root"]), root, path)


@pytest.mark.usefixtures("saved")
async def test_a_proof_beyond_the_log_is_refused_with_its_size(http: httpx.AsyncClient) -> None:
    for query in ({"position": 10**6}, {"first": 3, "second": 2}, {}, {"position": 0, "size": 10**9}):
        answer = await http.get("/v1/audit/proofs", params=query, headers=AUDITOR)
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/no-such-tree")


@pytest.mark.usefixtures("saved")
async def test_a_recount_is_sound_until_somebody_changes_rows_behind_its_back(
    http: httpx.AsyncClient, stack: Stack
) -> None:
    assert (await http.get("/v1/integrity", headers=AUDITOR)).json()["sound"]
    engine = stack.agreements.state.database.engine
    async with engine.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE audit_log DISABLE TRIGGER ALL"))
        await connection.execute(sa.text("UPDATE audit_log SET by = 'nobody' WHERE position = 2"))
    told = (await http.get("/v1/integrity", headers=AUDITOR)).json()
    assert (told["sound"], told["checks"][0]["detail"]) == (False, "entry 2 is not what was recorded")


@asynccontextmanager
async def fresh(template: str) -> AsyncIterator[Database]:
    url = await databases.fresh(template)
    database = Database(url)
    yield database
    await database.close()
    await databases.drop(url)


@pytest.fixture(scope="module", params=["agreements", "indicators", "reporting"])
def template(request: pytest.FixtureRequest, template_of: Callable[[str], str]) -> str:
    return template_of(str(request.param))


async def test_writers_at_once_leave_no_gap_and_no_double(template: str) -> None:
    async with fresh(template) as database:

        async def write(number: int) -> None:
            async with database.writing() as connection:
                change = Change(by="somebody", action="thing.done", resource=f"thing:{number}")
                await Trail(connection, now()).record(*[change] * (number % 3 + 1))

        await asyncio.gather(*(write(number) for number in range(15)))
        async with database.engine.connect() as connection:
            entries = [entry async for entry, _ in all_entries(connection)]
    assert [entry.position for entry in entries] == list(range(30))


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_log SET by = 'x'", "DELETE FROM audit_nodes", "TRUNCATE audit_log"]
)
async def test_what_is_recorded_is_never_changed(template: str, statement: str) -> None:
    async with fresh(template) as database:
        async with database.writing() as connection:
            await Trail(connection, now()).record(Change(by="somebody", action="thing.done", resource="thing:1"))
        with pytest.raises(DBAPIError, match="is never changed"):
            async with database.engine.begin() as connection:
                await connection.execute(sa.text(statement))
