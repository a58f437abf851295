"""Who delivers for which unit, which months are closed, and who may deliver late."""

import sqlalchemy as sa
from alembic import op
from chassis.migrations import protect

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = ("sender_responsibilities", "closed_months", "late_permits")


def upgrade() -> None:
    op.create_table(
        "sender_responsibilities",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("variable", sa.Text(), nullable=False, comment="empty: all"),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("unit", "variable", "sender", "first"),
    )
    op.create_table(
        "closed_months",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("unit", "month"),
    )
    op.create_table(
        "late_permits",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "month", "sender"),
    )
    for table in TABLES:
        for statement in protect(table, "unit"):
            op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("what keeps deliveries out is not taken away")
