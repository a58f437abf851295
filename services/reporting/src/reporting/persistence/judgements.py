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
        query = sa.select(a.unit, a.agreement, a.goal, a.position, a.body)
        if wanted.as_of is None and wanted.period is None:
            query = query.where(a.latest, CURRENT)
        else:
            query = query.where(a.position.in_(_newest(wanted)))
        for column, chosen in ((a.unit, wanted.units), (a.agreement, wanted.agreements), (a.light, wanted.lights)):
            if chosen:
                query = query.where(column.in_(chosen))
        if wanted.after is not None:
            unit, agreement, goal = wanted.after
            query = query.where(sa.tuple_(a.unit, a.agreement, a.goal) > sa.tuple_(unit, UUID(agreement), goal))
        page = query.order_by(a.unit, a.agreement, a.goal).limit(wanted.limit + 1)
        return await self._page(page.subquery(), wanted.limit)

    async def changes(self, after: int, limit: int) -> Pulled:
        """List what changed behind a position."""
        query = sa.select(a.unit, a.agreement, a.goal, a.position, a.body).where(a.position > after, CURRENT)
        return await self._page(query.order_by(a.position).limit(limit + 1).subquery(), limit, by="position")

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

    async def _page(self, page: sa.Subquery, limit: int, by: str = "goal") -> Pulled:
        """Let the database string the kept bytes together; here they are never parsed."""
        p = page.c
        order = (p.position,) if by == "position" else (p.unit, p.agreement, p.goal)
        numbered = sa.select(page, sa.func.row_number().over(order_by=order).label("n")).subquery()
        n = numbered.c
        shown = n.n <= limit
        whole = sa.select(
            sa.func.coalesce(sa.func.string_agg(n.body, sa.literal(",")).filter(shown), "").label("items"),
            sa.func.count().label("found"),
            sa.func.coalesce(sa.func.max(n.position).filter(shown), 0).label("position"),
            sa.func.max(n.unit + sa.literal("\t") + sa.cast(n.agreement, sa.Text) + sa.literal("\t") + n.goal)
            .filter(n.n == limit)
            .label("last"),
        )
        row = (await self._connection.execute(whole)).one()
        last = tuple(row.last.split("\t")) if row.last else None
        return Pulled(
            items=row.items, count=min(row.found, limit), position=row.position, last=last, more=row.found > limit
        )


def _newest(wanted: Wanted) -> sa.Select[Any]:
    """Choose of each agreement the newest month inside the period, as it was known at the instant."""
    known: sa.ColumnElement[bool] = CURRENT
    if wanted.as_of is not None:
        known = sa.and_(
            a.recorded_at <= wanted.as_of, sa.or_(a.superseded_at.is_(None), a.superseded_at > wanted.as_of)
        )
    if wanted.period is not None:
        known = sa.and_(known, a.month.between(wanted.period.start.ordinal, wanted.period.last.ordinal))
    newest = sa.select(a.position, a.month, sa.func.max(a.month).over(partition_by=a.agreement).label("newest"))
    found = newest.where(known).subquery()
    return sa.select(found.c.position).where(found.c.month == found.c.newest)


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
