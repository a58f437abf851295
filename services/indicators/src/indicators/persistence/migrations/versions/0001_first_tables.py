"""The first tables."""

import sqlalchemy as sa
from alembic import op
from chassis.migrations import CREATE_READER, open_to_readers, protect, protect_through
from indicators.persistence.catalogue_rows import edition
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

UNIT_IN_REACH = "SELECT 1 FROM units u WHERE u.id = observations.unit_id"
DELIVERY_IN_REACH = "SELECT 1 FROM delivery_units d WHERE d.delivery = "
VARIABLES = sa.table("variables", sa.column("code", sa.Text), sa.column("body", postgresql.JSONB))
DEFINITIONS = sa.table(
    "definitions",
    sa.column("indicator", sa.Text),
    sa.column("version", sa.Integer),
    sa.column("body", postgresql.JSONB),
)
WALLS = [
    *open_to_readers("variables"),
    *open_to_readers("definitions"),
    *open_to_readers("series"),
    *open_to_readers("copies"),
    *protect("units", "code"),
    *protect("delivery_units", "unit"),
    *protect("duties", "unit"),
    *protect_through("observations", UNIT_IN_REACH),
    *protect_through("deliveries", DELIVERY_IN_REACH + "deliveries.number"),
    *protect_through("findings", DELIVERY_IN_REACH + "findings.delivery"),
    *protect_through("differences", DELIVERY_IN_REACH + "differences.delivery"),
]


def upgrade() -> None:
    op.execute(CREATE_READER)
    op.execute("GRANT zielwerk_reader TO CURRENT_USER")
    op.create_table(
        "copies",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "definitions",
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("indicator", "version"),
    )
    op.create_table(
        "deliveries",
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("deliveries_by_digest", "deliveries", ["digest", "sender"], unique=False)
    op.create_table(
        "duties",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("variables", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("after", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("working_day", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("unit", "variables", "first", "after"),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("committed", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.JSON(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "observations",
        sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("series_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("delivery", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Numeric(), nullable=True, comment="NULL withdraws what was known"),
        sa.PrimaryKeyConstraint("unit_id", "month", "series_id", "delivery"),
    )
    op.create_table(
        "outbox",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("time", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("variable", sa.Text(), nullable=False),
        sa.Column("dimensions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "variables",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "delivery_units",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("delivery", sa.BigInteger(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("last", sa.Integer(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery"],
            ["deliveries.number"],
        ),
        sa.PrimaryKeyConstraint("unit", "delivery"),
    )
    op.create_index("delivery_units_by_delivery", "delivery_units", ["delivery"], unique=False)
    op.create_table(
        "differences",
        sa.Column("delivery", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery"],
            ["deliveries.number"],
        ),
        sa.PrimaryKeyConstraint("delivery", "ordinal"),
    )
    op.create_table(
        "findings",
        sa.Column("delivery", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("row", sa.BigInteger(), nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery"],
            ["deliveries.number"],
        ),
        sa.PrimaryKeyConstraint("delivery", "ordinal"),
    )
    for statement in WALLS:
        op.execute(statement)
    variables, definitions = edition(revision)
    op.bulk_insert(VARIABLES, [{"code": v["code"], "body": v} for v in variables])
    rows = [{"indicator": d["indicator"], "version": d["version"], "body": d} for d in definitions]
    op.bulk_insert(DEFINITIONS, rows)


def downgrade() -> None:
    raise RuntimeError("the first tables are not taken away")
