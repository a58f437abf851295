"""What the log says of one thing, with the proof that it is under a sealed head: to be taken away."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.audit.checkpoints import latest, seal_head
from chassis.audit.log import entries_after, with_nodes
from chassis.audit.merkle import Node, inclusion
from chassis.audit.seal import KeySeal

MOST = 10_000


async def proved(engine: AsyncEngine, service: str, seal: KeySeal, resource: str, now: datetime) -> dict[str, Any]:
    """Give all entries of a resource, each with its path to the root of a sealed head that covers them."""
    await seal_head(engine, service, seal, now)
    async with engine.connect() as connection:
        head = (await latest(connection, 1))[0]._asdict()
        found = await entries_after(connection, -1, MOST, resource=[resource])
        covered = [entry for entry in found if entry.position < head["tree_size"]]

        def paths(node: Node) -> list[list[bytes]]:
            return [inclusion(node, entry.position, head["tree_size"]) for entry in covered]

        found_paths = await with_nodes(connection, paths)
    entries = [
        {**asdict(entry), "at": entry.at.isoformat(), "path": [step.hex() for step in path]}
        for entry, path in zip(covered, found_paths, strict=True)
    ]
    checkpoint = {**head, "service": service, "at": head["at"].isoformat()}
    return {"entries": entries, "checkpoint": checkpoint}
