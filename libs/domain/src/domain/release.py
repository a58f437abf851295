"""Releases (Datenstand): named states of the data, published once and never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.errors import Conflict, Invalid, Text
from domain.period import Month, Period
from domain.reading import WAITING_MONTHS, DataState, state_of


class ReleaseKind(StrEnum):
    """How firm a released state is."""

    PROVISIONAL = "provisional"
    FINAL = "final"


@dataclass(eq=False)
class FinalTooEarly(Conflict):
    """A month is final after its waiting time."""

    title_de = "Endgültig ist ein Monat nach seiner Wartezeit."
    says = Text(
        "{month} is final from {first} on; publish it as provisional, or with a later `as_of`",
        "{month} ist ab {first} endgültig; veröffentlichen Sie vorläufig oder mit späterem `as_of`",
    )

    month: str
    first: str


@dataclass(eq=False)
class MonthsAhead(Invalid):
    """A release covers months that have begun."""

    title_de = "Ein Datenstand umfasst Monate, die begonnen haben."
    says = Text("{month} has not begun at {as_of}", "{month} hat am {as_of} noch nicht begonnen")

    month: str
    as_of: str


@dataclass(eq=False)
class MonthsNotReleased(Invalid):
    """A release tells its own months."""

    title_de = "Ein Datenstand nennt seine eigenen Monate."
    says = Text(
        "'{code}' holds the months {first} to {last}; ask for these, or for others without `release`",
        "„{code}“ umfasst die Monate {first} bis {last}; fragen Sie nach diesen, oder nach anderen ohne `release`",
    )

    code: str
    first: str
    last: str


@dataclass(eq=False)
class VintageNotNamed(Conflict):
    """A new vintage of final months names exactly the releases it replaces."""

    title_de = "Ein neuer Stand endgültiger Monate nennt genau die Datenstände, die er ersetzt."
    says = Text(
        "these months overlap the final releases: {needed}; `replaces` names: {given}",
        "diese Monate überschneiden sich mit den endgültigen Datenständen: {needed}; `replaces` nennt: {given}",
    )

    needed: str
    given: str


@dataclass(eq=False)
class VintageWithoutReason(Invalid):
    """A new vintage of final months gives its reason."""

    title_de = "Ein neuer Stand endgültiger Monate nennt seinen Grund."
    says = Text(
        "say in `reason` why '{code}' replaces {replaced}", "sagen Sie in `reason`, warum „{code}“ {replaced} ersetzt"
    )

    code: str
    replaced: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The data of some months as known at an instant, under a name."""

    code: str
    title: str
    kind: ReleaseKind
    months: Period
    as_of: datetime
    published_at: datetime
    published_by: str
    replaces: tuple[str, ...] = ()
    reason: str | None = None

    def must_be_ripe(self, on: date) -> None:
        """Refuse months ahead, and final months within their waiting time; `on` is the day of `as_of`."""
        last = self.months.last
        if last.first_day > on:
            raise MonthsAhead(month=str(last), as_of=on.isoformat())
        if self.kind is ReleaseKind.FINAL and state_of(last, on) is not DataState.FINAL:
            first = last.plus(WAITING_MONTHS + 1).first_day
            raise FinalTooEarly(month=str(last), first=first.isoformat())

    def must_hold(self, first: Month, last: Month) -> None:
        """Refuse months that are not released; what figures of released months look back at may lie before them."""
        held = self.months
        if not (held.start <= first and last <= held.last):
            raise MonthsNotReleased(code=self.code, first=str(held.start), last=str(held.last))

    def must_follow(self, known: Iterable[tuple[str, Period]]) -> None:
        """Refuse a new vintage that does not name what it replaces; `known` are the final releases that stand."""
        final = self.kind is ReleaseKind.FINAL
        needed = {code for code, months in known if final and overlap(months, self.months)}
        if needed != set(self.replaces):
            raise VintageNotNamed(needed=_listed(needed), given=_listed(self.replaces))
        if needed and not self.reason:
            raise VintageWithoutReason(code=self.code, replaced=_listed(needed))


def overlap(one: Period, other: Period) -> bool:
    """Say whether two periods share a month."""
    return one.start < other.after and other.start < one.after


def standing_finals(releases: Iterable[Release]) -> list[tuple[str, Period]]:
    """List the final releases that no other replaces."""
    known = list(releases)
    replaced = {code for release in known for code in release.replaces}
    return [(r.code, r.months) for r in known if r.kind is ReleaseKind.FINAL and r.code not in replaced]


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes)) or "–"
