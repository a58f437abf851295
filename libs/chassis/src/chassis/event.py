"""What happened, told to others through the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to one thing; `type` in the past tense, such as `agreement.signed`."""

    type: str
    subject: str
    data: Mapping[str, Any]


class Events(Protocol):
    """Where a use case tells what it did, within its transaction."""

    async def tell(self, *events: Event) -> None:
        """Keep the events with the change that caused them."""
