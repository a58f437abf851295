"""How each value came to be: counted where nothing is written, so that what is there stays as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "observations", sa.Column("status", sa.Text(), nullable=True, comment="NULL where the value was counted")
    )
    op.add_column("differences", sa.Column("old_status", sa.Text(), nullable=True))
    op.add_column("differences", sa.Column("new_status", sa.Text(), nullable=True))


def downgrade() -> None:
    raise RuntimeError("how values came to be is not taken away")
