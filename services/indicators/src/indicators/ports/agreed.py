"""What is agreed elsewhere on the indicators."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from domain.identity import GoalCode, IndicatorCode, UnitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedGoal:
    """A goal of a live agreement that is judged by an indicator; the unit is the one obligated to it."""

    agreement: UUID
    agreement_title: str
    year: int
    status: str
    goal: GoalCode
    title: str
    kind: str
    unit: UnitCode | None
    indicator: IndicatorCode


class FindGoals(Protocol):
    """The goals of live agreements."""

    async def __call__(
        self, indicators: Collection[IndicatorCode], years: Collection[int]
    ) -> Sequence[AgreedGoal] | None:
        """List those over some indicators in some years; None where nobody answers in time."""
