"""The catalogue reaches databases old and new, and leaves alone what somebody has changed."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from chassis.clock import new_id
from chassis.database import Database
from chassis.development.embedded import ensure_database
from chassis.migrations import config_of, migrate
from domain.identity import IndicatorCode, VariableCode
from indicators.persistence.catalogue_rows import StoredCatalogue
from support import databases
from support.shipped import DEFINITIONS, SHIPPED

WHOLE, INSTANTS = "0008", "0024"
DEFINED_AT = datetime(2014, 7, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
async def database() -> AsyncIterator[Database]:
    url = await ensure_database(databases.server(), f"upgrade_{new_id().hex[-12:]}")
    made = Database(url)
    yield made
    await made.close()
    await databases.drop(url)


async def at_the_revision_before(database: Database, revision: str = WHOLE) -> None:
    """Bring an empty database to where it stood before a migration."""
    config = config_of("indicators")
    before = ScriptDirectory.from_config(config).get_revision(revision).down_revision

    def upgrade(connection: sa.Connection) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, str(before))

    async with database.engine.begin() as connection:
        await connection.run_sync(upgrade)


async def test_a_new_database_has_exactly_the_catalogue_that_ships(database: Database) -> None:
    await migrate(database, "indicators")
    async with database.engine.connect() as connection:
        catalogue = StoredCatalogue(connection)
        variables, definitions = await catalogue.variables(), await catalogue.definitions()
    assert dict(variables) == {variable.code: variable for variable in SHIPPED}
    assert {d.name: d for versions in definitions.values() for d in versions} == {d.name: d for d in DEFINITIONS}
    assert [d.name for d in definitions[IndicatorCode("K3E1")]] == [
        "K3E1/1",
        "K3E1/2",
        "K3E1/1/ordinance",
        "K3E1/2/ordinance",
    ]


async def test_an_old_database_gets_it_too_and_keeps_what_its_operator_changed(database: Database) -> None:
    await at_the_revision_before(database)
    own = sa.text(
        """UPDATE variables SET body = jsonb_set(body, '{label}', '"Eigener Name"') WHERE code = 'elb_stock'"""
    )
    relabelled = sa.text("""
        UPDATE definitions SET body = jsonb_set(body, '{label}', '"Eigene Quote"') WHERE indicator = 'K2'
    """)
    async with database.engine.begin() as connection:
        await connection.execute(own)
        await connection.execute(relabelled)
    await migrate(database, "indicators")
    async with database.engine.connect() as connection:
        catalogue = StoredCatalogue(connection)
        variables, definitions = await catalogue.variables(), await catalogue.definitions()
    assert variables[VariableCode("elb_stock")].label == "Eigener Name"
    assert definitions[IndicatorCode("K2")][0].label == "Eigene Quote"
    assert len(variables) == len(SHIPPED)
    assert sum(map(len, definitions.values())) == len(DEFINITIONS)
    sustained = variables[VariableCode("integrations_sustained")]
    assert "im zwölften Monat" in sustained.label
    assert str(definitions[IndicatorCode("K3")][0].valid_until) == "2019-03-22"


async def test_a_ratio_that_was_delivered_stops_the_upgrade_and_is_named(database: Database) -> None:
    await at_the_revision_before(database)
    body = {"code": "quote", "label": "Q", "label_en": "Q", "measure": "percent", "kind": "flow", "dimensions": []}
    insert = sa.text("INSERT INTO variables (code, body) VALUES ('quote', CAST(:body AS jsonb))")
    async with database.engine.begin() as connection:
        await connection.execute(insert, {"body": json.dumps(body)})
    with pytest.raises(RuntimeError, match="numerator and denominator: quote"):
        await migrate(database, "indicators")


async def test_definitions_of_before_are_known_since_the_log_tells_of_them(database: Database) -> None:
    await at_the_revision_before(database, INSTANTS)
    define = sa.text("""
        INSERT INTO definitions (indicator, variant, version, body)
        SELECT indicator, CAST(:variant AS text), 7, body || jsonb_build_object('version', 7, 'variant', :variant)
        FROM definitions WHERE indicator = 'staff_posts' AND version = 1
    """)
    log = sa.text("""
        INSERT INTO audit_log (position, at, by, action, resource, request_id)
        SELECT count(*), :at, 'katalogpflege', 'indicator.defined', :resource, 'r' FROM audit_log
    """)
    names = {"federal": "staff_posts/7", "own": "staff_posts/7/own"}
    async with database.engine.begin() as connection:
        for variant, name in names.items():
            await connection.execute(define, {"variant": variant})
            await connection.execute(log, {"at": DEFINED_AT, "resource": f"indicator:{name}"})
    await migrate(database, "indicators")
    async with database.engine.connect() as connection:
        catalogue, posts = StoredCatalogue(connection), IndicatorCode("staff_posts")
        before = (await catalogue.definitions(DEFINED_AT - timedelta(seconds=1)))[posts]
        since = (await catalogue.definitions(DEFINED_AT))[posts]
    assert [definition.name for definition in before] == ["staff_posts/1"]
    assert [definition.name for definition in since] == ["staff_posts/1", *names.values()]
