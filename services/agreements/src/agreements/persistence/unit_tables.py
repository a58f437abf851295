"""Tables of units, and of how they stand to one another."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

ALWAYS = "0001-01-01 where it was always so"


def units(metadata: sa.MetaData) -> sa.Table:
    """Describe the table of the same name."""
    return sa.Table(
        "units",
        metadata,
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("ags", sa.Text),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_until", sa.Date),
        sa.Column("earlier", JSONB, nullable=False, server_default="[]", comment="names and kinds it no longer has"),
    )


def unit_relations(metadata: sa.MetaData) -> sa.Table:
    """Describe the table of the same name."""
    return sa.Table(
        "unit_relations",
        metadata,
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("source", sa.Text, sa.ForeignKey("units.code"), primary_key=True),
        sa.Column("target", sa.Text, sa.ForeignKey("units.code"), primary_key=True),
        sa.Column("since", sa.Date, primary_key=True, comment=ALWAYS),
        sa.Column("valid_until", sa.Date),
        sa.Column("scope", sa.Text),
    )


def unit_state(metadata: sa.MetaData) -> sa.Table:
    """Describe the table of the same name."""
    return sa.Table(
        "unit_state",
        metadata,
        sa.Column(
            "sole", sa.Boolean, sa.CheckConstraint("sole", name="sole"), primary_key=True, server_default=sa.true()
        ),
        sa.Column("number", sa.BigInteger, nullable=False),
        comment="a number that changes with every change of units and relations",
    )


def comparison_groups(metadata: sa.MetaData) -> sa.Table:
    """Describe the table of the same name."""
    return sa.Table(
        "comparison_groups",
        metadata,
        sa.Column("scheme", sa.Text, primary_key=True),
        sa.Column("unit", sa.Text, sa.ForeignKey("units.code"), primary_key=True),
        sa.Column("since", sa.Date, primary_key=True, comment=ALWAYS),
        sa.Column("valid_until", sa.Date),
        sa.Column("group", sa.Text, nullable=False),
    )


def nearest_neighbours(metadata: sa.MetaData) -> sa.Table:
    """Describe the table of the same name."""
    return sa.Table(
        "nearest_neighbours",
        metadata,
        sa.Column("unit", sa.Text, sa.ForeignKey("units.code"), primary_key=True),
        sa.Column("neighbour", sa.Text, sa.ForeignKey("units.code"), primary_key=True),
        sa.Column("since", sa.Date, primary_key=True, comment=ALWAYS),
        sa.Column("valid_until", sa.Date),
        sa.Column("rank", sa.Integer, nullable=False),
    )
