"""Attainment as rows: each keeps the bytes that are served; nothing is ever overwritten."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from domain.identity import AgreementId, GoalCode, UnitCode
from domain.period import Month, Period
from domain.undertaking import Light
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.persistence.tables import attainment
from reporting.ports import Judgement, Pulled, Wanted
from reporting.usecases.errors import UnknownAttainment

a = attainment.c
CURRENT = a.superseded_at.is_(None)

# A page of kept bytes, strung together by the database and never parsed; one row more says whether there is more.
PAGE = """
    WITH page AS ({rows} ORDER BY {order} LIMIT :limit + 1),
    shown AS (SELECT * FROM page ORDER BY {order} LIMIT :limit),
    last AS (SELECT unit, agreement, goal FROM shown ORDER BY {backward} LIMIT 1)
    SELECT coalesce(string_agg(body, ',' ORDER BY {order}), '') AS items, coalesce(max(position), 0) AS position,
        (SELECT count(*) FROM page) AS found, (SELECT unit FROM last) AS unit,
        (SELECT agreement FROM last) AS agreement, (SELECT goal FROM last) AS goal
    FROM shown
"""
COLUMNS = "SELECT unit, agreement, goal, position, body FROM attainment"
CHOSEN = """
    (CAST(:units AS text[]) IS NULL OR unit = ANY (CAST(:units AS text[])))
    AND (CAST(:agreements AS uuid[]) IS NULL OR agreement = ANY (CAST(:agreements AS uuid[])))
    AND (CAST(:lights AS text[]) IS NULL OR light = ANY (CAST(:lights AS text[])))
    AND (unit, agreement, goal) > (:unit, CAST(:agreement AS uuid), :goal)
"""
NEWEST_INSIDE = """
    position IN (
        SELECT position FROM (
            SELECT position, month, max(month) OVER (PARTITION BY agreement) AS newest FROM attainment
            WHERE month BETWEEN :first AND :last
                AND recorded_at <= :as_of AND (superseded_at IS NULL OR superseded_at > :as_of)
        ) AS known WHERE month = newest
    )
"""
BY_GOAL = {"order": "unit, agreement, goal", "backward": "unit DESC, agreement DESC, goal DESC"}
PULL_NEWEST = sa.text(PAGE.format(rows=f"{COLUMNS} WHERE latest AND superseded_at IS NULL AND {CHOSEN}", **BY_GOAL))
PULL_PAST = sa.text(PAGE.format(rows=f"{COLUMNS} WHERE {NEWEST_INSIDE} AND {CHOSEN}", **BY_GOAL))
PULL_CHANGES = sa.text(
    PAGE.format(
        rows=f"{COLUMNS} WHERE position > :after AND superseded_at IS NULL", order="position", backward="position DESC"
    )
)
FIRST, LAST = Month(1, 1), Month(9999, 12)

# Positions are read as a feed: writers wait for each other from their first append to their commit.
APPEND_IN_ORDER = sa.text("SELECT pg_advisory_xact_lock(hashtext('attainment'))")


class StoredJudgements:
    """Implements `Judgements`."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        """Work on this connection; what is kept is recorded now."""
        self._connection, self._now = connection, now

    async def current(self, agreement: AgreementId) -> Mapping[tuple[GoalCode, Month], tuple[UUID, str]]:
        """Give id and digest of each current judgement of an agreement."""
        query = sa.select(a.goal, a.month, a.id, a.digest).where(a.agreement == agreement, CURRENT)
        rows = (await self._connection.execute(query)).all()
        return {(GoalCode(row.goal), Month.numbered(row.month)): (row.id, row.digest) for row in rows}

    async def append(self, agreement: AgreementId, changed: Sequence[Judgement], latest: Month) -> None:
        """Keep what changed in place of what was current, and move the mark of the newest month."""
        await self._connection.execute(APPEND_IN_ORDER)
        ids = [judgement.id for judgement in changed]
        ended = attainment.update().where(a.agreement == agreement, a.id.in_(ids), CURRENT)
        await self._connection.execute(ended.values(superseded_at=self._now))
        moved = attainment.update().where(a.agreement == agreement, CURRENT, a.latest != (a.month == latest.ordinal))
        await self._connection.execute(moved.values(latest=a.month == latest.ordinal))
        rows = [_row(judgement, self._now, latest=judgement.month == latest) for judgement in changed]
        if rows:
            await self._connection.execute(attainment.insert(), rows)

    async def end(self, agreement: AgreementId) -> None:
        """Take an agreement out of the current list."""
        ended = attainment.update().where(a.agreement == agreement, CURRENT)
        await self._connection.execute(ended.values(superseded_at=self._now, latest=False))

    async def pull(self, wanted: Wanted) -> Pulled:
        """List attainment in the order unit, agreement, goal."""
        unit, agreement, goal = wanted.after or ("", str(UUID(int=0)), "")
        asked = {
            "units": list(wanted.units) or None,
            "agreements": list(wanted.agreements) or None,
            "lights": [light.value for light in wanted.lights] or None,
            "unit": unit,
            "agreement": UUID(agreement),
            "goal": goal,
            "limit": wanted.limit,
        }
        if wanted.period is None and wanted.as_of is None:
            return _pulled(await self._connection.execute(PULL_NEWEST, asked), wanted.limit)
        first, last = (wanted.period.start, wanted.period.last) if wanted.period else (FIRST, LAST)
        inside = {"first": first.ordinal, "last": last.ordinal, "as_of": wanted.as_of or self._now}
        return _pulled(await self._connection.execute(PULL_PAST, {**asked, **inside}), wanted.limit)

    async def changes(self, after: int, limit: int) -> Pulled:
        """List what changed behind a position."""
        return _pulled(await self._connection.execute(PULL_CHANGES, {"after": after, "limit": limit}), limit)

    async def one(self, id: UUID) -> Judgement:
        """Give one current judgement."""
        row = (await self._connection.execute(sa.select(attainment).where(a.id == id, CURRENT))).first()
        if row is None:
            raise UnknownAttainment(id)
        return _judgement(row)

    async def latest(self, agreement: AgreementId, period: Period) -> Month | None:
        """Give the newest judged month inside a period."""
        inside = a.month.between(period.start.ordinal, period.last.ordinal)
        newest = await self._connection.scalar(
            sa.select(sa.func.max(a.month)).where(a.agreement == agreement, CURRENT, inside)
        )
        return None if newest is None else Month.numbered(newest)


def _pulled(result: sa.CursorResult[Any], limit: int) -> Pulled:
    row = result.one()
    last = (row.unit, str(row.agreement), row.goal) if row.unit is not None else None
    return Pulled(
        items=row.items, count=min(row.found, limit), position=row.position, last=last, more=row.found > limit
    )


def _row(judgement: Judgement, now: datetime, *, latest: bool) -> dict[str, Any]:
    return {
        "unit": judgement.unit,
        "id": judgement.id,
        "agreement": judgement.agreement,
        "goal": judgement.goal,
        "month": judgement.month.ordinal,
        "light": judgement.light.value,
        "digest": judgement.digest,
        "body": judgement.body,
        "why": judgement.why,
        "recorded_at": now,
        "superseded_at": None,
        "latest": latest,
    }


def _judgement(row: sa.Row[Any]) -> Judgement:
    return Judgement(
        id=row.id,
        unit=UnitCode(row.unit),
        agreement=AgreementId(row.agreement),
        goal=GoalCode(row.goal),
        month=Month.numbered(row.month),
        light=Light(row.light),
        digest=row.digest,
        body=row.body,
        why=row.why,
    )
