"""The catalogue whole: variants of definitions, all statutory indicators, municipal ones, measures, conditions."""

import json

import sqlalchemy as sa
from alembic import op
from indicators.persistence.catalogue_rows import edition

revision = "0008"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE = "0001"

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


def downgrade() -> None:
    raise RuntimeError("the catalogue is not taken back: figures were told by it")
