"""Official tables wait in line to be compared: a run moves on until it has its outcome, which stays."""

import sqlalchemy as sa
from alembic import op
from chassis.migrations import protect_through
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

# A run of before was compared when it was received; what is compared or has failed is never changed.
UNCHANGED = "EXECUTE FUNCTION refuse_change()"
DONE = "OLD.status IN ('compared', 'failed')"
OUTCOMES_STAY = [
    "DROP TRIGGER reconciliations_only_grows ON reconciliations",
    f"CREATE TRIGGER reconciliations_only_grows BEFORE DELETE OR TRUNCATE ON reconciliations {UNCHANGED}",
    f"CREATE TRIGGER reconciliations_stay BEFORE UPDATE ON reconciliations FOR EACH ROW WHEN ({DONE}) {UNCHANGED}",
]

# Before it is compared a run may have no units: whoever sees everything sees it all the same.
RUN_IN_REACH = (
    "SELECT 1 WHERE (SELECT current_setting('zielwerk.reach', true)) = '*' "
    "UNION ALL SELECT 1 FROM reconciliation_units u WHERE u.run = "
)
RUNS = {"reconciliations": "reconciliations.id", "reconciliation_findings": "reconciliation_findings.run"}


def upgrade() -> None:
    for name, of_before in (("reach", "''"), ("status", "'compared'")):
        text = sa.Column(name, sa.Text(), nullable=False, server_default=sa.text(of_before))
        op.add_column("reconciliations", text)
    for name in ("asked", "compared"):
        count = sa.Column(name, sa.BigInteger(), nullable=False, server_default=sa.text("0"))
        op.add_column("reconciliations", count)
    op.drop_constraint("reconciliations_by_digest_state_key", "reconciliations", type_="unique")
    op.create_index("reconciliations_by_digest", "reconciliations", ["digest", "by"])
    op.create_table(
        "reconciliation_jobs",
        sa.Column("run", sa.Uuid(), nullable=False),
        sa.Column("allowed", postgresql.ARRAY(sa.Text()), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["reconciliations.id"]),
        sa.PrimaryKeyConstraint("run"),
    )
    for table, run in RUNS.items():
        op.execute(f"DROP POLICY within_reach ON {table}")
        for statement in protect_through(table, RUN_IN_REACH + run):
            op.execute(statement)
    for statement in OUTCOMES_STAY:
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("tables in line are not taken away")
