"""Who stands for figures and who contests them, states of the data, and reconciliation with official figures."""

import sqlalchemy as sa
from alembic import op
from chassis.migrations import append_only, open_to_readers, protect, protect_through
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

RUN_IN_REACH = "SELECT 1 FROM reconciliation_units u WHERE u.run = "
WALLS = [
    *open_to_readers("releases"),
    *protect("attestations", "unit"),
    *protect("objections", "unit"),
    *protect("reconciliation_units", "unit"),
    *protect("reconciliation_differences", "unit"),
    *protect_through("reconciliations", RUN_IN_REACH + "reconciliations.id"),
    *protect_through("reconciliation_findings", RUN_IN_REACH + "reconciliation_findings.run"),
]
ONLY_GROW = ("releases", "reconciliations", "reconciliation_findings", "reconciliation_differences")


def upgrade() -> None:
    op.create_table(
        "attestations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    standing = sa.text("status = 'attested'")
    op.create_index("attestations_standing", "attestations", ["unit", "month"], unique=True, postgresql_where=standing)
    op.create_table(
        "objections",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    key, still_open = ["unit", "month", "indicator", "view"], sa.text("status = 'open'")
    op.create_index("objections_open", "objections", key, unique=True, postgresql_where=still_open)
    op.create_table(
        "releases",
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "reconciliations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("by", "digest", "state"),
    )
    op.create_table(
        "reconciliation_units",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("run", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["reconciliations.id"]),
        sa.PrimaryKeyConstraint("unit", "run"),
    )
    op.create_index("reconciliation_units_by_run", "reconciliation_units", ["run"])
    op.create_table(
        "reconciliation_findings",
        sa.Column("run", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["reconciliations.id"]),
        sa.PrimaryKeyConstraint("run", "ordinal"),
    )
    op.create_table(
        "reconciliation_differences",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("run", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["reconciliations.id"]),
        sa.PrimaryKeyConstraint("unit", "run", "ordinal"),
    )
    op.create_index("reconciliation_differences_by_run", "reconciliation_differences", ["run", "ordinal"])
    for statement in (*WALLS, *append_only(*ONLY_GROW)):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("what somebody stood for is not taken away")
