"""Local copies of what other services tell, and how far their feeds have been read."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncConnection


def copies_table(metadata: sa.MetaData) -> sa.Table:
    """Describe the copies in a service's own metadata."""
    return sa.Table(
        "copies", metadata, sa.Column("name", sa.Text, primary_key=True), sa.Column("body", JSONB, nullable=False)
    )


COPIES = copies_table(sa.MetaData())


class Copies:
    """Named JSON documents, within one transaction; the owner of each is another service."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Read and keep copies on this connection."""
        self._connection = connection

    async def keep(self, name: str, body: Any) -> None:
        """Keep a document in place of an earlier one of its name."""
        new = insert(COPIES).values(name=name, body=body)
        await self._connection.execute(new.on_conflict_do_update(index_elements=["name"], set_={"body": body}))

    async def read(self, name: str) -> Any:
        """Give a document; None where there is none yet."""
        return await self._connection.scalar(sa.select(COPIES.c.body).where(COPIES.c.name == name))

    async def below(self, prefix: str) -> list[Any]:
        """Give all documents whose names begin so, in the order of their names."""
        query = sa.select(COPIES.c.body).where(COPIES.c.name.startswith(prefix, autoescape=True))
        return list((await self._connection.scalars(query.order_by(COPIES.c.name))).all())
