"""Keeping the copy of the units, and of who is compared with whom, as new as the agreements service tells."""

from chassis.event import Event

from indicators.ports import Ports

NEWS = frozenset({"units.changed", "comparison_groups.changed", "nearest_neighbours.changed"})


async def take_news(ports: Ports, events: list[Event], cursor: str) -> None:
    """Take a page of events in: a changed tree is fetched whole, once, and the cursor moves with it."""
    changed = any(event.type in NEWS for event in events)
    document = await ports.fetch_units() if changed else None
    async with ports.begin() as work:
        if document is not None:
            await work.units.keep(document)
        await work.units.keep_cursor(cursor)


async def read_so_far(ports: Ports) -> str | None:
    """Say how far the feed has been read."""
    async with ports.look(None) as work:
        return await work.units.cursor()
