"""Comparison groups: loading who is compared with whom, and telling it."""

from collections.abc import Sequence
from datetime import date

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.event import Event
from domain.comparison_group import Membership

from agreements.ports import Counts, Ports
from agreements.usecases.filing import digest_of
from agreements.usecases.naming import must_know
from agreements.usecases.sight import READERS


async def load(ports: Ports, caller: Caller, memberships: Sequence[Membership]) -> Counts:
    """Create or change memberships in one go; nothing is kept if one names an unknown unit."""
    caller.must_be(Role.OPERATOR)
    async with ports.begin() as work:
        await must_know(work, {f"/memberships/{n}/unit": known.unit for n, known in enumerate(memberships)})
        counts = await work.comparison_groups.put(memberships)
        if counts.created or counts.changed:
            change = Change(
                by=caller.subject,
                action="comparison_groups.changed",
                resource="comparison_groups",
                after=digest_of(list(memberships)),
            )
            await work.audit.record(change)
            data = {"created": counts.created, "changed": counts.changed}
            await work.events.tell(Event(type="comparison_groups.changed", subject="comparison-groups", data=data))
    return counts


async def known(ports: Ports, caller: Caller, day: date | None) -> list[Membership]:
    """List every membership that ever was, or those of a day."""
    caller.must_be(*READERS)
    async with ports.look(None) as work:
        return await (work.comparison_groups.on(day) if day else work.comparison_groups.all())


async def on(ports: Ports, caller: Caller, day: date | None, schemes: Sequence[str]) -> list[Membership]:
    """List who is in which group on a day."""
    caller.must_be(*READERS)
    async with ports.look(None) as work:
        return await work.comparison_groups.on(day or ports.today(), schemes)
