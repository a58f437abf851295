"""Agreements on the wire."""

from datetime import date
from typing import Annotated
from uuid import UUID

from chassis.wire import Instant, Sent, Told
from domain.agreement import Agreement, Declaration, DeclarationKind, Revision, Signature, SignatureLevel, Status
from domain.codec import decode, encode
from domain.finding import Finding, Severity
from domain.party import Party, PartyRole
from domain.refusal import Act
from domain.responsibility import Scope
from pydantic import Field

from agreements.api.goal_schemas import AnyGoal, Line, Prose, UnitCodeText, goal_out, goal_value
from agreements.ports import Kept


class PartyWire(Sent):
    """A unit in its role, with the area it answers for and the office that signs."""

    unit: UnitCodeText
    role: PartyRole
    scope: Scope
    signs_as: Line


class AgreementIn(Sent):
    """What is to be agreed; the term is half-open."""

    title: Annotated[str, Field(min_length=1, max_length=300, examples=["Zielvereinbarung 2014"])]
    year: Annotated[int, Field(ge=1990, le=2200, examples=[2014])]
    tier: Line | None = None
    legal_basis: Line | None = Field(None, examples=["§ 48b SGB II"])
    planning_basis: Line | None = None
    note: Prose | None = None
    valid_from: date
    valid_until: date
    trial: bool = False
    parties: list[PartyWire] = Field(max_length=50)
    goals: list[AnyGoal] = Field(default=[], max_length=500)

    def value(self) -> Revision:
        """Give the first revision."""
        fields = self.model_dump(exclude={"parties", "goals"})
        parties = tuple(decode(Party, party.model_dump(mode="json")) for party in self.parties)
        return Revision(number=1, parties=parties, goals=tuple(map(goal_value, self.goals)), **fields)


class AcceptanceOut(Told):
    """A party's yes to a revision."""

    party: str
    revision: int
    subject: str
    accepted_at: Instant


class SignatureOut(Told):
    """A party's signature under a revision's digest."""

    party: str
    revision: int
    digest: str
    level: SignatureLevel
    signatory: str
    subject: str
    jws: str
    signed_at: Instant


class AgreementOut(Told):
    """An agreement as it stands."""

    id: UUID
    version: int
    status: Status
    revision: int
    title: str
    year: int
    tier: str | None
    legal_basis: str | None
    planning_basis: str | None
    note: str | None
    valid_from: date
    valid_until: date
    trial: bool
    parties: list[PartyWire]
    goals: list[AnyGoal]
    acceptances: list[AcceptanceOut]
    signatures: list[SignatureOut]
    awaited: list[str]
    unsigned: list[str]
    predecessor: UUID | None
    reason: str | None


class AgreementListed(Told):
    """An agreement in a list."""

    id: UUID
    version: int
    status: Status
    revision: int
    title: str
    year: int
    units: list[str]
    goals: int


class AgreementPage(Told):
    """Agreements in the order in which they were begun."""

    items: list[AgreementListed]
    next: str | None


class RevisionOut(Told):
    """One immutable revision and the digest of its canonical form."""

    number: int
    digest: str
    title: str
    year: int
    valid_from: date
    valid_until: date
    parties: list[PartyWire]
    goals: list[AnyGoal]


class RevisionPage(Told):
    """All revisions, oldest first."""

    items: list[RevisionOut]
    next: None


class FindingOut(Told):
    """One thing that is wrong or doubtful."""

    rule: str
    severity: Severity
    pointer: str
    detail: str
    remedy: str
    source: str


class FindingPage(Told):
    """What the rules find in the present revision."""

    items: list[FindingOut]
    next: None


class TransitionIn(Sent):
    """One act of an agreement's life; `party` and `revision` where a party agrees or declines."""

    transition: Act = Field(examples=["propose"])
    party: UnitCodeText | None = None
    revision: int | None = Field(None, ge=1, le=1_000_000)
    reason: Prose | None = None


class SignatureIn(Sent):
    """A signature; with `jws` and `jwk` one made elsewhere, else the service seals what you declare."""

    party: UnitCodeText
    revision: int = Field(ge=1, le=1_000_000)
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    jws: str | None = Field(None, max_length=5_000)
    jwk: dict[Line, Line] | None = Field(None, max_length=10)


class SignaturePage(Told):
    """The signatures under an agreement."""

    items: list[SignatureOut]
    next: None


class DeclarationIn(Sent):
    """What a party declares of a goal."""

    kind: DeclarationKind
    on: date
    party: UnitCodeText
    narrative: Prose
    evidence: Prose | None = None


class DeclarationOut(Told):
    """A declaration."""

    goal: str
    kind: DeclarationKind
    on: date
    party: str
    subject: str
    narrative: str
    evidence: str | None


class DeclarationPage(Told):
    """Declarations, oldest first."""

    items: list[DeclarationOut]
    next: None


def agreement_out(agreement: Agreement) -> AgreementOut:
    """Tell an agreement with its present revision."""
    content = agreement.revision
    return AgreementOut(
        **{name: getattr(content, name) for name in AgreementIn.model_fields if name not in ("parties", "goals")},
        id=agreement.id,
        version=agreement.version,
        status=agreement.status,
        revision=content.number,
        parties=[PartyWire.model_validate(encode(party)) for party in content.parties],
        goals=[goal_out(goal) for goal in content.goals],
        acceptances=[AcceptanceOut.model_validate(encode(acceptance)) for acceptance in agreement.acceptances],
        signatures=[signature_out(signature) for signature in agreement.signatures],
        awaited=sorted(agreement.awaited),
        unsigned=sorted(agreement.unsigned),
        predecessor=agreement.predecessor,
        reason=agreement.reason,
    )


def listed(agreement: Agreement) -> AgreementListed:
    """Tell an agreement in a list."""
    content = agreement.revision
    return AgreementListed(
        id=agreement.id,
        version=agreement.version,
        status=agreement.status,
        revision=content.number,
        title=content.title,
        year=content.year,
        units=sorted(agreement.units),
        goals=len(content.goals),
    )


def revision_out(kept: Kept) -> RevisionOut:
    """Tell a revision."""
    content = kept.revision
    return RevisionOut(
        number=content.number,
        digest=kept.digest,
        title=content.title,
        year=content.year,
        valid_from=content.valid_from,
        valid_until=content.valid_until,
        parties=[PartyWire.model_validate(encode(party)) for party in content.parties],
        goals=[goal_out(goal) for goal in content.goals],
    )


def signature_out(signature: Signature) -> SignatureOut:
    """Tell a signature."""
    return SignatureOut.model_validate(encode(signature))


def declaration_out(declaration: Declaration) -> DeclarationOut:
    """Tell a declaration."""
    return DeclarationOut.model_validate(encode(declaration))


def finding_out(finding: Finding, language: str) -> FindingOut:
    """Tell a finding in the caller's language."""
    de = language == "de"
    return FindingOut(
        rule=finding.rule,
        severity=finding.severity,
        pointer=finding.pointer,
        detail=finding.detail.de if de else finding.detail.en,
        remedy=finding.remedy.de if de else finding.remedy.en,
        source=finding.source,
    )
