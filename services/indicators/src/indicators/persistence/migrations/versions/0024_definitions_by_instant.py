"""Definitions keep the instant they were recorded, so that a state of the data is told by those known then."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

# What shipped has no instant: it was known before any. What an operator defined has the one that the log tells.
TELL_INSTANTS = """
    UPDATE definitions d SET recorded_at = log.at FROM audit_log log
    WHERE log.action = 'indicator.defined'
      AND log.resource = 'indicator:' || d.indicator || '/' || d.version
        || CASE WHEN d.variant = 'federal' THEN '' ELSE '/' || d.variant END
"""


def upgrade() -> None:
    op.add_column("definitions", sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.execute(TELL_INSTANTS)


def downgrade() -> None:
    raise RuntimeError("instants are not taken back: released figures are told by them")
