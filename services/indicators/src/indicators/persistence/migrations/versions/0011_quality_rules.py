"""Quality rules by version, what they doubt, and whether a delivery was held against them."""

import sqlalchemy as sa
from alembic import op
from chassis.migrations import open_to_readers, protect
from indicators.persistence.quality_rules import row_of, shipped_rules
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

RULES = sa.table(
    "quality_rules",
    sa.column("code", sa.Text),
    sa.column("version", sa.Integer),
    sa.column("body", postgresql.JSONB),
)


def upgrade() -> None:
    told = sa.Computed("COALESCE(body ->> 'scrutiny', 'none')", persisted=True)
    op.add_column("deliveries", sa.Column("scrutiny", sa.Text(), told, nullable=False))
    nought = sa.text("0")
    op.add_column("deliveries", sa.Column("scrutiny_attempts", sa.Integer(), nullable=False, server_default=nought))
    op.create_index(
        "deliveries_to_scrutinise",
        "deliveries",
        ["number"],
        unique=False,
        postgresql_where=sa.text("scrutiny = 'pending'"),
    )
    op.create_table(
        "quality_rules",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("code", "version"),
    )
    op.create_table(
        "soft_findings",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False, comment="empty where no split is doubted"),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("observed", sa.Numeric(), nullable=False),
        sa.Column("expected", sa.Numeric(), nullable=True),
        sa.Column("low", sa.Numeric(), nullable=True),
        sa.Column("high", sa.Numeric(), nullable=True),
        sa.Column("basis", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("delivery", sa.Uuid(), nullable=False),
        sa.Column("found_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column("acknowledged_by", sa.Text(), nullable=True),
        sa.Column("acknowledged_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"]),
        sa.ForeignKeyConstraint(["rule", "rule_version"], ["quality_rules.code", "quality_rules.version"]),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"]),
        sa.ForeignKeyConstraint(["resolved_by"], ["deliveries.id"]),
        sa.PrimaryKeyConstraint("unit", "month", "id"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("soft_findings_by_delivery", "soft_findings", ["delivery"], unique=False)
    for statement in (*open_to_readers("quality_rules"), *protect("soft_findings", "unit")):
        op.execute(statement)
    op.bulk_insert(RULES, [row_of(rule) for rule in shipped_rules()])


def downgrade() -> None:
    raise RuntimeError("what was doubted and answered for is not taken away")
