"""What a planning round rests on, within one transaction."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from domain.corridor import ReferenceValue

from agreements.ports.documents import Counts


class ReferenceValues(Protocol):
    """The reference values of rounds within reach, within one transaction."""

    async def put(self, round: UUID, values: Sequence[ReferenceValue]) -> Counts:
        """Create or change values of a round, all at once; each unit and indicator is named once."""

    async def of(
        self,
        rounds: Sequence[UUID],
        units: Sequence[str] = (),
        indicators: Sequence[str] = (),
        after: tuple[str, str, UUID] | None = None,
        limit: int | None = None,
    ) -> list[ReferenceValue]:
        """List values of rounds in the order of unit, indicator and round; an empty selection of the others is any."""
