"""Subscriptions and what is still to be delivered to them."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY


def subscriptions_table(metadata: sa.MetaData) -> sa.Table:
    """Describe the subscriptions; `position` says how far the outbox was taken over for each."""
    return sa.Table(
        "webhook_subscriptions",
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("types", ARRAY(sa.Text), nullable=False, comment="empty: all"),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
    )


def deliveries_table(metadata: sa.MetaData) -> sa.Table:
    """Describe the deliveries: pending, delivered, or dead after the last attempt."""
    return sa.Table(
        "webhook_deliveries",
        metadata,
        sa.Column(
            "subscription",
            sa.Uuid,
            sa.ForeignKey("webhook_subscriptions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("position", sa.BigInteger, primary_key=True),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("answered", sa.Integer),
        sa.Column("why", sa.Text),
        sa.Index("webhook_deliveries_due", "next_at", postgresql_where=sa.text("status = 'pending'")),
    )


_OWN = sa.MetaData()
SUBSCRIPTIONS, DELIVERIES = subscriptions_table(_OWN), deliveries_table(_OWN)
