"""Nearest neighbours (nächste Nachbarn): the units a unit is most like, ranked, from a day on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.identity import UnitCode
from domain.unit import Units
from domain.validity import Validity, must_run_forward, within


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestNeighbour:
    """`neighbour` is the nearest of a unit but for `rank` − 1, valid half-open; an open side lasts while both exist."""

    unit: UnitCode
    rank: int
    neighbour: UnitCode
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        """Refuse a validity that ends before it begins."""
        must_run_forward(self.valid_from, self.valid_until, f"{self.unit} nearest_neighbour {self.neighbour}")

    @property
    def begins(self) -> date:
        """Give the first day; the first there is where it was always so."""
        return self.valid_from or date.min

    @property
    def key(self) -> tuple[UnitCode, UnitCode, date]:
        """Give what it is known by: both units and the day it begins."""
        return self.unit, self.neighbour, self.begins

    @property
    def placing(self) -> tuple[UnitCode, int, UnitCode]:
        """Give what it says whenever it is valid: who stands at which rank of whom."""
        return self.unit, self.rank, self.neighbour

    @property
    def validity(self) -> Validity:
        """Give its first day and the first day after."""
        return self.valid_from, self.valid_until

    def valid_on(self, day: date) -> bool:
        """Say whether it holds on a day."""
        return within(day, self.valid_from, self.valid_until)


def on_day(known: Iterable[NearestNeighbour], units: Units, day: date) -> tuple[NearestNeighbour, ...]:
    """Choose the neighbours that hold on a day on which both units exist, in the order of unit and rank."""
    held = (one for one in known if one.valid_on(day))
    both = (one for one in held if units.valid_on(one.unit, day) and units.valid_on(one.neighbour, day))
    return tuple(sorted(both, key=lambda one: (one.unit, one.rank)))
