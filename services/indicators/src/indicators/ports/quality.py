"""What quality rules need from the world: room for their versions, and for what they doubt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.identity import DeliveryId, UnitCode
from domain.period import Month
from domain.quality_rule import QualityRule
from domain.soft_finding import Acknowledgement, SoftFinding, SoftFindingFiled, SoftStatus

Place = tuple[UnitCode, Month]


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftAsked:
    """Which soft findings are wanted; what is empty narrows nothing."""

    units: Sequence[str] = ()
    months: Sequence[Month] = ()
    statuses: Sequence[SoftStatus] = ()
    delivery: DeliveryId | None = None


SoftPosition = tuple[str, int, UUID]
"""A soft finding's place in a list: unit, month as it is counted, id."""


class QualityRules(Protocol):
    """Quality rules with all their versions, within one transaction."""

    async def newest(self) -> Sequence[QualityRule]:
        """Give the newest version of each rule, in the order of their codes."""

    async def versions(self, code: str) -> Sequence[QualityRule]:
        """Give all versions of one rule, oldest first; nothing where it is unknown."""

    async def locked(self, code: str) -> QualityRule | None:
        """Give the newest version and hold the rule until the transaction ends, also where there is none yet."""

    async def add(self, rule: QualityRule) -> None:
        """Keep a new version."""


class SoftFindings(Protocol):
    """What rules doubt, within one transaction."""

    async def keep(self, delivery: DeliveryId, found: Sequence[tuple[UUID, SoftFinding]]) -> None:
        """Keep findings that a delivery gave rise to."""

    async def standing(self, places: Sequence[Place]) -> Sequence[SoftFindingFiled]:
        """Give what is not resolved in some months of some units."""

    async def resolve(self, ids: Sequence[UUID], by: DeliveryId) -> None:
        """Note that a delivery made findings vanish."""

    async def matching(self, asked: SoftAsked, after: SoftPosition | None, limit: int) -> Sequence[SoftFindingFiled]:
        """List findings in the order of unit, month and id."""

    async def get(self, id: UUID) -> SoftFindingFiled:
        """Give one; UnknownSoftFinding where there is none within reach."""

    async def acknowledge(self, id: UUID, given: Acknowledgement) -> SoftFindingFiled:
        """Keep that somebody stands for a figure; SoftFindingDone where it is answered, two at once wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledging:
    """That somebody stands for a figure: why, and when."""

    reason: str
    at: datetime
