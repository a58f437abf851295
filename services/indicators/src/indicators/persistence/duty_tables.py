"""Tables of what became of the duty to deliver."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY


def delivery_rejections(metadata: sa.MetaData) -> sa.Table:
    """Describe the table of the same name."""
    return sa.Table(
        "delivery_rejections",
        metadata,
        sa.Column("unit", sa.Text, primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("variable", sa.Text, primary_key=True, comment="empty where the rows tell no known one"),
        sa.Column("delivery", sa.BigInteger, sa.ForeignKey("deliveries.number"), primary_key=True),
        sa.Column("rows", sa.BigInteger, nullable=False),
        sa.Column("cured_by", sa.BigInteger, sa.ForeignKey("deliveries.number")),
    )


def withheld_figures(metadata: sa.MetaData) -> sa.Table:
    """Describe the table of the same name."""
    return sa.Table(
        "withheld_figures",
        metadata,
        sa.Column("unit", sa.Text, primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("variable", sa.Text, primary_key=True),
        sa.Column("delivery", sa.BigInteger, sa.ForeignKey("deliveries.number"), primary_key=True),
        sa.Column(
            "cell",
            sa.Text,
            primary_key=True,
            server_default=sa.text("''"),
            comment="the series by its name; empty where only the variable is known",
        ),
    )


def reminders(metadata: sa.MetaData) -> sa.Table:
    """Describe the table of the same name."""
    return sa.Table(
        "reminders",
        metadata,
        sa.Column("unit", sa.Text, primary_key=True),
        sa.Column("variables", ARRAY(sa.Text), primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sent_at", sa.TIMESTAMP(timezone=True), nullable=False),
    )
