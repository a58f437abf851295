"""What deliveries bring as kept back by its source; a review grid to begin with."""

import sqlalchemy as sa
from alembic import op
from chassis.migrations import protect
from indicators.persistence.reviews import shipped_grid
from sqlalchemy.dialects.postgresql import JSONB

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# An office that has a grid of this code keeps it.
SHIP_GRID = sa.text("""
    INSERT INTO review_grids (code, version, body)
    SELECT :code, :version, :body WHERE NOT EXISTS (SELECT 1 FROM review_grids WHERE code = :code)
""").bindparams(sa.bindparam("code", type_=sa.Text), sa.bindparam("body", type_=JSONB))


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
    op.get_bind().execute(SHIP_GRID, shipped_grid())


def downgrade() -> None:
    raise RuntimeError("what was kept back is not taken away")
