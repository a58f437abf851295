"""Case records that were kept before it was noted whom they name: the migration reads it from the files."""

from alembic import command
from chassis.clock import new_id, now
from chassis.database import Database
from chassis.development.embedded import ensure_database
from chassis.migrations import config_of, migrate
from domain.delivery import DeliveryMode
from indicators.persistence.transactions import Transactions
from indicators.ports.records import RecordKind
from indicators.records.files import written
from indicators.records.naming import NOBODY
from indicators.usecases.recording import Terms, take_records
from sqlalchemy import Connection, text
from support import databases
from support.case_histories import NORTH, SOUTH, START, a_record, frame_of
from support.recording import TOTALS, sent_of

BEFORE = "0011"
KEEP = text("INSERT INTO record_files VALUES (:unit, 'case_records', :month, :delivery, :rows, :content)")


def _as_before(connection: Connection) -> None:
    config = config_of("indicators")
    config.attributes["connection"] = connection
    command.upgrade(config, BEFORE)


async def test_units_of_files_that_were_there_share_their_persons_and_towns() -> None:
    moved = [a_record("p", START, town="hill"), a_record("p", START.next, unit=SOUTH, town="shore")]
    database = Database(await ensure_database(databases.server(), f"before_names_{new_id().hex[-12:]}"))
    files = written(RecordKind.CASE_RECORDS, sent_of(RecordKind.CASE_RECORDS, frame_of(moved)), 7)
    async with database.engine.begin() as connection:
        await connection.run_sync(_as_before)
        for file in files:
            kept = {"unit": file.unit, "month": file.month.ordinal, "delivery": 7, "rows": 1, "content": file.content}
            await connection.execute(KEEP, kept)
    await migrate(database, "indicators")
    begin = Transactions(database, now).begin
    async with begin() as work:
        assert await work.records.sharing_persons({NORTH}, NOBODY, START) == {NORTH, SOUTH}
        assert await work.records.sharing_persons({NORTH}, NOBODY, START.next) == set()
        assert await work.records.sharing_towns({SOUTH}, NOBODY) == {SOUTH}
        again = sent_of(RecordKind.CASE_RECORDS, frame_of(moved[1:]))
        terms = Terms(delivery=1, mode=DeliveryMode.COMPLETE)
        await take_records(work.records, RecordKind.CASE_RECORDS, again, TOTALS, terms)
        newest = await work.records.newest(RecordKind.CASE_RECORDS, {NORTH, SOUTH}, START, START.next)
    assert [(file.unit, file.delivery) for file in newest] == [(NORTH, 7), (SOUTH, 1)]
    url = database.engine.url.render_as_string(hide_password=False).replace("+asyncpg", "")
    await database.close()
    await databases.drop(url)
