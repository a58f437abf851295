"""The tables of the agreements service."""

from uuid import UUID

import sqlalchemy as sa
from chassis.audit.checkpoints import checkpoints_table
from chassis.audit.log import log_table, nodes_table
from chassis.idempotency import keys_table
from chassis.outbox import outbox_table
from chassis.webhooks.tables import deliveries_table, subscriptions_table
from sqlalchemy.dialects.postgresql import JSONB

from agreements.persistence import unit_tables
from agreements.persistence.documents import documents_table

metadata = sa.MetaData()
outbox = outbox_table(metadata)
idempotency_keys = keys_table(metadata)
audit_log = log_table(metadata)
audit_nodes = nodes_table(metadata)
audit_checkpoints = checkpoints_table(metadata)
webhook_subscriptions = subscriptions_table(metadata)
webhook_deliveries = deliveries_table(metadata)

units = unit_tables.units(metadata)
unit_relations = unit_tables.unit_relations(metadata)
unit_states = sa.Sequence("unit_states", metadata=metadata)
unit_state = unit_tables.unit_state(metadata)
comparison_groups = unit_tables.comparison_groups(metadata)
nearest_neighbours = unit_tables.nearest_neighbours(metadata)
agreements = sa.Table(
    "agreements",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("predecessor", sa.Uuid),
    sa.Column("reason", sa.Text),
    sa.Index("agreements_by_status", "status", "year"),
)
agreement_parties = sa.Table(
    "agreement_parties",
    metadata,
    sa.Column("agreement_id", sa.Uuid, sa.ForeignKey("agreements.id"), primary_key=True),
    sa.Column("unit", sa.Text, sa.ForeignKey("units.code"), primary_key=True),
    sa.Index("agreement_parties_by_unit", "unit"),
)
revisions = sa.Table(
    "revisions",
    metadata,
    sa.Column("agreement_id", sa.Uuid, sa.ForeignKey("agreements.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("body", JSONB, nullable=False),
)
acceptances = sa.Table(
    "acceptances",
    metadata,
    sa.Column("agreement_id", sa.Uuid, sa.ForeignKey("agreements.id"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("party", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("accepted_at", sa.TIMESTAMP(timezone=True), nullable=False),
)
signatures = sa.Table(
    "signatures",
    metadata,
    sa.Column("agreement_id", sa.Uuid, sa.ForeignKey("agreements.id"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("party", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("signatory", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("jws", sa.Text, nullable=False),
    sa.Column("signed_at", sa.TIMESTAMP(timezone=True), nullable=False),
    sa.Column("deputy", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("evidence", sa.Text),
    sa.Column("key", sa.Text),
)
declarations = sa.Table(
    "declarations",
    metadata,
    sa.Column("number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("agreement_id", sa.Uuid, sa.ForeignKey("agreements.id"), nullable=False),
    sa.Column("goal", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("party", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("narrative", sa.Text, nullable=False),
    sa.Column("evidence", sa.Text),
    sa.Column("condition", sa.Text),
    sa.Index("declarations_by_agreement", "agreement_id", "number"),
)

# What is kept whole: a value a row, found by the fields its columns repeat.


def _agreement() -> sa.Column[UUID]:
    return sa.Column("agreement", sa.Uuid, sa.ForeignKey("agreements.id"), nullable=False, index=True)


def _round() -> sa.Column[UUID]:
    return sa.Column("round", sa.Uuid, sa.ForeignKey("planning_rounds.id"), nullable=False)


def _text(name: str, *, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=optional)


tiers = documents_table(metadata, "tiers", sa.Column("code", sa.Text, nullable=False, unique=True))
bodies = documents_table(metadata, "bodies", sa.Column("code", sa.Text, nullable=False, unique=True), _text("unit"))
standards = documents_table(
    metadata, "standards", _text("code"), _text("edition"), sa.UniqueConstraint("code", "edition")
)
planning_rounds = documents_table(
    metadata,
    "planning_rounds",
    sa.Column("year", sa.Integer, nullable=False),
    _text("lead"),
    _text("title"),
    sa.UniqueConstraint("lead", "year", "title"),
)
reference_values = sa.Table(
    "reference_values",
    metadata,
    sa.Column("round", sa.Uuid, sa.ForeignKey("planning_rounds.id"), primary_key=True),
    sa.Column("unit", sa.Text, primary_key=True),
    sa.Column("indicator", sa.Text, primary_key=True),
    _text("direction"),
    sa.Column("value", sa.Numeric, nullable=False),
    sa.Column("low", sa.Numeric, nullable=False),
    sa.Column("high", sa.Numeric, nullable=False),
    sa.Column("weight", sa.Numeric),
    sa.Column("outcome", sa.Numeric),
    _text("basis", optional=True),
    sa.Index("reference_values_by_unit", "unit", "indicator"),
)
offers = documents_table(
    metadata,
    "offers",
    _round(),
    _text("unit"),
    _text("indicator"),
    _text("status"),
    sa.UniqueConstraint("round", "unit", "indicator"),
)
proposals = documents_table(metadata, "proposals", _agreement(), _text("status"))
statements = documents_table(metadata, "statements", _agreement(), _text("unit"))
escalations = documents_table(metadata, "escalations", _agreement(), _text("status"))
conferences = documents_table(metadata, "conferences", _round())
meetings = documents_table(metadata, "meetings", _agreement())
consultations = documents_table(metadata, "consultations", _agreement(), _text("paper_number", optional=True))
mandates = documents_table(metadata, "mandates", _agreement(), _text("holder"), _text("status"))
papers = documents_table(
    metadata,
    "papers",
    sa.Column("number", sa.Text, nullable=False, unique=True),
    _text("unit"),
    sa.Column("public", sa.Boolean, nullable=False),
)
budgets = documents_table(
    metadata,
    "budgets",
    _text("unit"),
    sa.Column("year", sa.Integer, nullable=False),
    sa.UniqueConstraint("unit", "year"),
)
YEAR = sa.Column("year", sa.Integer, nullable=False, index=True)
measures = documents_table(metadata, "measures", _text("unit"), YEAR)
attachments = documents_table(metadata, "attachments", _agreement(), _text("sha256"))
contents = sa.Table(
    "contents",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)
sightings = sa.Table(
    "sightings",
    metadata,
    sa.Column("agreement", sa.Uuid, sa.ForeignKey("agreements.id"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("unit", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("seen_at", sa.TIMESTAMP(timezone=True), nullable=False),
)
signings = documents_table(
    metadata,
    "signings",
    _agreement(),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.UniqueConstraint("agreement", "revision"),
)
seals = sa.Table(
    "seals",
    metadata,
    sa.Column("agreement", sa.Uuid, sa.ForeignKey("agreements.id"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    _text("jws"),
    sa.Column("sealed_at", sa.TIMESTAMP(timezone=True), nullable=False),
)
agreement_goals = sa.Table(
    "agreement_goals",
    metadata,
    sa.Column("agreement", sa.Uuid, sa.ForeignKey("agreements.id"), primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("year", sa.Integer, nullable=False),
    _text("kind"),
    _text("unit", optional=True),
    _text("indicator", optional=True),
    _text("lineage", optional=True),
    sa.Column("body", JSONB, nullable=False),
    sa.Index("agreement_goals_by_subject", "year", "indicator", "unit"),
    sa.Index("agreement_goals_by_lineage", "lineage"),
    sa.Index("agreement_goals_by_unit", "unit", "year"),
)
