"""The signing of one revision: until when, who signs for whom, who was reminded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from domain.agreement import Agreement
from domain.errors import Conflict, Text
from domain.identity import UnitCode
from domain.refusal import AlreadySigned, NotAParty
from domain.validity import within

MOST_REMINDERS = 5


@dataclass(eq=False)
class SigningExpired(Conflict):
    """The time for signing is over."""

    title_de = "Die Frist zur Unterzeichnung ist abgelaufen."
    says = Text(
        "it ended on {expired_on}; a party that binds itself may set a later day",
        "sie endete am {expired_on}; eine bindende Partei kann einen späteren Tag setzen",
    )

    expired_on: date


@dataclass(eq=False)
class RemindedEnough(Conflict):
    """A party is reminded five times at most."""

    title_de = "Eine Partei wird höchstens fünfmal erinnert."
    says = Text("unit {party} was reminded {times} times", "die Einheit {party} wurde {times}-mal erinnert")

    party: UnitCode
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputy:
    """A person who signs for a party on the days named (half-open); known by the subject of their token."""

    party: UnitCode
    subject: str
    signs_as: str
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A reminder of a party that has not signed."""

    party: UnitCode
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What the parties set for a signing: its last day, and deputies."""

    expires_on: date | None = None
    deputies: tuple[Deputy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """The signing of one revision of an agreement."""

    agreement: UUID
    revision: int
    arranged: Arrangement = Arrangement()
    reminders: tuple[Reminder, ...] = ()

    def must_be_open(self, on: date) -> None:
        """Refuse signatures after the last day."""
        expiry = self.arranged.expires_on
        if expiry is not None and on > expiry:
            raise SigningExpired(expiry)

    def deputy(self, party: UnitCode, subject: str, on: date) -> Deputy | None:
        """Give the deputy a person is for a party on a day, if they are one."""
        for deputy in self.arranged.deputies:
            if (deputy.party, deputy.subject) == (party, subject) and within(on, deputy.valid_from, deputy.valid_until):
                return deputy
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureMade:
    """
    What a signatory sends: for whom, and what they have read.

    With `jws` and `jwk` the signature was made outside (advanced); with `scan`, an attachment's id, on paper; else
    the service seals what the authenticated signatory declares (simple).
    """

    party: UnitCode
    revision: int
    digest: str
    jws: str | None = None
    jwk: Mapping[str, str] | None = None
    scan: UUID | None = None


def reminded(signing: Signing, agreement: Agreement, reminder: Reminder) -> Signing:
    """Add a reminder of a party whose signature is missing."""
    if reminder.party not in agreement.revision.binding:
        raise NotAParty(reminder.party)
    for signature in agreement.signatures:
        if (signature.party, signature.revision) == (reminder.party, signing.revision):
            raise AlreadySigned(party=reminder.party, signed_at=signature.signed_at)
    earlier = sum(known.party == reminder.party for known in signing.reminders)
    if earlier >= MOST_REMINDERS:
        raise RemindedEnough(party=reminder.party, times=earlier)
    return replace(signing, reminders=(*signing.reminders, reminder))
