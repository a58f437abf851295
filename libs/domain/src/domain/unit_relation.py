"""How two units stand to each other, while they do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.identity import UnitCode
from domain.responsibility import Scope
from domain.validity import must_run_forward, within


class RelationKind(StrEnum):
    """How the source of a relation stands to its target."""

    PART_OF = "part_of"
    SUPERVISES = "supervises"
    CARRIES = "carries"
    SUCCEEDS = "succeeds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """`source` is part of, supervises, carries or succeeds `target`, while valid (half-open)."""

    kind: RelationKind
    source: UnitCode
    target: UnitCode
    scope: Scope | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        """Refuse a validity that ends before it begins."""
        must_run_forward(self.valid_from, self.valid_until, f"{self.source} {self.kind} {self.target}")

    def valid_on(self, day: date) -> bool:
        """Say whether the relation holds on a day."""
        return within(day, self.valid_from, self.valid_until)
