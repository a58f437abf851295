"""Files of case records, which readers never see."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record_files",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("delivery", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="Parquet, persons re-keyed"),
        sa.PrimaryKeyConstraint("unit", "kind", "month", "delivery"),
    )
    # The second wall has no door: the reader role gets neither a policy nor the right to select.
    op.execute("ALTER TABLE record_files ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE record_files ALTER COLUMN content SET STORAGE EXTERNAL")


def downgrade() -> None:
    raise RuntimeError("records go by retention, month by month")
