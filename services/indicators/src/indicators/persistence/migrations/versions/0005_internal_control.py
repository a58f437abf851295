"""Internal control: review grids, rounds, sampled files, consequences, external audits, and what they count."""

import sqlalchemy as sa
from alembic import op
from chassis.migrations import READER, open_to_readers, protect
from indicators.persistence.catalogue_rows import edition
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

VARIABLES = sa.table("variables", sa.column("code", sa.Text), sa.column("body", postgresql.JSONB))
DEFINITIONS = sa.table(
    "definitions",
    sa.column("indicator", sa.Text),
    sa.column("version", sa.Integer),
    sa.column("body", postgresql.JSONB),
)
BODY = postgresql.JSONB(astext_type=sa.Text())
WALLS = [
    *open_to_readers("review_grids"),
    *protect("file_reviews", "unit"),
    *protect("reviewed_files", "unit"),
    *protect("review_consequences", "unit"),
    *protect("external_audits", "unit"),
    f"CREATE POLICY concerning_all ON external_audits FOR SELECT TO {READER} USING (unit IS NULL)",
]


def upgrade() -> None:
    op.create_table(
        "review_grids",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", BODY, nullable=False),
        sa.PrimaryKeyConstraint("code", "version"),
    )
    op.create_table(
        "file_reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("body", BODY, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "file_reviews_once",
        "file_reviews",
        ["unit", "month", "grid"],
        unique=True,
        postgresql_where=sa.text("status <> 'withdrawn'"),
    )
    op.create_table(
        "reviewed_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("review", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("body", BODY, nullable=False),
        sa.ForeignKeyConstraint(["review"], ["file_reviews.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("review", "rank"),
    )
    op.create_table(
        "review_consequences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("review", sa.Uuid(), nullable=False),
        sa.Column("body", BODY, nullable=False),
        sa.ForeignKeyConstraint(["review"], ["file_reviews.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("review_consequences_by_review", "review_consequences", ["review"], unique=False)
    op.create_table(
        "external_audits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("body", BODY, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for statement in WALLS:
        op.execute(statement)
    extend_catalogue()


def extend_catalogue() -> None:
    """Add what internal control counts; what somebody has added under these names stays."""
    variables, definitions = edition(revision)
    rows = [{"code": v["code"], "body": v} for v in variables]
    op.execute(postgresql.insert(VARIABLES).values(rows).on_conflict_do_nothing())
    rates = [{"indicator": d["indicator"], "version": d["version"], "body": d} for d in definitions]
    op.execute(postgresql.insert(DEFINITIONS).values(rates).on_conflict_do_nothing())


def downgrade() -> None:
    raise RuntimeError("what was reviewed is not taken away")
