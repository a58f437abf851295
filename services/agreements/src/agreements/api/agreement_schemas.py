"""Agreements on the wire."""

from dataclasses import asdict
from datetime import date
from typing import Annotated
from uuid import UUID

from chassis.wire import Instant, Sent, Told
from domain.agreement import Agreement, Revision, StandardRef, Status
from domain.attachment import AttachmentKind
from domain.codec import decode, encode
from domain.party import Party, PartyRole
from domain.responsibility import Scope
from pydantic import Field

from agreements.api.act_schemas import SignatureOut, signature_out
from agreements.api.goal_schemas import AnyGoal, Line, Prose, UnitCodeText, goal_out, goal_value
from agreements.ports import Kept, Listed

LISTS = ("parties", "goals", "standards")


class PartyWire(Sent):
    """A unit in its role, with the area it answers for and the office that signs."""

    unit: UnitCodeText
    role: PartyRole
    scope: Scope
    signs_as: Line


class StandardWire(Sent):
    """A standard the agreement refers to, by its edition."""

    code: Line
    edition: Line


class AnnexOut(Told):
    """An attachment that is part of what is signed."""

    name: str
    kind: AttachmentKind
    media_type: str
    size: int
    sha256: str


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
    round: UUID | None = Field(None, description="the planning round it is negotiated in")
    meetings: Line | None = Field(None, description="the rhythm of meetings, such as with a provider")
    standards: list[StandardWire] = Field(default_factory=list, max_length=100)
    parties: list[PartyWire] = Field(max_length=50)
    goals: list[AnyGoal] = Field(default=[], max_length=500)

    def value(self) -> Revision:
        """Give the first revision."""
        fields = self.model_dump(exclude={"parties", "goals", "standards"})
        parties = tuple(decode(Party, party.model_dump(mode="json")) for party in self.parties)
        standards = tuple(decode(StandardRef, standard.model_dump(mode="json")) for standard in self.standards)
        goals = tuple(map(goal_value, self.goals))
        return Revision(number=1, parties=parties, goals=goals, standards=standards, **fields)


class AcceptanceOut(Told):
    """A party's yes to a revision."""

    party: str
    revision: int
    subject: str
    accepted_at: Instant


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
    round: UUID | None
    meetings: str | None
    standards: list[StandardWire]
    attachments: list[AnnexOut]
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
    attachments: list[AnnexOut]


class RevisionPage(Told):
    """All revisions, oldest first."""

    items: list[RevisionOut]
    next: str | None


def agreement_out(agreement: Agreement) -> AgreementOut:
    """Tell an agreement with its present revision."""
    content = agreement.revision
    return AgreementOut(
        **{name: getattr(content, name) for name in AgreementIn.model_fields if name not in LISTS},
        id=agreement.id,
        version=agreement.version,
        status=agreement.status,
        revision=content.number,
        parties=[PartyWire.model_validate(encode(party)) for party in content.parties],
        goals=[goal_out(goal) for goal in content.goals],
        standards=[StandardWire.model_validate(encode(standard)) for standard in content.standards],
        attachments=[AnnexOut.model_validate(encode(annex)) for annex in content.attachments],
        acceptances=[AcceptanceOut.model_validate(encode(acceptance)) for acceptance in agreement.acceptances],
        signatures=[signature_out(signature) for signature in agreement.signatures],
        awaited=sorted(agreement.awaited),
        unsigned=sorted(agreement.unsigned),
        predecessor=agreement.predecessor,
        reason=agreement.reason,
    )


def listed(known: Listed) -> AgreementListed:
    """Tell an agreement in a list."""
    return AgreementListed(**asdict(known))


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
        attachments=[AnnexOut.model_validate(encode(annex)) for annex in content.attachments],
    )
