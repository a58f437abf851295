"""Comparison groups as rows: a unit's group under a scheme from a day on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from domain.codec import encode
from domain.comparison_group import Membership, on_day
from domain.identity import UnitCode
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from agreements.persistence.tables import comparison_groups
from agreements.ports import Counts

ALWAYS = date.min

# Create or change memberships as a set; rows that say the same are left alone and not counted.
PUT = sa.text("""
    INSERT INTO comparison_groups AS kept (scheme, unit, since, valid_until, "group")
    SELECT scheme, unit, coalesce(since, '0001-01-01'), valid_until, "group"
    FROM jsonb_to_recordset(:rows)
        AS sent (scheme text, unit text, since date, valid_until date, "group" text)
    ORDER BY scheme, unit, since
    ON CONFLICT (scheme, unit, since) DO UPDATE
    SET (valid_until, "group") = (excluded.valid_until, excluded."group")
    WHERE (kept.valid_until, kept."group") IS DISTINCT FROM (excluded.valid_until, excluded."group")
    RETURNING xmax = 0 AS created
""").bindparams(sa.bindparam("rows", type_=JSONB))


class StoredComparisonGroups:
    """Implements `ComparisonGroups`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def put(self, memberships: Sequence[Membership]) -> Counts:
        """Create or change memberships in one statement."""
        last = list({(known.scheme, known.unit, known.since or ALWAYS): known for known in memberships}.values())
        outcomes = (await self._connection.scalars(PUT, {"rows": encode(last)})).all()
        created, total = sum(outcomes), len(memberships)
        return Counts(created=created, changed=len(outcomes) - created, unchanged=total - len(outcomes))

    async def all(self) -> list[Membership]:
        """List every membership in the order of scheme, unit and beginning."""
        key = (comparison_groups.c.scheme, comparison_groups.c.unit, comparison_groups.c.since)
        query = sa.select(comparison_groups).order_by(*key)
        return [_membership(row) for row in await self._connection.execute(query)]

    async def on(self, day: date, schemes: Sequence[str] = ()) -> list[Membership]:
        """List who is in which group on a day in the order of scheme and unit."""
        query = sa.select(comparison_groups).where(comparison_groups.c.since <= day)
        if schemes:
            query = query.where(comparison_groups.c.scheme.in_(schemes))
        return list(on_day(map(_membership, (await self._connection.execute(query)).all()), day))


def _membership(row: sa.Row[Any]) -> Membership:
    return Membership(
        scheme=row.scheme,
        unit=UnitCode(row.unit),
        group=row.group,
        since=None if row.since == ALWAYS else row.since,
        valid_until=row.valid_until,
    )
