"""Alembic's way into the service's tables."""

from agreements.persistence.tables import metadata
from chassis.migrations import run

run(metadata)
