"""The catalogue whole: variants of definitions, all statutory indicators, municipal ones, measures, conditions."""

import json

import sqlalchemy as sa
from alembic import op
from chassis.migrations import open_to_readers, protect, protect_through
from indicators.persistence.catalogue_rows import edition
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BEFORE = "0001"
ROUND_IN_REACH = "SELECT 1 FROM collection_units u WHERE u.round = collection_rounds.id"
WALLS = [*protect("collection_units", "unit"), *protect_through("collection_rounds", ROUND_IN_REACH)]

# A row as the earlier edition shipped it gives way; what somebody has changed or added stays.
SHIP_VARIABLE = sa.text("""
    INSERT INTO variables (code, body) VALUES (:code, CAST(:body AS jsonb))
    ON CONFLICT (code) DO UPDATE SET body = excluded.body WHERE variables.body = CAST(:earlier AS jsonb)
""")
SHIP_DEFINITION = sa.text("""
    INSERT INTO definitions (indicator, variant, version, body)
    VALUES (:indicator, :variant, :version, CAST(:body AS jsonb))
    ON CONFLICT (indicator, variant, version) DO UPDATE SET body = excluded.body
    WHERE definitions.body = CAST(:earlier AS jsonb)
""")
# What is told in a unit of quotients can no longer be read as a variable.
RATIOS = sa.text("""
    SELECT string_agg(code, ', ' ORDER BY code) FROM variables
    WHERE body ->> 'measure' IN ('percent', 'contacts_per_year', 'one')
""")


def upgrade() -> None:
    ratios = op.get_bind().scalar(RATIOS)
    if ratios:
        raise RuntimeError(f"variables that are ratios must go first, deliver numerator and denominator: {ratios}")
    op.add_column("definitions", sa.Column("variant", sa.Text(), nullable=False, server_default="federal"))
    op.alter_column("definitions", "variant", server_default=None)
    op.drop_constraint("definitions_pkey", "definitions", type_="primary")
    op.create_primary_key("definitions_pkey", "definitions", ["indicator", "variant", "version"])
    _ship()
    _keep_versions()
    _collect()


def _ship() -> None:
    connection = op.get_bind()
    earlier_variables, earlier_definitions = edition(BEFORE)
    variables, definitions = edition(revision)
    known = {row["code"]: row for row in earlier_variables}
    for row in variables:
        bodies = {"body": json.dumps(row), "earlier": json.dumps(known.get(row["code"]))}
        connection.execute(SHIP_VARIABLE, {"code": row["code"], **bodies})
    defined = {(row["indicator"], row["version"]): row for row in earlier_definitions}
    for row in definitions:
        key = {name: row[name] for name in ("indicator", "variant", "version")}
        earlier = defined.get((row["indicator"], row["version"])) if row["variant"] == "federal" else None
        connection.execute(SHIP_DEFINITION, {**key, "body": json.dumps(row), "earlier": json.dumps(earlier)})


def _keep_versions() -> None:
    """Keep versions of variables from now on; what stands now is the first."""
    op.create_table(
        "variable_versions",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("code", "version"),
    )
    op.execute("INSERT INTO variable_versions SELECT code, 1, now(), 'catalogue', body FROM variables")
    for statement in open_to_readers("variable_versions"):
        op.execute(statement)


def _collect() -> None:
    op.create_table(
        "collection_rounds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column(
            "body",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="without the units, which stand in rows of their own",
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "collection_units",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("round", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["collection_rounds.id"]),
        sa.PrimaryKeyConstraint("unit", "round"),
    )
    op.create_index("collection_units_by_round", "collection_units", ["round"], unique=False)
    for statement in WALLS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("the catalogue is not taken back: figures were told by it")
