"""Meetings under agreements."""

import sqlalchemy as sa
from alembic import op
from chassis.migrations import protect_through
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agreement", sa.Uuid(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["agreement"], ["agreements.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_meetings_agreement"), "meetings", ["agreement"], unique=False)
    visible = "SELECT 1 FROM agreement_parties p WHERE p.agreement_id = meetings.agreement"
    for statement in protect_through("meetings", visible):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("meetings")
