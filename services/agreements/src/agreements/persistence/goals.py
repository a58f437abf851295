"""The goals of present revisions as rows, found by what they are about."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from domain.agreement import Agreement, Status
from domain.codec import decode, encode
from domain.congruence import CONCLUDED, LIVE, GoalRef
from domain.goal import Goal
from domain.identity import AgreementId
from sqlalchemy.ext.asyncio import AsyncConnection

from agreements.persistence import tables as t

GOALS, HEADS, BODIES = t.agreement_goals, t.agreements, t.revisions
SETTLED = [status.value for status in CONCLUDED]
ALIVE = [status.value for status in LIVE]
VOID = [Status.WITHDRAWN.value, Status.DECLINED.value]


class StoredGoals:
    """Implements `AgreedGoals`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection; its role decides which rows there are."""
        self._connection = connection

    async def put(self, agreement: Agreement) -> None:
        """Replace the rows of one agreement."""
        await self._connection.execute(GOALS.delete().where(GOALS.c.agreement == agreement.id))
        rows = {goal.code: _row(agreement, goal) for goal in agreement.revision.goals}
        if rows:
            await self._connection.execute(GOALS.insert(), list(rows.values()))

    async def of(self, agreement: AgreementId) -> Sequence[Goal]:
        """Find by the agreement."""
        query = sa.select(GOALS.c.body).where(GOALS.c.agreement == agreement).order_by(GOALS.c.code)
        return [decode(Goal, body) for body in await self._connection.scalars(query)]

    async def over(self, indicators: Sequence[str], years: Sequence[int]) -> Sequence[GoalRef]:
        """Find by the index over year, indicator and unit."""
        bound = (GOALS.c.year.in_(years), GOALS.c.indicator.in_(indicators), HEADS.c.status.in_(ALIVE))
        query = _refs(GOALS, HEADS).where(*bound).order_by(GOALS.c.year, GOALS.c.agreement, GOALS.c.code)
        return [_ref(row) for row in await self._rows(query)]

    async def about(self, year: int, indicators: Sequence[str], units: Sequence[str]) -> Sequence[GoalRef]:
        """Find by the index over year, indicator and unit."""
        bound = (GOALS.c.year == year, GOALS.c.indicator.in_(indicators), GOALS.c.unit.in_(units))
        query = _refs(GOALS, HEADS).where(*bound)
        return [_ref(row) for row in await self._rows(query.where(HEADS.c.status.in_(ALIVE)))]

    async def concluded(self, before: int, units: Sequence[str], lineages: Sequence[str]) -> Sequence[GoalRef]:
        """Find by the indexes over units and over lineages."""
        named = sa.or_(GOALS.c.unit.in_(units), GOALS.c.lineage.in_(lineages))
        query = _refs(GOALS, HEADS).where(GOALS.c.year < before, named)
        query = query.where(HEADS.c.status.in_(SETTLED))
        return [_ref(row) for row in await self._rows(query.order_by(GOALS.c.agreement, GOALS.c.code))]

    async def of_lineage(self, lineage: str) -> Sequence[GoalRef]:
        """Find by the index over lineages."""
        query = _refs(GOALS, HEADS).where(GOALS.c.lineage == lineage, HEADS.c.status.not_in(VOID))
        return [_ref(row) for row in await self._rows(query.order_by(GOALS.c.year, GOALS.c.agreement))]

    async def doubled(self, year: int) -> Sequence[tuple[GoalRef, GoalRef]]:
        """Join the goals of a year with themselves, each pair once; only few rows are left to be judged."""
        other, head = GOALS.alias("other"), HEADS.alias("other_head")
        pair = sa.and_(
            GOALS.c.year == other.c.year,
            GOALS.c.indicator == other.c.indicator,
            GOALS.c.unit == other.c.unit,
            GOALS.c.agreement < other.c.agreement,
        )
        alive = sa.and_(HEADS.c.status.in_(ALIVE), head.c.status.in_(ALIVE), GOALS.c.year == year)
        left, right = _columns(GOALS, HEADS, ""), _columns(other, head, "other_")
        query = (
            sa.select(*left, *right)
            .select_from(GOALS.join(other, pair))
            .join(HEADS, HEADS.c.id == GOALS.c.agreement)
            .join(head, head.c.id == other.c.agreement)
            .where(alive)
            .order_by(GOALS.c.agreement, GOALS.c.code)
        )
        return [(_ref(row), _ref(row, "other_")) for row in await self._rows(query)]

    async def _rows(self, query: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        rows: Sequence[sa.Row[Any]] = (await self._connection.execute(query)).all()
        return rows


def _columns(goals: Any, heads: Any, prefix: str) -> list[sa.ColumnElement[Any]]:
    title = (
        sa.select(BODIES.c.body["title"].astext)
        .where(BODIES.c.agreement_id == heads.c.id, BODIES.c.number == heads.c.revision)
        .scalar_subquery()
    )
    return [
        goals.c.agreement.label(f"{prefix}agreement"),
        goals.c.year.label(f"{prefix}year"),
        goals.c.body.label(f"{prefix}body"),
        heads.c.predecessor.label(f"{prefix}predecessor"),
        heads.c.status.label(f"{prefix}status"),
        title.label(f"{prefix}title"),
    ]


def _refs(goals: Any, heads: Any) -> sa.Select[Any]:
    return sa.select(*_columns(goals, heads, "")).join(heads, heads.c.id == goals.c.agreement)


def _ref(row: sa.Row[Any], prefix: str = "") -> GoalRef:
    told = row._mapping  # noqa: SLF001  a row's public view by name
    return GoalRef(
        agreement=told[f"{prefix}agreement"],
        predecessor=told[f"{prefix}predecessor"],
        title=told[f"{prefix}title"],
        year=told[f"{prefix}year"],
        status=Status(told[f"{prefix}status"]),
        goal=decode(Goal, told[f"{prefix}body"]),
    )


def _row(agreement: Agreement, goal: Goal) -> dict[str, Any]:
    return {
        "agreement": agreement.id,
        "code": goal.code,
        "year": agreement.revision.year,
        "kind": goal.kind.value,
        "unit": goal.obligated,
        "indicator": getattr(goal.terms, "indicator", None),
        "lineage": goal.lineage,
        "body": encode(goal),
    }
