"""The tables of attestations and objections; months are counted as year × 12 + month − 1."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB


def attestations_table(metadata: sa.MetaData) -> sa.Table:
    """Describe attestations: at the most one a unit and month stands."""
    return sa.Table(
        "attestations",
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("body", JSONB, nullable=False),
        sa.Index(
            "attestations_standing", "unit", "month", unique=True, postgresql_where=sa.text("status = 'attested'")
        ),
    )


def objections_table(metadata: sa.MetaData) -> sa.Table:
    """Describe objections: at the most one a reading is open."""
    return sa.Table(
        "objections",
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("indicator", sa.Text, nullable=False),
        sa.Column("view", sa.Text, nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("due", sa.Date, nullable=False),
        sa.Column("body", JSONB, nullable=False),
        sa.Index(
            "objections_open",
            "unit",
            "month",
            "indicator",
            "view",
            unique=True,
            postgresql_where=sa.text("status = 'open'"),
        ),
    )
