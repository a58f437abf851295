"""The tables of internal control: values kept whole, with the columns they are found by."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB


def grids(metadata: sa.MetaData) -> sa.Table:
    """Describe the versions of review grids."""
    return sa.Table(
        "review_grids",
        metadata,
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", JSONB, nullable=False),
    )


def rounds(metadata: sa.MetaData) -> sa.Table:
    """Describe rounds: one an office, month and grid, beside those withdrawn."""
    return _register(
        metadata,
        "file_reviews",
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("grid", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Index(
            "file_reviews_once",
            "unit",
            "month",
            "grid",
            unique=True,
            postgresql_where=sa.text("status <> 'withdrawn'"),
        ),
    )


def files(metadata: sa.MetaData) -> sa.Table:
    """Describe the sampled files of rounds."""
    return _register(
        metadata,
        "reviewed_files",
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("review", sa.Uuid, sa.ForeignKey("file_reviews.id"), nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.UniqueConstraint("review", "rank"),
    )


def consequences(metadata: sa.MetaData) -> sa.Table:
    """Describe consequences of rounds."""
    return _register(
        metadata,
        "review_consequences",
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("review", sa.Uuid, sa.ForeignKey("file_reviews.id"), nullable=False),
        sa.Index("review_consequences_by_review", "review"),
    )


def audits(metadata: sa.MetaData) -> sa.Table:
    """Describe external audits; one without a unit concerns all."""
    return _register(metadata, "external_audits", sa.Column("unit", sa.Text))


def _register(metadata: sa.MetaData, name: str, *keys: sa.schema.SchemaItem) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        *keys,
        sa.Column("body", JSONB, nullable=False),
    )
