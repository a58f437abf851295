"""Whom and which towns the records of each unit name, so that deliveries of different units run side by side."""

from io import BytesIO

import polars as pl
import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

FILES = sa.text("SELECT unit, month, delivery FROM record_files WHERE kind = 'case_records' ORDER BY month DESC")
CONTENT = sa.text("""
    SELECT content FROM record_files
    WHERE kind = 'case_records' AND unit = :unit AND month = :month AND delivery = :delivery
""")
# Files come from the last month to the first, so the first month that is met for somebody is the last.
KEEP = """
    INSERT INTO record_{name}s ({name}, unit, last)
    SELECT named, :unit, :month FROM unnest(CAST(:values AS {kind}[])) AS named ON CONFLICT DO NOTHING
"""


def upgrade() -> None:
    for name, kind in (("person", sa.LargeBinary()), ("town", sa.Text())):
        op.create_table(
            f"record_{name}s",
            sa.Column(name, kind, nullable=False, comment="re-keyed" if name == "person" else None),
            sa.Column("unit", sa.Text(), nullable=False),
            sa.Column(
                "last", sa.Integer(), nullable=False, comment=f"the last month in which the unit names the {name}"
            ),
            sa.PrimaryKeyConstraint(name, "unit"),
        )
        op.create_index(f"record_{name}s_by_unit", f"record_{name}s", ["unit"], unique=False)
        # As with the files themselves: the reader role gets neither a policy nor the right to select.
        op.execute(f"ALTER TABLE record_{name}s ENABLE ROW LEVEL SECURITY")
    _number_files()
    _name_persons_and_towns()


def downgrade() -> None:
    raise RuntimeError("records go by retention, month by month")


def _number_files() -> None:
    op.add_column("record_files", sa.Column("taken", sa.BigInteger(), nullable=True))
    op.execute("UPDATE record_files SET taken = delivery")
    op.alter_column("record_files", "taken", nullable=False)
    op.execute("ALTER TABLE record_files ALTER COLUMN taken ADD GENERATED ALWAYS AS IDENTITY")
    op.execute("""
        SELECT setval(pg_get_serial_sequence('record_files', 'taken'), coalesce(max(taken), 0) + 1) FROM record_files
    """)


def _name_persons_and_towns() -> None:
    connection = op.get_bind()
    for file in connection.execute(FILES).all():
        place = {"unit": file.unit, "month": file.month}
        content = connection.scalar(CONTENT, {**place, "delivery": file.delivery})
        rows = pl.read_parquet(BytesIO(content), columns=["person", "town"])
        for name, kind in (("person", "bytea"), ("town", "text")):
            values = rows[name].drop_nulls().unique().to_list()
            connection.execute(sa.text(KEEP.format(name=name, kind=kind)), {**place, "values": values})
