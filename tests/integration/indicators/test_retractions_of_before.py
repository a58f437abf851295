"""Retractions of before they named what they take back: they do now, and so does what was taken back."""

import json
from dataclasses import replace

from alembic import command
from chassis.clock import new_id, now
from chassis.database import Database
from chassis.development.embedded import ensure_database
from chassis.migrations import config_of, migrate
from domain.codec import encode
from domain.delivery import DeliveryKind, DeliveryStatus
from domain.identity import DeliveryId
from indicators.persistence.transactions import Transactions
from sqlalchemy import Connection, text
from support import databases
from support.delivering import a_delivery

BEFORE, NEW = "0022", ("retracts", "retracted_by", "reason")
KEEP = text("""
    INSERT INTO deliveries (id, sender, digest, options, dry_run, status, recorded_at, findings, retracts, body)
    VALUES (:id, 'x', 'x', 'x', false, 'accepted', now(), 0, (SELECT number FROM deliveries WHERE id = :of), :body)
""")


def _as_before(connection: Connection) -> None:
    config = config_of("indicators")
    config.attributes["connection"] = connection
    command.upgrade(config, BEFORE)


async def test_a_retraction_of_before_and_what_it_took_back_name_each_other() -> None:
    taken = replace(a_delivery(), status=DeliveryStatus.ACCEPTED)
    back = replace(taken, id=DeliveryId(new_id()), kind=DeliveryKind.RETRACTION)
    untouched = replace(taken, id=DeliveryId(new_id()))
    database = Database(await ensure_database(databases.server(), f"before_retractions_{new_id().hex[-12:]}"))
    async with database.engine.begin() as connection:
        await connection.run_sync(_as_before)
        for one, of in ((taken, None), (back, taken.id), (untouched, None)):
            body = {name: value for name, value in json.loads(json.dumps(encode(one))).items() if name not in NEW}
            await connection.execute(KEEP, {"id": one.id, "of": of, "body": json.dumps(body)})
    await migrate(database, "indicators")
    async with Transactions(database, now).begin() as work:
        told = [one for _, one in await work.deliveries.matching((), (), None, 10)]
    assert told == [untouched, replace(back, retracts=taken.id), replace(taken, retracted_by=back.id)]
    url = database.engine.url.render_as_string(hide_password=False).replace("+asyncpg", "")
    await database.close()
    await databases.drop(url)
