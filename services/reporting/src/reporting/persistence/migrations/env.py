"""Alembic's way into the service's tables."""

from chassis.migrations import run
from reporting.persistence.tables import metadata

run(metadata)
