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

from reporting.persistence.pages import CHANGED, list_of
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

    async def in_turn(self) -> None:
        """Wait for the writers before; from here to the commit nobody else keeps judgements."""
        await self._connection.execute(APPEND_IN_ORDER)

    async def current(self, agreement: AgreementId) -> Mapping[tuple[GoalCode, Month], tuple[UUID, str]]:
        """Give id and digest of each current judgement of an agreement."""
        query = sa.select(a.goal, a.month, a.id, a.digest).where(a.agreement == agreement, CURRENT)
        rows = (await self._connection.execute(query)).all()
        return {(GoalCode(row.goal), Month.numbered(row.month)): (row.id, row.digest) for row in rows}

    async def append(self, agreement: AgreementId, changed: Sequence[Judgement], latest: Month) -> None:
        """Keep what changed in place of what was current, and move the mark of the newest month."""
        await self.in_turn()
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
        query, asked = list_of(wanted)
        row = (await self._connection.execute(query, asked)).one()
        last = (row.unit, str(row.agreement), row.goal) if row.unit is not None else None
        return _pulled(row, last, wanted.limit)

    async def changes(self, after: int, limit: int) -> Pulled:
        """List what changed behind a position."""
        row = (await self._connection.execute(CHANGED, {"after": after, "limit": limit})).one()
        return _pulled(row, None, limit)

    async def one(self, id: UUID) -> Judgement:
        """Give one current judgement."""
        row = (await self._connection.execute(sa.select(attainment).where(a.id == id, CURRENT))).first()
        if row is None:
            raise UnknownAttainment(id)
        return _judgement(row)

    async def latest(self, agreement: AgreementId, period: Period) -> tuple[Month, datetime] | None:
        """Give the newest judged month inside a period, and when anything up to it was last judged anew."""
        upto = sa.select(a.month, a.recorded_at).where(
            a.agreement == agreement, CURRENT, a.month <= period.last.ordinal
        )
        known = upto.subquery().c
        row = (
            await self._connection.execute(sa.select(sa.func.max(known.month), sa.func.max(known.recorded_at)))
        ).one()
        newest, judged_at = row
        return None if newest is None or newest < period.start.ordinal else (Month.numbered(newest), judged_at)


def _pulled(row: sa.Row[Any], last: tuple[str, ...] | None, limit: int) -> Pulled:
    return Pulled(items=row.items, version=row.version, position=row.position, last=last, more=row.found > limit)


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
