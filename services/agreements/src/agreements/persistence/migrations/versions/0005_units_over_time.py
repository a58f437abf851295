"""Units keep the names and kinds they no longer have."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "units",
        sa.Column(
            "earlier",
            postgresql.JSONB(),
            server_default="[]",
            nullable=False,
            comment="names and kinds it no longer has",
        ),
    )


def downgrade() -> None:
    op.drop_column("units", "earlier")
