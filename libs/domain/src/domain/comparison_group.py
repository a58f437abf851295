"""Comparison groups (Vergleichstypen): who is compared with whom under a scheme, from a day on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.identity import UnitCode
from domain.validity import must_run_forward, within


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A unit's group under a scheme, valid half-open; without `since` it was always so."""

    scheme: str
    unit: UnitCode
    group: str
    since: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        """Refuse a validity that ends before it begins."""
        must_run_forward(self.since, self.valid_until, f"{self.scheme} {self.unit}")

    def valid_on(self, day: date) -> bool:
        """Say whether the unit is in the group on a day."""
        return within(day, self.since, self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memberships:
    """Memberships, created or changed together; each is known by scheme, unit and the day it begins."""

    memberships: tuple[Membership, ...]


def on_day(memberships: Iterable[Membership], day: date) -> tuple[Membership, ...]:
    """Choose the membership of each unit and scheme on a day, the newest where two are valid."""
    newest: dict[tuple[str, UnitCode], Membership] = {}
    for membership in sorted(memberships, key=lambda known: known.since or date.min):
        if membership.valid_on(day):
            newest[membership.scheme, membership.unit] = membership
    return tuple(newest[key] for key in sorted(newest))


def members(memberships: Iterable[Membership], scheme: str, group: str, day: date) -> tuple[UnitCode, ...]:
    """List who is in a group of a scheme on a day, in the order of their codes."""
    of_scheme = (membership for membership in memberships if membership.scheme == scheme)
    return tuple(membership.unit for membership in on_day(of_scheme, day) if membership.group == group)


def peers(memberships: Iterable[Membership], unit: UnitCode) -> tuple[str | None, frozenset[UnitCode]]:
    """Give a unit's group and the units in it, of memberships that are valid under one scheme."""
    known = {membership.unit: membership.group for membership in memberships}
    group = known.get(unit)
    return group, frozenset(other for other, found in known.items() if group is not None and found == group)
