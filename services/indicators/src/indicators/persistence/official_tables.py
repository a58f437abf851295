"""The tables of releases and of reconciliations."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB


def releases_table(metadata: sa.MetaData) -> sa.Table:
    """Describe releases, which are reference data."""
    return sa.Table(
        "releases",
        metadata,
        sa.Column("number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("body", JSONB, nullable=False),
    )


def reconciliations_table(metadata: sa.MetaData) -> sa.Table:
    """Describe runs of reconciliation."""
    return sa.Table(
        "reconciliations",
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reach", sa.Text, nullable=False, server_default=sa.text("''")),
        sa.Column("status", sa.Text, nullable=False, server_default=sa.text("'compared'")),
        sa.Column("asked", sa.BigInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("compared", sa.BigInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("body", JSONB, nullable=False),
        sa.Index("reconciliations_by_digest", "digest", "by"),
    )


def reconciliation_jobs_table(metadata: sa.MetaData) -> sa.Table:
    """Describe runs that wait to be compared."""
    return sa.Table(
        "reconciliation_jobs",
        metadata,
        sa.Column("run", sa.Uuid, sa.ForeignKey("reconciliations.id"), primary_key=True),
        sa.Column("allowed", ARRAY(sa.Text)),
        sa.Column("attempts", sa.Integer, nullable=False),
    )


def reconciliation_units_table(metadata: sa.MetaData) -> sa.Table:
    """Describe for which units a run may be seen."""
    return sa.Table(
        "reconciliation_units",
        metadata,
        sa.Column("unit", sa.Text, primary_key=True),
        sa.Column("run", sa.Uuid, sa.ForeignKey("reconciliations.id"), primary_key=True),
        sa.Index("reconciliation_units_by_run", "run"),
    )


def reconciliation_findings_table(metadata: sa.MetaData) -> sa.Table:
    """Describe what is wrong with a run's rows."""
    return sa.Table(
        "reconciliation_findings",
        metadata,
        sa.Column("run", sa.Uuid, sa.ForeignKey("reconciliations.id"), primary_key=True),
        sa.Column("ordinal", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("body", JSONB, nullable=False),
    )


def reconciliation_differences_table(metadata: sa.MetaData) -> sa.Table:
    """Describe a run's differences, each of one unit."""
    return sa.Table(
        "reconciliation_differences",
        metadata,
        sa.Column("unit", sa.Text, primary_key=True),
        sa.Column("run", sa.Uuid, sa.ForeignKey("reconciliations.id"), primary_key=True),
        sa.Column("ordinal", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("body", JSONB, nullable=False),
        sa.Index("reconciliation_differences_by_run", "run", "ordinal"),
    )
