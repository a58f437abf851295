"""What is done one after another: advisory locks of PostgreSQL, held until the transaction ends."""

from enum import IntEnum

import sqlalchemy as sa


class Lock(IntEnum):
    """What is waited for; each has a number of its own, so that none holds up another."""

    SAME_BYTES = 1
    PROFILE = 2
    QUALITY_RULE = 3
    SAME_TABLE = 4
    CATALOGUE = 5
    UNIT_WRITTEN = 7
    SCRUTINY = 8
    UNIT_DOUBTED = 9
    JOB = 10
    COMPARISON = 11
    GRID = 12
    RECORDS_OF_UNIT = 13


def held(lock: Lock, name: str) -> sa.Select[tuple[None]]:
    """Wait until nobody else holds the lock of the text that is bound by this name, and hold it."""
    key = sa.func.hashtextextended(sa.bindparam(name, type_=sa.String), int(lock))
    return sa.select(sa.func.pg_advisory_xact_lock(key))
