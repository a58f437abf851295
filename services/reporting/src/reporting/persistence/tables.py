"""The tables of the reporting service; months are counted as year × 12 + month − 1."""

import sqlalchemy as sa
from chassis.audit.checkpoints import checkpoints_table
from chassis.audit.log import log_table, nodes_table
from chassis.copies import copies_table
from chassis.idempotency import keys_table
from chassis.outbox import outbox_table
from chassis.webhooks.tables import deliveries_table, subscriptions_table
from sqlalchemy.dialects.postgresql import JSONB

metadata = sa.MetaData()
outbox = outbox_table(metadata)
idempotency_keys = keys_table(metadata)
audit_log = log_table(metadata)
audit_nodes = nodes_table(metadata)
audit_checkpoints = checkpoints_table(metadata)
webhook_subscriptions = subscriptions_table(metadata)
webhook_deliveries = deliveries_table(metadata)
copies = copies_table(metadata)

attainment = sa.Table(
    "attainment",
    metadata,
    sa.Column("unit", sa.Text, primary_key=True),
    sa.Column("position", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("id", sa.Uuid, nullable=False),
    sa.Column("agreement", sa.Uuid, nullable=False),
    sa.Column("goal", sa.Text, nullable=False),
    sa.Column("month", sa.Integer, nullable=False),
    sa.Column("light", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False, comment="the item's JSON, served as it is"),
    sa.Column("why", JSONB, nullable=False),
    sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
    sa.Column("superseded_at", sa.TIMESTAMP(timezone=True)),
    sa.Column("latest", sa.Boolean, nullable=False, comment="the newest month of its agreement with data"),
    sa.Index("attainment_by_position", "position"),
    sa.Index("attainment_by_id", "id"),
    sa.Index("attainment_by_agreement", "agreement", "month"),
    sa.Index(
        "attainment_current",
        "month",
        "unit",
        "agreement",
        "goal",
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    ),
    sa.Index(
        "attainment_newest",
        "unit",
        "agreement",
        "goal",
        postgresql_where=sa.text("latest AND superseded_at IS NULL"),
    ),
)
reports = sa.Table(
    "reports",
    metadata,
    sa.Column("unit", sa.Text, primary_key=True),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("period", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
    sa.Column("created_by", sa.Text, nullable=False),
    sa.Column("body", JSONB, nullable=False),
    sa.Index("reports_by_id", "id"),
)
