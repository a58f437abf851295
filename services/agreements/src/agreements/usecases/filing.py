"""Keeping values of any kind: each change is kept, counted, and told in one place."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from chassis.audit.change import Change
from chassis.caller import Caller
from chassis.canonical import digest
from chassis.event import Event
from domain.codec import encode

from agreements.ports import Documents, Filed, Work

T = TypeVar("T")
Check = Callable[[int], None]
"""Refuses a caller who holds another version than the one given."""

TOLD_OF = ("agreement", "round", "unit", "indicator", "year", "status", "code", "edition", "number")


async def file(work: Work, caller: Caller, register: Documents[T], id: UUID, value: T, told: str) -> Filed[T]:
    """Keep a new value under an id."""
    filed = Filed(id=id, version=1, value=value)
    await register.add(filed)
    await _tell(work, caller, filed, told, before=None)
    return filed


async def refile(work: Work, caller: Caller, register: Documents[T], known: Filed[T], value: T, told: str) -> Filed[T]:
    """Keep the next version of a value; version 0 was never kept before."""
    filed = known.changed_to(value)
    await (register.update(filed) if known.version else register.add(filed))
    await _tell(work, caller, filed, told, before=digest_of(known.value) if known.version else None)
    return filed


def digest_of(value: object) -> str:
    """Give the SHA-256 of a value's canonical form."""
    return digest({"value": encode(value)})


async def _tell(work: Work, caller: Caller, filed: Filed[Any], told: str, *, before: str | None) -> None:
    resource = f"{type(filed.value).__name__.lower()}:{filed.id}"
    after = digest_of(filed.value)
    await work.audit.record(Change(by=caller.subject, action=told, resource=resource, before=before, after=after))
    named = {name: getattr(filed.value, name) for name in TOLD_OF if hasattr(filed.value, name)}
    data = {name: value if isinstance(value, int) else str(value) for name, value in named.items()}
    await work.events.tell(
        Event(type=told, subject=str(filed.id), data={"id": str(filed.id), "version": filed.version, **data})
    )
