"""Every key of soft findings carries their unit, so that the table can be spread by unit."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("soft_findings_by_id", "soft_findings", ["id"], unique=False)
    op.drop_constraint("soft_findings_id_key", "soft_findings", type_="unique")


def downgrade() -> None:
    op.create_unique_constraint("soft_findings_id_key", "soft_findings", ["id"])
    op.drop_index("soft_findings_by_id", "soft_findings")
