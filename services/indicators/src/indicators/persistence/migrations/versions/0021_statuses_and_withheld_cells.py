"""How each value came to be, counted where nothing is written; and which cells of a variable are kept back."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    counted = "NULL where the value was counted"
    op.add_column("observations", sa.Column("status", sa.Text(), nullable=True, comment=counted))
    op.add_column("differences", sa.Column("old_status", sa.Text(), nullable=True))
    op.add_column("differences", sa.Column("new_status", sa.Text(), nullable=True))
    # What is there tells the variable only: it stands for all its cells.
    unknown = "the series by its name; empty where only the variable is known"
    cell = sa.Column("cell", sa.Text(), nullable=False, server_default=sa.text("''"), comment=unknown)
    op.add_column("withheld_figures", cell)
    op.drop_constraint("withheld_figures_pkey", "withheld_figures", type_="primary")
    key = ["unit", "month", "variable", "delivery", "cell"]
    op.create_primary_key("withheld_figures_pkey", "withheld_figures", key)


def downgrade() -> None:
    raise RuntimeError("how values came to be is not taken away")
