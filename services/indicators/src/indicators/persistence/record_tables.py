"""Tables of case records: files, and whom and which towns each unit's files name. No reader sees any of them."""

import sqlalchemy as sa


def record_files(metadata: sa.MetaData) -> sa.Table:
    """Describe the table of the same name; `taken` counts files as they came in."""
    return sa.Table(
        "record_files",
        metadata,
        sa.Column("unit", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("delivery", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False, comment="Parquet, persons re-keyed"),
        sa.Column("taken", sa.BigInteger, sa.Identity(always=True), nullable=False),
    )


def record_persons(metadata: sa.MetaData) -> sa.Table:
    """Describe the table of the same name."""
    return sa.Table(
        "record_persons",
        metadata,
        sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False, comment="re-keyed"),
        sa.Column("unit", sa.Text, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False, comment="the last month in which the unit names the person"),
        sa.Index("record_persons_by_unit", "unit"),
    )


def record_towns(metadata: sa.MetaData) -> sa.Table:
    """Describe the table of the same name."""
    return sa.Table(
        "record_towns",
        metadata,
        sa.Column("town", sa.Text, primary_key=True),
        sa.Column("unit", sa.Text, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False, comment="the last month in which the unit names the town"),
        sa.Index("record_towns_by_unit", "unit"),
    )
