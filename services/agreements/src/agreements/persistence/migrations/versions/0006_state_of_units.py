"""A number that changes with the tree of units, so that nobody reads it for nothing; goals found by unit."""

import sqlalchemy as sa
from alembic import op
from chassis.migrations import open_to_readers

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence("unit_states")))
    op.create_table(
        "unit_state",
        sa.Column("sole", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sole", name=op.f("pk_unit_state")),
        sa.CheckConstraint("sole", name=op.f("ck_unit_state_sole")),
        comment="a number that changes with every change of units and relations",
    )
    op.execute("INSERT INTO unit_state (number) VALUES (nextval('unit_states'))")
    op.create_index("agreement_goals_by_unit", "agreement_goals", ["unit", "year"], unique=False)
    for statement in open_to_readers("unit_state"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_index("agreement_goals_by_unit", table_name="agreement_goals")
    op.drop_table("unit_state")
    op.execute(sa.schema.DropSequence(sa.Sequence("unit_states")))
