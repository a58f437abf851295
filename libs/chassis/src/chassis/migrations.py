"""Alembic as every service uses it: one transaction, one advisory lock, short lock timeouts."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command, context
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.database import Database

READER = "zielwerk_reader"

CREATE_READER = f"""
DO $$ BEGIN
    CREATE ROLE {READER} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
"""


def config_of(service: str) -> Config:
    """Point Alembic at the migrations a service carries inside its package."""
    package = __import__(service)
    config = Config()
    config.set_main_option("script_location", str(Path(str(package.__file__)).parent / "persistence" / "migrations"))
    return config


def head_of(service: str) -> str | None:
    """Name the newest migration a service ships."""
    return ScriptDirectory.from_config(config_of(service)).get_current_head()


async def migrate(database: Database, service: str) -> None:
    """Bring a service's database to its newest migration; two at once wait for each other."""
    async with database.engine.begin() as connection:
        await connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext(:service))"), {"service": service})
        await connection.execute(sa.text("SET LOCAL lock_timeout = '5s'"))
        await connection.run_sync(_upgrade, service)


async def applied(connection: AsyncConnection) -> str | None:
    """Name the migration a database stands at, if any."""
    present = await connection.scalar(sa.text("SELECT to_regclass('alembic_version') IS NOT NULL"))
    return await connection.scalar(sa.text("SELECT version_num FROM alembic_version")) if present else None


def _upgrade(connection: sa.Connection, service: str) -> None:
    config = config_of(service)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def run(metadata: sa.MetaData) -> None:
    """Do what a service's `env.py` is there for."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
    context.run_migrations()


def protect(table: str, unit: str) -> list[str]:
    """
    Give the statements that let the reader role see only rows of units within reach (second wall).

    The reach is read once a statement, by subqueries: read once a row, 400 rows and 450 units cost 7 ms, not 0.4.
    """
    reach = "current_setting('zielwerk.reach', true)"
    units = f"CAST((SELECT string_to_array({reach}, ',')) AS text[])"
    return _walled(table, f"(SELECT {reach}) = '*' OR {unit} = ANY ({units})")


def protect_through(table: str, visible: str) -> list[str]:
    """Give the same where a row is open if a subquery finds a row that is: the other table's wall decides."""
    return _walled(table, f"EXISTS ({visible})")


def append_only(*tables: str) -> list[str]:
    """Give the statements that let nobody change or remove rows of these tables."""
    refuse = """
        CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'what is recorded in % is never changed', TG_TABLE_NAME; END $$
    """
    return [
        refuse,
        *(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            for table in tables
        ),
    ]


def open_to_readers(table: str) -> list[str]:
    """Give the statement that lets the reader role see a whole table: reference data, no rows of anybody."""
    return [f"GRANT SELECT ON {table} TO {READER}"]


def _walled(table: str, allowed: str) -> list[str]:
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY within_reach ON {table} FOR SELECT TO {READER} USING ({allowed})",
        f"GRANT SELECT ON {table} TO {READER}",
    ]
