"""Deliveries wait in line for their outcome; findings and differences are columns, however many there are."""

import sqlalchemy as sa
from alembic import op
from chassis.migrations import protect_through
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DELIVERY_IN_REACH = "SELECT 1 FROM delivery_units d WHERE d.delivery = differences.delivery"


def upgrade() -> None:
    nought = sa.text("0")
    op.add_column("deliveries", sa.Column("rows_read", sa.BigInteger(), nullable=False, server_default=nought))
    op.add_column("deliveries", sa.Column("rows_compared", sa.BigInteger(), nullable=False, server_default=nought))
    op.add_column("deliveries", sa.Column("revision", sa.BigInteger(), nullable=True))
    op.execute("UPDATE deliveries SET revision = number")
    op.create_unique_constraint("deliveries_revision_key", "deliveries", ["revision"])
    # The month leads the key: a month's rows are appended behind all earlier ones instead of between them.
    op.drop_constraint("observations_pkey", "observations", type_="primary")
    op.create_primary_key("observations_pkey", "observations", ["month", "unit_id", "series_id", "delivery"])
    op.add_column("deliveries", sa.Column("retracts", sa.BigInteger(), nullable=True))
    op.create_index("deliveries_by_retracted", "deliveries", ["retracts"], unique=True)
    op.drop_constraint("findings_pkey", "findings", type_="primary")
    op.drop_column("findings", "ordinal")
    op.create_primary_key("findings_pkey", "findings", ["delivery", "row", "column", "code"])
    # What a dry run would change is told anew by the next dry run; it is nothing that was delivered.
    op.drop_table("differences")
    op.create_table(
        "differences",
        sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("delivery", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("series_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("old", sa.Numeric(), nullable=True),
        sa.Column("new", sa.Numeric(), nullable=True),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.number"]),
        sa.PrimaryKeyConstraint("delivery", "unit_id", "month", "series_id"),
    )
    op.create_table(
        "delivery_jobs",
        sa.Column("delivery", sa.BigInteger(), nullable=False),
        sa.Column("allowed", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.Column("profile", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.number"]),
        sa.PrimaryKeyConstraint("delivery"),
    )
    for statement in protect_through("differences", DELIVERY_IN_REACH):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("deliveries in line are not taken away")
