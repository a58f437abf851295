"""Nearest neighbours: the units a unit is most like, ranked, from a day on."""

import sqlalchemy as sa
from alembic import op
from chassis.migrations import open_to_readers

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "nearest_neighbours",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("neighbour", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False, comment="0001-01-01 where it was always so"),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["units.code"]),
        sa.ForeignKeyConstraint(["neighbour"], ["units.code"]),
        sa.PrimaryKeyConstraint("unit", "neighbour", "since"),
    )
    for statement in open_to_readers("nearest_neighbours"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("nearest_neighbours")
