"""The feed of agreements is read anew, so that the copy of the units learns the nearest neighbours."""

from alembic import op

revision = "0020"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM copies WHERE name = 'cursor:agreements'")


def downgrade() -> None:
    """Nothing was built."""
