"""Tables of quality rules and what they doubt."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB


def quality_rules(metadata: sa.MetaData) -> sa.Table:
    """Describe the table of the same name."""
    return sa.Table(
        "quality_rules",
        metadata,
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", JSONB, nullable=False),
    )


def soft_findings(metadata: sa.MetaData) -> sa.Table:
    """Describe the table of the same name."""
    return sa.Table(
        "soft_findings",
        metadata,
        sa.Column("unit", sa.Text, primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("series_id", sa.Integer, sa.ForeignKey("series.id"), nullable=False),
        sa.Column("dimension", sa.Text, nullable=False, comment="empty where no split is doubted"),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("rule_version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("observed", sa.Numeric, nullable=False),
        sa.Column("expected", sa.Numeric),
        sa.Column("low", sa.Numeric),
        sa.Column("high", sa.Numeric),
        sa.Column("basis", JSONB, nullable=False),
        sa.Column("delivery", sa.Uuid, sa.ForeignKey("deliveries.id"), nullable=False),
        sa.Column("found_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("resolved_by", sa.Uuid, sa.ForeignKey("deliveries.id")),
        sa.Column("acknowledged_by", sa.Text),
        sa.Column("acknowledged_at", sa.TIMESTAMP(timezone=True)),
        sa.Column("reason", sa.Text),
        sa.ForeignKeyConstraint(["rule", "rule_version"], ["quality_rules.code", "quality_rules.version"]),
        sa.Index("soft_findings_by_delivery", "delivery"),
        sa.Index("soft_findings_by_id", "id"),
    )
