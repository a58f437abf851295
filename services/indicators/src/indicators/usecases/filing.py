"""Keeping values whole: each change is kept, counted, recorded and told in one place, naming no file of a review."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from chassis.audit.change import Change
from chassis.caller import Caller, Reach, reach_of
from chassis.canonical import digest
from chassis.event import Event
from domain.codec import encode
from domain.unit import Units

from indicators.ports import Ports, Work
from indicators.ports.documents import Documents, Filed
from indicators.usecases.sight import known_units

T = TypeVar("T")
Check = Callable[[int], None]
"""Refuses a caller who holds another version than the one given."""

TOLD_OF = ("unit", "month", "indicator", "view", "grid", "review", "rank", "status")


async def authority(ports: Ports, caller: Caller) -> tuple[Units, Reach]:
    """Give the units, and which of them a caller who changes something reaches."""
    units = await known_units(ports)
    return units, reach_of(caller, lambda codes: units.below(codes, ports.today()))


async def file(work: Work, caller: Caller, register: Documents[T], id: UUID, value: T, told: str) -> Filed[T]:
    """Keep a new value under an id."""
    filed = Filed(id=id, version=1, value=value)
    await register.add(filed)
    await tell(work, caller, told, filed)
    return filed


async def refile(work: Work, caller: Caller, register: Documents[T], known: Filed[T], value: T, told: str) -> Filed[T]:
    """Keep the next version of a value."""
    filed = known.changed_to(value)
    await register.update(filed)
    await tell(work, caller, told, filed, before=digest_of(known.value))
    return filed


def digest_of(value: object) -> str:
    """Give the SHA-256 of a value's canonical form."""
    return digest({"value": encode(value)})


async def tell(work: Work, caller: Caller, told: str, filed: Filed[Any], *, before: str | None = None) -> None:
    """Record a change and tell it; the event names where it happened and no file."""
    resource = f"{type(filed.value).__name__.lower()}:{filed.id}"
    after = digest_of(filed.value)
    await work.audit.record(Change(by=caller.subject, action=told, resource=resource, before=before, after=after))
    named = {name: getattr(filed.value, name, None) for name in TOLD_OF}
    data = {name: value if isinstance(value, int) else str(value) for name, value in named.items() if value is not None}
    await work.events.tell(
        Event(type=told, subject=str(filed.id), data={"id": str(filed.id), "version": filed.version, **data})
    )
