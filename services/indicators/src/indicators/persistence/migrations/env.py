"""Alembic's way into the service's tables."""

from chassis.migrations import run
from indicators.persistence.tables import metadata

run(metadata)
