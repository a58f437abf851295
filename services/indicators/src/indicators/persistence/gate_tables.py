"""Tables of who delivers what when."""

import sqlalchemy as sa


def sender_responsibilities(metadata: sa.MetaData) -> sa.Table:
    """Describe the table of the same name."""
    return sa.Table(
        "sender_responsibilities",
        metadata,
        sa.Column("unit", sa.Text, primary_key=True),
        sa.Column("variable", sa.Text, primary_key=True, comment="empty: all"),
        sa.Column("sender", sa.Text, primary_key=True),
        sa.Column("first", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("until", sa.Integer),
    )


def closed_months(metadata: sa.MetaData) -> sa.Table:
    """Describe the table of the same name."""
    return sa.Table(
        "closed_months",
        metadata,
        sa.Column("unit", sa.Text, primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
    )


def late_permits(metadata: sa.MetaData) -> sa.Table:
    """Describe the table of the same name."""
    return sa.Table(
        "late_permits",
        metadata,
        sa.Column("unit", sa.Text, primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sender", sa.Text, primary_key=True),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
