"""Runs that were made while a comparison was one request: they stay as they came out."""

import json
from dataclasses import replace

import pytest
from alembic import command
from chassis.clock import new_id, now
from chassis.database import Database
from chassis.development.embedded import ensure_database
from chassis.migrations import config_of, migrate
from domain.codec import encode
from domain.reconciliation import ReconciliationStatus
from indicators.persistence.transactions import Transactions
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from support import databases
from support.standing import TOWN, a_reconciliation, compared

BEFORE = "0021"
NEW = ("size", "status", "asked", "compared", "fault")
KEEP = text('INSERT INTO reconciliations (id, "by", digest, state, body) VALUES (:id, :by, :digest, :state, :body)')
SEEN = text("INSERT INTO reconciliation_units VALUES (:unit, :run)")


def _as_before(connection: Connection) -> None:
    config = config_of("indicators")
    config.attributes["connection"] = connection
    command.upgrade(config, BEFORE)


async def test_a_run_of_before_is_read_as_compared_and_stays_so() -> None:
    run = compared(a_reconciliation(new_id()))
    body = {name: value for name, value in json.loads(json.dumps(encode(run))).items() if name not in NEW}
    database = Database(await ensure_database(databases.server(), f"before_lines_{new_id().hex[-12:]}"))
    async with database.engine.begin() as connection:
        await connection.run_sync(_as_before)
        row = {"id": run.id, "by": run.by, "digest": run.digest, "state": run.state, "body": json.dumps(body)}
        await connection.execute(KEEP, row)
        await connection.execute(SEEN, {"unit": TOWN, "run": run.id})
    await migrate(database, "indicators")
    transactions = Transactions(database, now)
    async with transactions.look(frozenset({TOWN})) as work:
        told = await work.reconciliations.get(run.id)
    assert told == replace(run, size=0, asked=0, compared=0, status=ReconciliationStatus.COMPARED)
    with pytest.raises(DBAPIError, match="never changed"):
        async with transactions.begin() as work:
            await work.reconciliations.report(replace(told, state="9.9"))
    async with transactions.begin() as work:
        assert await work.reconciliations.known(told, None) is None
    url = database.engine.url.render_as_string(hide_password=False).replace("+asyncpg", "")
    await database.close()
    await databases.drop(url)
