"""The first tables."""

import sqlalchemy as sa
from alembic import op
from chassis.migrations import CREATE_READER, open_to_readers, protect
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WALLS = [
    *open_to_readers("copies"),
    *protect("attainment", "unit"),
    *protect("reports", "unit"),
]


def upgrade() -> None:
    op.execute(CREATE_READER)
    op.execute("GRANT zielwerk_reader TO CURRENT_USER")
    op.create_table(
        "attainment",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement", sa.Uuid(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("light", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="the item's JSON, served as it is"),
        sa.Column("why", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("latest", sa.Boolean(), nullable=False, comment="the newest month of its agreement with data"),
        sa.PrimaryKeyConstraint("unit", "position"),
    )
    op.create_index("attainment_by_agreement", "attainment", ["agreement", "month"], unique=False)
    op.create_index("attainment_by_id", "attainment", ["id"], unique=False)
    op.create_index("attainment_by_position", "attainment", ["position"], unique=False)
    op.create_index(
        "attainment_current",
        "attainment",
        ["month", "unit", "agreement", "goal"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_index(
        "attainment_newest",
        "attainment",
        ["unit", "agreement", "goal"],
        unique=False,
        postgresql_where=sa.text("latest AND superseded_at IS NULL"),
    )
    op.create_table(
        "copies",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("name"),
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
        "reports",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("unit", "id"),
    )
    op.create_index("reports_by_id", "reports", ["id"], unique=False)
    for statement in WALLS:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("the first tables are not taken away")
