"""The tables of the indicators service; months are counted as year × 12 + month − 1."""

import sqlalchemy as sa
from chassis.audit.checkpoints import checkpoints_table
from chassis.audit.log import log_table, nodes_table
from chassis.copies import copies_table
from chassis.idempotency import keys_table
from chassis.outbox import outbox_table
from chassis.webhooks.tables import deliveries_table, subscriptions_table
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from indicators.persistence import (
    duty_tables,
    gate_tables,
    official_tables,
    quality_tables,
    record_tables,
    review_tables,
    standing_tables,
)

metadata = sa.MetaData()
outbox = outbox_table(metadata)
idempotency_keys = keys_table(metadata)
audit_log = log_table(metadata)
audit_nodes = nodes_table(metadata)
audit_checkpoints = checkpoints_table(metadata)
webhook_subscriptions = subscriptions_table(metadata)
webhook_deliveries = deliveries_table(metadata)
copies = copies_table(metadata)

variables = sa.Table(
    "variables",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("body", JSONB, nullable=False),
)
variable_versions = sa.Table(
    "variable_versions",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("body", JSONB, nullable=False),
)
definitions = sa.Table(
    "definitions",
    metadata,
    sa.Column("indicator", sa.Text, primary_key=True),
    sa.Column("variant", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("body", JSONB, nullable=False),
    sa.Column("recorded_at", sa.TIMESTAMP(timezone=True)),
)
uploads = sa.Table(
    "uploads",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("sender", sa.Text, nullable=False),
    sa.Column("length", sa.BigInteger, nullable=False),
    sa.Column("options", JSONB, nullable=False),
    sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=False),
    sa.Column("delivery", sa.Uuid),
)
mapping_profiles = sa.Table(
    "mapping_profiles",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("body", JSONB, nullable=False),
)
units = sa.Table(
    "units",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(always=True), primary_key=True),
    sa.Column("code", sa.Text, nullable=False, unique=True),
)
series = sa.Table(
    "series",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(always=True), primary_key=True),
    sa.Column("variable", sa.Text, nullable=False),
    sa.Column("dimensions", JSONB, nullable=False),
    sa.Column("name", sa.Text, nullable=False, unique=True),
)
deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("id", sa.Uuid, nullable=False, unique=True),
    sa.Column("sender", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("options", sa.Text, nullable=False),
    sa.Column("dry_run", sa.Boolean, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
    sa.Column("findings", sa.Integer, nullable=False),
    sa.Column("rows_read", sa.BigInteger, nullable=False, server_default=sa.text("0")),
    sa.Column("rows_compared", sa.BigInteger, nullable=False, server_default=sa.text("0")),
    sa.Column("revision", sa.BigInteger, unique=True),
    sa.Column("retracts", sa.BigInteger),
    sa.Column("body", JSONB, nullable=False),
    sa.Column(
        "scrutiny", sa.Text, sa.Computed("COALESCE(body ->> 'scrutiny', 'none')", persisted=True), nullable=False
    ),
    sa.Column("scrutiny_attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
    sa.Index("deliveries_to_scrutinise", "number", postgresql_where=sa.text("scrutiny = 'pending'")),
    sa.Index("deliveries_by_digest", "digest", "sender"),
    sa.Index("deliveries_by_retracted", "retracts", unique=True),
)
delivery_jobs = sa.Table(
    "delivery_jobs",
    metadata,
    sa.Column("delivery", sa.BigInteger, sa.ForeignKey("deliveries.number"), primary_key=True),
    sa.Column("allowed", ARRAY(sa.Text)),
    sa.Column("attempts", sa.Integer, nullable=False),
)
delivery_units = sa.Table(
    "delivery_units",
    metadata,
    sa.Column("unit", sa.Text, primary_key=True),
    sa.Column("delivery", sa.BigInteger, sa.ForeignKey("deliveries.number"), primary_key=True),
    sa.Column("first", sa.Integer),
    sa.Column("last", sa.Integer),
    sa.Column("months", sa.Integer, nullable=False),
    sa.Column("rows", sa.BigInteger, nullable=False),
    sa.Index("delivery_units_by_delivery", "delivery"),
)
findings = sa.Table(
    "findings",
    metadata,
    sa.Column("delivery", sa.BigInteger, sa.ForeignKey("deliveries.number"), primary_key=True),
    sa.Column("row", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("column", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
differences = sa.Table(
    "differences",
    metadata,
    sa.Column("delivery", sa.BigInteger, sa.ForeignKey("deliveries.number"), primary_key=True),
    sa.Column("unit_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("series_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("old", sa.Numeric),
    sa.Column("new", sa.Numeric),
    sa.Column("old_status", sa.Text),
    sa.Column("new_status", sa.Text),
)
observations = sa.Table(
    "observations",
    metadata,
    sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("unit_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("series_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("delivery", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("value", sa.Numeric, comment="NULL withdraws what was known"),
    sa.Column("status", sa.Text, comment="NULL where the value was counted"),
)
duties = sa.Table(
    "duties",
    metadata,
    sa.Column("unit", sa.Text, primary_key=True),
    sa.Column("variables", ARRAY(sa.Text), primary_key=True),
    sa.Column("first", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("after", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("working_day", sa.Integer),
    sa.Column("due_on", sa.Date),
)
review_grids = review_tables.grids(metadata)
file_reviews = review_tables.rounds(metadata)
reviewed_files = review_tables.files(metadata)
review_consequences = review_tables.consequences(metadata)
external_audits = review_tables.audits(metadata)
collection_rounds = sa.Table(
    "collection_rounds",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("quarter", sa.Text, nullable=False),
    sa.Column("body", JSONB, nullable=False, comment="without the units, which stand in rows of their own"),
)
collection_units = sa.Table(
    "collection_units",
    metadata,
    sa.Column("unit", sa.Text, primary_key=True),
    sa.Column("round", sa.Uuid, sa.ForeignKey("collection_rounds.id"), primary_key=True),
    sa.Index("collection_units_by_round", "round"),
)
attestations = standing_tables.attestations_table(metadata)
objections = standing_tables.objections_table(metadata)
releases = official_tables.releases_table(metadata)
reconciliations = official_tables.reconciliations_table(metadata)
reconciliation_jobs = official_tables.reconciliation_jobs_table(metadata)
reconciliation_units = official_tables.reconciliation_units_table(metadata)
reconciliation_findings = official_tables.reconciliation_findings_table(metadata)
reconciliation_differences = official_tables.reconciliation_differences_table(metadata)
record_files = record_tables.record_files(metadata)
record_persons = record_tables.record_persons(metadata)
record_towns = record_tables.record_towns(metadata)
sender_responsibilities = gate_tables.sender_responsibilities(metadata)
closed_months = gate_tables.closed_months(metadata)
late_permits = gate_tables.late_permits(metadata)
quality_rules = quality_tables.quality_rules(metadata)
soft_findings = quality_tables.soft_findings(metadata)
delivery_rejections = duty_tables.delivery_rejections(metadata)
withheld_figures = duty_tables.withheld_figures(metadata)
reminders = duty_tables.reminders(metadata)
