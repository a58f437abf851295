"""The log as rows: entries in an unbroken order, and the nodes of the tree over them; both only grow."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.audit.change import Change
from chassis.audit.merkle import Node, appended, frontier, leaf_hash
from chassis.canonical import canonical
from chassis.observe import request_id
from chassis.outbox import APPEND_IN_ORDER

T = TypeVar("T")
PAGE = 5_000
Place = tuple[int, int]


def log_table(metadata: sa.MetaData) -> sa.Table:
    """Describe the entries in a service's own metadata."""
    return sa.Table(
        "audit_log",
        metadata,
        sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("resource", sa.Text, nullable=False, index=True),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("request_id", sa.Text, nullable=False),
    )


def nodes_table(metadata: sa.MetaData) -> sa.Table:
    """Describe the nodes: level 0 are the leaves."""
    return sa.Table(
        "audit_nodes",
        metadata,
        sa.Column("level", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("index", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
    )


LOG = log_table(sa.MetaData())
NODES = nodes_table(sa.MetaData())
COLUMNS = [column.name for column in LOG.columns]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One recorded change; its canonical form is the leaf of the tree."""

    position: int
    at: datetime
    by: str
    action: str
    resource: str
    before: str | None
    after: str | None
    request_id: str

    @property
    def leaf(self) -> bytes:
        """Give the hash of its canonical form."""
        return leaf_hash(canonical({**asdict(self), "at": self.at.isoformat()}))


class Trail:
    """Implements `Audit` within one transaction."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        """Record on this connection, dated now."""
        self._connection, self._now = connection, now

    async def record(self, *changes: Change) -> None:
        """Append entries; the lock is the outbox's own, so that the two never wait for each other crosswise."""
        if not changes:
            return
        await self._connection.execute(APPEND_IN_ORDER)
        size = await size_of(self._connection)
        request = request_id()
        entries = [
            Entry(position=size + number, at=self._now, request_id=request, **asdict(change))
            for number, change in enumerate(changes)
        ]
        leaves = [entry.leaf for entry in entries]
        nodes = await with_nodes(self._connection, lambda node: appended(node, size, leaves), frontier(size))
        await self._connection.execute(LOG.insert(), [asdict(entry) for entry in entries])
        rows = [{"level": level, "index": index, "hash": value} for (level, index), value in nodes.items()]
        await self._connection.execute(NODES.insert(), rows)


async def size_of(connection: AsyncConnection) -> int:
    """Count the entries; their positions have no gaps."""
    return int(await connection.scalar(sa.select(sa.func.coalesce(sa.func.max(LOG.c.position) + 1, 0))) or 0)


async def with_nodes(
    connection: AsyncConnection, compute: Callable[[Node], T], needed: Collection[Place] | None = None
) -> T:
    """Compute something over the tree: what it asks for is found by a dry run and read in one query."""
    if needed is None:
        asked: set[Place] = set()

        def note(level: int, index: int) -> bytes:
            asked.add((level, index))
            return b""

        compute(note)
        needed = asked
    found: dict[Place, bytes] = {}
    if needed:
        query = sa.select(NODES).where(sa.tuple_(NODES.c.level, NODES.c.index).in_(sorted(needed)))
        found = {(level, index): bytes(value) for level, index, value in (await connection.execute(query)).all()}
    return compute(lambda level, index: found[level, index])


async def entries_after(connection: AsyncConnection, position: int, limit: int, **wanted: Sequence[str]) -> list[Entry]:
    """List entries behind a position, narrowed by their fields; an empty selection is any."""
    query = sa.select(LOG).where(LOG.c.position > position).order_by(LOG.c.position).limit(limit)
    for name, values in wanted.items():
        if values:
            query = query.where(LOG.c[name].in_(values))
    return [_entry(row) for row in (await connection.execute(query)).all()]


async def all_entries(connection: AsyncConnection) -> AsyncIterator[tuple[Entry, bytes | None]]:
    """Walk through the whole log in pages, each entry with the leaf that was kept for it."""
    position = -1
    leaf = sa.and_(NODES.c.level == 0, NODES.c.index == LOG.c.position)
    query = sa.select(LOG, NODES.c.hash).outerjoin(NODES, leaf).order_by(LOG.c.position).limit(PAGE)
    while page := (await connection.execute(query.where(LOG.c.position > position))).all():
        for row in page:
            yield _entry(row), row.hash
        position = page[-1].position


def _entry(row: sa.Row[Any]) -> Entry:
    return Entry(**{name: getattr(row, name) for name in COLUMNS})
