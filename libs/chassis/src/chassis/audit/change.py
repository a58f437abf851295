"""What is recorded of a change."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Somebody did something to a thing: `before` and `after` are SHA-256 of its canonical form, if it has one."""

    by: str
    action: str
    resource: str
    before: str | None = None
    after: str | None = None


class Audit(Protocol):
    """Where a use case records what it changed, within its transaction."""

    async def record(self, *changes: Change) -> None:
        """Append to the log; nothing recorded is ever changed or removed."""
