"""Migrations build exactly the tables, and no table of rows of units lacks its second wall."""

import asyncio
import importlib
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from chassis.database import Database
from support import databases

SERVICES = ("agreements", "indicators", "reporting")

WITHOUT_WALL = sa.text("""
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relrowsecurity
      AND has_table_privilege('zielwerk_reader', oid, 'SELECT')
""")
OPEN_TABLES = {
    "agreements": {
        "bodies",
        "comparison_groups",
        "conferences",
        "nearest_neighbours",
        "planning_rounds",
        "standards",
        "tiers",
        "unit_relations",
        "unit_state",
        "units",
    },
    "indicators": {
        "variables",
        "variable_versions",
        "definitions",
        "mapping_profiles",
        "series",
        "copies",
        "review_grids",
        "releases",
        "quality_rules",
    },
    "reporting": {"copies"},
}


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def inspected(service: str, look: Callable[[sa.Connection], object]) -> object:
    template = databases.template(service)

    async def run() -> object:
        database = Database(await databases.fresh(template))
        try:
            async with database.engine.connect() as connection:
                return await connection.run_sync(look)
        finally:
            await database.close()

    return asyncio.run(run())


def test_migrations_build_exactly_the_tables(service: str) -> None:
    metadata = importlib.import_module(f"{service}.persistence.tables").metadata

    def difference(connection: sa.Connection) -> object:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    assert inspected(service, difference) == []


def test_the_reader_sees_whole_tables_only_where_they_are_reference_data(service: str) -> None:
    def open_tables(connection: sa.Connection) -> object:
        return set(connection.scalars(WITHOUT_WALL))

    assert inspected(service, open_tables) == OPEN_TABLES[service]
