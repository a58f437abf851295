"""Signed tree heads: what the log was at a time, sealed, so that nobody can rewrite what was before."""

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chassis.audit.log import size_of, with_nodes
from chassis.audit.merkle import root
from chassis.audit.seal import KeySeal
from chassis.canonical import canonical
from chassis.clock import now
from chassis.every import every
from chassis.outbox import APPEND_IN_ORDER

PAUSE = 60.0
FORMAT = "zielwerk/checkpoint/1"


def checkpoints_table(metadata: sa.MetaData) -> sa.Table:
    """Describe the checkpoints in a service's own metadata."""
    return sa.Table(
        "audit_checkpoints",
        metadata,
        sa.Column("tree_size", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("root", sa.Text, nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("jws", sa.Text, nullable=False),
    )


CHECKPOINTS = checkpoints_table(sa.MetaData())


def head(service: str, tree_size: int, tree_root: str, at: datetime) -> bytes:
    """Give the bytes of a tree head that are sealed."""
    told = {"format": FORMAT, "service": service, "tree_size": tree_size, "root": tree_root, "at": at.isoformat()}
    return canonical(told)


async def seal_head(engine: AsyncEngine, service: str, seal: KeySeal, now: datetime) -> None:
    """Seal the present tree head; one that is sealed already stays as it is."""
    async with engine.begin() as connection:
        await connection.execute(APPEND_IN_ORDER)
        size = await size_of(connection)
        if size in {row.tree_size for row in await latest(connection, 1)}:
            return
        value = (await with_nodes(connection, lambda node: root(node, size))).hex()
        jws = seal.sign(head(service, size, value, now), {"content": FORMAT})
        await connection.execute(CHECKPOINTS.insert().values(tree_size=size, root=value, at=now, jws=jws))


async def seal_when_due(engine: AsyncEngine, service: str, seal: KeySeal, now: datetime, interval: timedelta) -> None:
    """Seal where the log has grown and the latest head is older than the interval."""
    async with engine.connect() as connection:
        size, known = await size_of(connection), await latest(connection, 1)
    if size and (not known or (known[0].tree_size < size and now - known[0].at >= interval)):
        await seal_head(engine, service, seal, now)


def keep_sealing(
    engine: AsyncEngine, service: str, seal: KeySeal, seconds: int
) -> Callable[[], Coroutine[Any, Any, None]]:
    """Give the work that looks again and again whether a head is due."""

    async def look() -> None:
        await seal_when_due(engine, service, seal, now(), timedelta(seconds=seconds))

    return partial(every, PAUSE, look, "checkpoints")


async def latest(connection: AsyncConnection, limit: int, below: int | None = None) -> list[sa.Row[tuple[object, ...]]]:
    """List checkpoints, newest first."""
    query = sa.select(CHECKPOINTS).order_by(CHECKPOINTS.c.tree_size.desc()).limit(limit)
    if below is not None:
        query = query.where(CHECKPOINTS.c.tree_size < below)
    return list((await connection.execute(query)).all())
