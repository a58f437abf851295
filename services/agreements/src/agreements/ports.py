"""What the agreements service needs from the world."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from chassis.audit.change import Audit
from chassis.caller import Reach
from chassis.event import Events
from domain.agreement import Agreement, Declaration, Revision, Status
from domain.attachment import Attachment
from domain.body import Body
from domain.comparison_group import Membership
from domain.congruence import GoalRef
from domain.corridor import ReferenceValue
from domain.evidence import Sealed, Sighting, SignedPdf
from domain.identity import AgreementId
from domain.offer import Offer
from domain.planning import PlanningRound
from domain.proposal import Proposal
from domain.reference_row import Row
from domain.signing import Signing
from domain.tier import Tier
from domain.unit import Relation, Unit, Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a bulk load did."""

    created: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A revision as it is kept: as it was written once and signed, and the digest of its canonical form."""

    revision: Revision
    digest: str
    written: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which agreements a list shows; an empty selection is any."""

    units: Sequence[str] = ()
    years: Sequence[int] = ()
    statuses: Sequence[Status] = ()
    after: AgreementId | None = None
    limit: int = 100


T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Generic[T]):
    """A value as it is kept: under an id, its versions counted from 1."""

    id: UUID
    version: int
    value: T

    def changed_to(self, value: T) -> "Filed[T]":
        """Give the next version."""
        return Filed(id=self.id, version=self.version + 1, value=value)


class Documents(Protocol[T]):
    """Values of one kind within reach, each kept whole, within one transaction."""

    async def get(self, id: UUID) -> Filed[T]:
        """Give one; UnknownDocument where there is none within reach."""

    async def locked(self, id: UUID) -> Filed[T]:
        """Give one that nobody else changes until the transaction ends."""

    async def add(self, filed: Filed[T]) -> None:
        """Keep a new one; AlreadyFiled where its business key is taken."""

    async def update(self, filed: Filed[T]) -> None:
        """Keep a changed one; StaleDocument where somebody was faster."""

    async def matching(
        self, keys: Mapping[str, Sequence[Any]], after: UUID | None = None, limit: int | None = None
    ) -> list[Filed[T]]:
        """List those whose fields are among the wanted ones, in the order of their ids."""


class KnownUnits(Protocol):
    """The units and their relations, within one transaction."""

    async def tree(self) -> Units:
        """Give all of them."""

    async def put(self, units: Sequence[Unit], relations: Sequence[Relation]) -> Counts:
        """Create or change units and relations, all at once."""


class Agreements(Protocol):
    """The agreements within reach, within one transaction."""

    async def get(self, id: AgreementId) -> Agreement:
        """Give one; UnknownAgreement where there is none within reach."""

    async def locked(self, id: AgreementId) -> Agreement:
        """Give one that nobody else changes until the transaction ends."""

    async def add(self, agreement: Agreement, digest: str) -> None:
        """Keep a new agreement."""

    async def update(self, agreement: Agreement, digest: str) -> None:
        """Keep a changed agreement; StaleAgreement where somebody was faster."""

    async def matching(self, wanted: Wanted) -> Sequence[Agreement]:
        """List agreements in the order of their ids."""

    async def revisions(self, id: AgreementId) -> Sequence[Kept]:
        """List all revisions of an agreement, oldest first."""

    async def revision(self, id: AgreementId, number: int) -> Kept:
        """Give one revision; UnknownRevision where there is none."""

    async def sealing(self) -> Sequence[AgreementId]:
        """List agreements whose last signature is there and whose seal is not."""

    async def declare(self, id: AgreementId, declaration: Declaration) -> None:
        """Keep what a party declared of a goal."""

    async def declarations(self, id: AgreementId) -> Sequence[Declaration]:
        """List what was declared, oldest first."""


class AgreedGoals(Protocol):
    """The goals of all agreements' present revisions, found by what they are about."""

    async def put(self, agreement: Agreement) -> None:
        """Put an agreement's present goals in place of those known of it."""

    async def about(self, year: int, indicators: Sequence[str]) -> Sequence[GoalRef]:
        """List the goals of live agreements of a year over these indicators."""

    async def of_lineage(self, lineage: str) -> Sequence[GoalRef]:
        """List the goals that go on from one another over the years, oldest first."""

    async def doubled(self, year: int) -> Sequence[tuple[GoalRef, GoalRef]]:
        """List pairs of goals of different live agreements over the same unit and indicator in a year."""


class Sightings(Protocol):
    """Who saw which revision when."""

    async def note(self, agreement: AgreementId, sightings: Sequence[Sighting]) -> None:
        """Keep first sightings; later ones change nothing."""

    async def of(self, agreement: AgreementId) -> Sequence[Sighting]:
        """List them, earliest first."""


class Contents(Protocol):
    """The bytes of attachments, each kept once."""

    async def keep(self, sha256: str, content: bytes) -> None:
        """Keep content under its digest."""

    async def read(self, sha256: str) -> bytes:
        """Give content back."""


class Seals(Protocol):
    """The seals of signed agreements."""

    async def put(self, agreement: AgreementId, sealed: Sealed) -> None:
        """Keep a seal; one that is there stays."""

    async def of(self, agreement: AgreementId) -> Sequence[Sealed]:
        """List the seals of an agreement's revisions."""


class SignedPdfs(Protocol):
    """PDFs signed outside."""

    async def read(self, pdf: bytes) -> SignedPdf:
        """Validate; BadSignedPdf where the signature does not hold."""


class ReferenceValues(Protocol):
    """The reference values of rounds within reach, within one transaction."""

    async def put(self, round: UUID, values: Sequence[ReferenceValue]) -> Counts:
        """Create or change values of a round, all at once; each unit and indicator is named once."""

    async def of(
        self,
        rounds: Sequence[UUID],
        units: Sequence[str] = (),
        indicators: Sequence[str] = (),
        after: tuple[str, str, UUID] | None = None,
        limit: int | None = None,
    ) -> list[ReferenceValue]:
        """List values of rounds in the order of unit, indicator and round; an empty selection of the others is any."""


class ComparisonGroups(Protocol):
    """Who is compared with whom, within one transaction."""

    async def put(self, memberships: Sequence[Membership]) -> Counts:
        """Create or change memberships, all at once."""

    async def on(self, day: date, schemes: Sequence[str] = ()) -> list[Membership]:
        """List who is in which group on a day in the order of scheme and unit; an empty selection is any."""


class Seal(Protocol):
    """Detached JSON web signatures (RFC 7515, appendix F)."""

    def sign(self, content: bytes, header: Mapping[str, str | int]) -> str:
        """Sign content with the service's own key; give the detached JWS."""

    def verify(self, jws: str, content: bytes, jwk: Mapping[str, str]) -> None:
        """Refuse a detached JWS that is not made of this content by this public key: BadSignature."""

    def public_keys(self) -> Mapping[str, Any]:
        """Give the public keys as a JWKS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one transaction offers."""

    units: KnownUnits
    agreements: Agreements
    events: Events
    audit: Audit
    goals: AgreedGoals
    sightings: Sightings
    contents: Contents
    seals: Seals
    tiers: Documents[Tier]
    bodies: Documents[Body]
    proposals: Documents[Proposal]
    attachments: Documents[Attachment]
    signings: Documents[Signing]
    planning_rounds: Documents[PlanningRound]
    reference_values: ReferenceValues
    comparison_groups: ComparisonGroups
    offers: Documents[Offer]


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything a use case may ask for: transactions that write, transactions that only see a reach, and the seal."""

    begin: Callable[[], AbstractAsyncContextManager[Work]]
    look: Callable[[Reach], AbstractAsyncContextManager[Work]]
    seal: Seal
    today: Callable[[], date]
    inspect: Callable[[bytes, str], None]
    signed_pdfs: SignedPdfs
    document: Callable[[Kept, bytes, Units], bytes]
    bundle: Callable[[Mapping[str, bytes]], bytes]
    proved: Callable[[str], Awaitable[Mapping[str, Any]]]
    read_rows: Callable[[bytes, str], Sequence[Row]]
