"""Attestation: a unit's lead stands for a month, complete and checked; what was known then is frozen."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.errors import Conflict, Invalid, Text
from domain.identity import UnitCode
from domain.period import Month


class AttestationStatus(StrEnum):
    """Whether somebody still stands for the month."""

    ATTESTED = "attested"
    WITHDRAWN = "withdrawn"


@dataclass(eq=False)
class AttestationWithdrawn(Conflict):
    """This attestation has been withdrawn already."""

    title_de = "Diese Bestätigung ist schon zurückgezogen."
    says = Text(
        "withdrawn on {at}; attest the month anew where it is to stand again",
        "zurückgezogen am {at}; bestätigen Sie den Monat neu, wenn er wieder gelten soll",
    )

    at: str


@dataclass(eq=False)
class InstantAhead(Invalid):
    """What is known is known up to now, not up to an instant ahead."""

    title_de = "Bekannt ist etwas bis jetzt, nicht bis zu einem künftigen Zeitpunkt."
    says = Text(
        "{as_of} is not over; give an instant up to {now}, or leave it out",
        "{as_of} ist noch nicht vorbei; geben Sie einen Zeitpunkt bis {now} an oder lassen Sie ihn weg",
    )

    as_of: str
    now: str


@dataclass(eq=False)
class MonthNotOver(Conflict):
    """Nobody stands for a month that is not over."""

    title_de = "Für einen Monat, der nicht vorbei ist, steht niemand ein."
    says = Text("{month} ends on {last}; attest it afterwards", "{month} endet am {last}; bestätigen Sie ihn danach")

    month: str
    last: str


def must_not_be_ahead(as_of: datetime, now: datetime) -> None:
    """Refuse an instant ahead."""
    if as_of > now:
        raise InstantAhead(as_of=as_of.isoformat(), now=now.isoformat())


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """Who took something back, when and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """
    One act of standing for a unit's month, its parts included (`covers`).

    `digest` is over the values known at `as_of`, `values` counts them; `revisions` counts everything ever recorded of
    the month up to then, so that anything recorded later shows.
    """

    unit: UnitCode
    month: Month
    as_of: datetime
    at: datetime
    by: str
    office: str | None
    note: str | None
    covers: tuple[UnitCode, ...]
    digest: str
    values: int
    revisions: int
    status: AttestationStatus = AttestationStatus.ATTESTED
    withdrawal: Withdrawal | None = None

    def withdrawn(self, withdrawal: Withdrawal) -> "Attestation":
        """Take it back; once only."""
        if self.withdrawal is not None:
            raise AttestationWithdrawn(self.withdrawal.at.isoformat())
        return replace(self, status=AttestationStatus.WITHDRAWN, withdrawal=withdrawal)

    def changed_since(self, revisions: int) -> bool:
        """Say whether anything was recorded since, from what is recorded by now; records are only ever added."""
        return revisions > self.revisions


def must_be_over(month: Month, on: date) -> None:
    """Refuse a month that was not over on the day of `as_of`."""
    if on <= month.last_day:
        raise MonthNotOver(month=str(month), last=month.last_day.isoformat())
