"""Case records in PostgreSQL: taken in through a transaction, derived into the history, and deleted when old."""

from collections.abc import AsyncIterator, Callable
from dataclasses import fields, replace
from datetime import date

import pytest
import sqlalchemy as sa
from chassis.clock import now
from chassis.database import Database
from domain.case_record import Integration
from domain.delivery import DeliveryMode
from domain.identity import UnitCode
from domain.period import Month
from domain.unit import Unit, UnitKind, Units
from indicators.persistence.transactions import Transactions
from indicators.ports import Ports
from indicators.ports.records import RecordKind
from indicators.records.executors import Inline
from indicators.settings import Settings
from indicators.usecases.forgetting import forget_old_records
from indicators.usecases.recording import Guide, Recorded, Terms, take_records
from indicators.usecases.working_off_records import into_history
from pydantic import ValidationError
from support import databases
from support.case_histories import NORTH, START, a_record, frame_of
from support.raw_records import CaseRecord
from support.recording import sent_of

CASES = RecordKind.CASE_RECORDS


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("indicators")


@pytest.fixture
async def database(template: str) -> AsyncIterator[Database]:
    url = await databases.fresh(template)
    database = Database(url)
    yield database
    await database.close()
    await databases.drop(url)


async def taken(database: Database, number: int, *records: CaseRecord) -> tuple[Recorded, tuple[int, int, int]]:
    """Take records in as a delivery would, and append what they came to."""
    async with Transactions(database, now).begin() as work:
        variables = await work.catalogue.variables_over_time()
        guide = Guide(
            variables=variables,
            units=Units.of([Unit(code=UnitCode(NORTH), name="Nord", kind=UnitKind.CITY)], []),
            present=START.plus(40),
            executor=Inline(),
        )
        terms = Terms(delivery=number, mode=DeliveryMode.COMPLETE)
        recorded = await take_records(work.records, CASES, sent_of(frame_of(records)), guide, terms)
        news, _ = await into_history(work, recorded.figures, number, keep=True)
        return recorded, (news.added, news.corrected, news.withdrawn)


async def test_the_same_records_again_change_no_figure_and_a_correction_only_what_it_touches(
    database: Database,
) -> None:
    records = [a_record("a"), a_record("b"), a_record("a", START.next), a_record("b", START.next)]
    _, first = await taken(database, 1, *records)
    assert first[0] > 0
    assert (await taken(database, 2, *records))[1] == (0, 0, 0)
    corrected = replace(records[3], integration=Integration.SELF_EMPLOYMENT)
    recorded, news = await taken(database, 3, *records[:3], corrected)
    touched = [cell for cell in recorded.figures.series if cell.variable == "integrations" and of_b(cell.dimensions)]
    assert news == (0, len(touched), 0)


def of_b(dimensions: tuple[tuple[str, str], ...]) -> bool:
    told = {"sex": "f", "age_group": "25_to_54", "lone_parent": "no"}
    return all(told[name] == value for name, value in dimensions)


async def test_months_that_data_do_not_reach_are_named_and_not_zero(database: Database) -> None:
    recorded, _ = await taken(database, 1, a_record("a"))
    told = {cell.variable for cell in recorded.figures.series}
    assert told == {"benefits_living", "benefits_housing", "elb_stock"}
    reasons = dict(recorded.omitted.select("variable", "reason").iter_rows())
    assert reasons["elb_inflow"] == reasons["ltr_stock"] == "months_before_missing"
    assert reasons.keys() & told == set()


async def test_old_records_are_deleted_and_the_log_proves_it(database: Database) -> None:
    await taken(database, 1, a_record("a"), a_record("a", START.plus(30)))
    begin = Transactions(database, now).begin
    gone = await forget_old_records(in_month(begin, START.plus(40)), keep_months=36)
    assert [(file.unit, file.month) for file in gone] == [(NORTH, START)]
    async with database.engine.connect() as connection:
        kept = (await connection.execute(sa.text("SELECT month FROM record_files"))).scalars().all()
        logged = (await connection.execute(sa.text("SELECT by, action, resource, before FROM audit_log"))).all()
    assert kept == [START.plus(30).ordinal]
    assert [tuple(row) for row in logged] == [
        ("retention", "records.deleted", f"records:case_records:{NORTH}:{START}:1", gone[0].digest)
    ]
    assert await forget_old_records(in_month(begin, START.plus(40)), keep_months=36) == []


def in_month(begin: object, month: Month) -> Ports:
    """Give what retention needs; it asks for nothing else."""
    unused: dict[str, object] = {one.name: None for one in fields(Ports) if one.name not in ("begin", "today")}
    return Ports(begin=begin, today=lambda: date(month.year, month.month, 5), **unused)  # type: ignore[arg-type]


SAFE = {
    "issuer": "https://login.example",
    "jwks_url": "https://login.example/keys",
    "database_url": "postgresql://db/indicators",
    "signing_key": '{"kty": "OKP"}',
}


def test_production_needs_a_key_for_pseudonyms_and_tells_it_nobody() -> None:
    key = "k" * 32
    settings = Settings(**SAFE, records_key=key)  # type: ignore[arg-type]  # one mapping for fields of several types
    assert settings.pseudonym_key == key.encode()
    assert key not in repr(settings)
    for unsafe in (None, "too-weak"):
        with pytest.raises(ValidationError) as refused:
            Settings(**SAFE, records_key=unsafe)  # type: ignore[arg-type]  # as above
        assert "ZIELWERK_RECORDS_KEY" in str(refused.value)
        assert "too-weak" not in str(refused.value)


def test_records_are_kept_as_long_as_the_rule_of_24_months_needs() -> None:
    with pytest.raises(ValidationError):
        Settings(environment="development", records_months=25)
