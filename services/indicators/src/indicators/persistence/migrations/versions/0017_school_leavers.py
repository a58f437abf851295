"""The goal of school duties gets the indicator it is judged by."""

import json

import sqlalchemy as sa
from alembic import op
from indicators.persistence.catalogue_rows import edition

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# What somebody has added under these codes stays.
SHIP_VARIABLE = sa.text("""
    INSERT INTO variables (code, body) VALUES (:code, CAST(:body AS jsonb)) ON CONFLICT DO NOTHING
""")
SHIP_VERSION = sa.text("""
    INSERT INTO variable_versions (code, version, at, by, body)
    SELECT code, 1, now(), 'catalogue', body FROM variables WHERE code = :code
    ON CONFLICT DO NOTHING
""")
SHIP_DEFINITION = sa.text("""
    INSERT INTO definitions (indicator, variant, version, body)
    VALUES (:indicator, :variant, :version, CAST(:body AS jsonb)) ON CONFLICT DO NOTHING
""")


def upgrade() -> None:
    variables, definitions = edition(revision)
    for row in variables:
        op.get_bind().execute(SHIP_VARIABLE, {"code": row["code"], "body": json.dumps(row)})
        op.get_bind().execute(SHIP_VERSION, {"code": row["code"]})
    for row in definitions:
        key = {name: row[name] for name in ("indicator", "variant", "version")}
        op.get_bind().execute(SHIP_DEFINITION, {**key, "body": json.dumps(row)})


def downgrade() -> None:
    raise RuntimeError("the catalogue is not taken back: figures were told by it")
