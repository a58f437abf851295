"""Agreements: what is agreed in one revision, who accepted it, who signed it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.attachment import Annex
from domain.errors import Invalid, Text, Unknown
from domain.goal import Goal
from domain.identity import AgreementId, GoalCode, UnitCode
from domain.party import Party


class Status(StrEnum):
    """Where an agreement stands in its life."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    SEALING = "sealing"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    AMENDED = "amended"


class SignatureLevel(StrEnum):
    """How much a signature proves; recorded as it is."""

    SIMPLE = "simple"
    ADVANCED = "advanced"
    QUALIFIED = "qualified"
    PAPER_SCAN = "paper_scan"


@dataclass(eq=False)
class TermTooShort(Invalid):
    """A term ends after it begins."""

    title_de = "Eine Laufzeit endet nach ihrem Beginn."
    says = Text("{start} is not before {end}", "{start} liegt nicht vor {end}")

    start: date
    end: date


@dataclass(eq=False)
class UnknownGoal(Unknown):
    """The agreement has no such goal."""

    title_de = "Dieses Ziel hat die Vereinbarung nicht."
    says = Text("the agreement has no goal '{code}'", "die Vereinbarung hat kein Ziel „{code}“")

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardRef:
    """An expert concept, quality standard, guideline or instruction an agreement refers to, by its edition."""

    code: str
    edition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One immutable version of what is agreed; the term is half-open."""

    number: int
    title: str
    year: int
    tier: str | None
    legal_basis: str | None
    planning_basis: str | None
    note: str | None
    valid_from: date
    valid_until: date
    trial: bool
    parties: tuple[Party, ...]
    goals: tuple[Goal, ...]
    round: UUID | None = None
    meetings: str | None = None
    standards: tuple[StandardRef, ...] = ()
    attachments: tuple[Annex, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a term that ends before it begins."""
        if self.valid_from >= self.valid_until:
            raise TermTooShort(start=self.valid_from, end=self.valid_until)

    def goal(self, code: str) -> Goal:
        """Give a goal by its code."""
        for goal in self.goals:
            if goal.code == code:
                return goal
        raise UnknownGoal(code)

    def party(self, unit: str) -> Party | None:
        """Give the party a unit is, if it is one."""
        return next((party for party in self.parties if party.unit == unit), None)

    @property
    def binding(self) -> frozenset[UnitCode]:
        """Name the units that accept and sign."""
        return frozenset(party.unit for party in self.parties if party.binds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A party's yes to one revision."""

    party: UnitCode
    revision: int
    subject: str
    accepted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """
    A party's signature under the digest (SHA-256 of RFC 8785 JSON) of one revision, as a detached JWS.

    `evidence` is the SHA-256 of the attachment that carries a signature made outside: a signed PDF or a scan.
    `key` is the public key (JWK as JSON) of a JWS made outside; without it the service's own key has sealed it.
    """

    party: UnitCode
    revision: int
    digest: str
    level: SignatureLevel
    signatory: str
    subject: str
    jws: str
    signed_at: datetime
    deputy: bool = False
    evidence: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An agreement as it stands; `version` counts every change."""

    id: AgreementId
    version: int
    status: Status
    revision: Revision
    acceptances: tuple[Acceptance, ...] = ()
    signatures: tuple[Signature, ...] = ()
    predecessor: AgreementId | None = None
    reason: str | None = None

    @property
    def units(self) -> frozenset[UnitCode]:
        """Name the units of all parties."""
        return frozenset(party.unit for party in self.revision.parties)

    @property
    def awaited(self) -> frozenset[UnitCode]:
        """Name the parties whose acceptance of the present revision is still missing."""
        return self.revision.binding - {a.party for a in self.acceptances if a.revision == self.revision.number}

    @property
    def unsigned(self) -> frozenset[UnitCode]:
        """Name the parties whose signature under the present revision is still missing."""
        return self.revision.binding - {s.party for s in self.signatures if s.revision == self.revision.number}


class DeclarationKind(StrEnum):
    """What can be declared of a goal without a figure."""

    DONE = "done"
    ACCEPTED = "accepted"
    FULFILLED = "fulfilled"
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What a party declares of a goal: done, accepted, fulfilled, or a tendency."""

    goal: GoalCode
    kind: DeclarationKind
    on: date
    party: UnitCode
    subject: str
    narrative: str
    evidence: str | None = None
    condition: str | None = None
