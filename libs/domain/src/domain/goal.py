"""Goals: what is common to all kinds; what only one kind has are its terms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.identity import GoalCode, UnitCode
from domain.responsibility import Scope
from domain.terms import GoalKind, Terms


class Level(StrEnum):
    """A goal's place in the pyramid, from the orientation of all to one product."""

    GUIDING_ORIENTATION = "guiding_orientation"
    STRATEGIC = "strategic"
    PRODUCT_AREA = "product_area"
    PRODUCT_GROUP = "product_group"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What another office gives to a goal, on its own responsibility and from its own means."""

    unit: UnitCode
    product: str
    resources: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal of an agreement; a draft may lack what `missing` names."""

    code: GoalCode
    title: str
    scope: Scope | None
    terms: Terms
    section: str | None = None
    level: Level | None = None
    carrier: UnitCode | None = None
    obligated: UnitCode | None = None
    derived_from: GoalCode | None = None
    contributions: tuple[Contribution, ...] = ()
    evidence: str | None = None
    legal_basis: str | None = None
    note: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    trial: bool = False
    lineage: str | None = None

    @property
    def kind(self) -> GoalKind:
        """Name its kind."""
        return self.terms.kind


def missing(goal: Goal) -> tuple[str, ...]:
    """Name the fields a goal still lacks."""
    common = [name for name in ("title", "scope", "obligated") if not getattr(goal, name)]
    return (*common, *(name for name in goal.terms.needed if getattr(goal.terms, name) is None))
