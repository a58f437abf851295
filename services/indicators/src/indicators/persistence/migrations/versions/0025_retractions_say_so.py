"""Retractions name what they take back, and what was taken back names its retraction; why is known from now on."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        UPDATE deliveries AS taken SET body = taken.body || jsonb_build_object('retracted_by', back.id)
        FROM deliveries AS back WHERE back.retracts = taken.number
    """)
    op.execute("""
        UPDATE deliveries AS back SET body = back.body || jsonb_build_object('retracts', taken.id)
        FROM deliveries AS taken WHERE back.retracts = taken.number
    """)


def downgrade() -> None:
    """Nothing was built."""
