"""What deliveries bring as kept back by its source."""

import sqlalchemy as sa
from alembic import op
from chassis.migrations import protect

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "withheld_figures",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("variable", sa.Text(), nullable=False),
        sa.Column("delivery", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.number"]),
        sa.PrimaryKeyConstraint("unit", "month", "variable", "delivery"),
    )
    for statement in protect("withheld_figures", "unit"):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("what was kept back is not taken away")
