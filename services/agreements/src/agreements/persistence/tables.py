"""The tables of the agreements service."""

import sqlalchemy as sa
from chassis.idempotency import keys_table
from chassis.outbox import outbox_table
from sqlalchemy.dialects.postgresql import JSONB

metadata = sa.MetaData()
outbox = outbox_table(metadata)
idempotency_keys = keys_table(metadata)

units = sa.Table(
    "units",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("ags", sa.Text),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_until", sa.Date),
)
unit_relations = sa.Table(
    "unit_relations",
    metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, sa.ForeignKey("units.code"), primary_key=True),
    sa.Column("target", sa.Text, sa.ForeignKey("units.code"), primary_key=True),
    sa.Column("since", sa.Date, primary_key=True, comment="0001-01-01 where it was always so"),
    sa.Column("valid_until", sa.Date),
    sa.Column("scope", sa.Text),
)
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
    sa.Index("declarations_by_agreement", "agreement_id", "number"),
)
