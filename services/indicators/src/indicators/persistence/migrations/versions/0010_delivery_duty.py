"""Rejected rows by what they were for, and reminders that were sent."""

import sqlalchemy as sa
from alembic import op
from chassis.migrations import protect
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delivery_rejections",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("variable", sa.Text(), nullable=False, comment="empty where the rows tell no known one"),
        sa.Column("delivery", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("cured_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.number"]),
        sa.ForeignKeyConstraint(["cured_by"], ["deliveries.number"]),
        sa.PrimaryKeyConstraint("unit", "month", "variable", "delivery"),
    )
    op.create_table(
        "reminders",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("variables", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sent_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("unit", "variables", "month", "kind", "number"),
    )
    for statement in (*protect("delivery_rejections", "unit"), *protect("reminders", "unit")):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("what was rejected and sent is not taken away")
