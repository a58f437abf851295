"""Units, agreements and what belongs to them, within one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from domain.agreement import Agreement, Declaration, Revision, Status
from domain.congruence import GoalRef
from domain.evidence import Sealed, Sighting
from domain.goal import Goal
from domain.identity import AgreementId
from domain.unit import Unit, Units
from domain.unit_relation import Relation

from agreements.ports.documents import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A revision as it is kept: as it was written once and signed, and the digest of its canonical form."""

    revision: Revision
    digest: str
    written: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What people call the units and the tier of an agreement."""

    units: Mapping[str, str]
    tier: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which agreements a list shows; an empty selection is any."""

    units: Sequence[str] = ()
    years: Sequence[int] = ()
    statuses: Sequence[Status] = ()
    after: AgreementId | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a list shows of an agreement and its present revision."""

    id: AgreementId
    version: int
    status: Status
    revision: int
    title: str
    year: int
    units: Sequence[str]
    goals: int


class KnownUnits(Protocol):
    """The units and their relations, within one transaction."""

    async def tree(self) -> Units:
        """Give all of them."""

    async def held(self) -> Units:
        """Give all of them; nobody else changes them before the end of the transaction."""

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

    async def matching(self, wanted: Wanted) -> Sequence[Listed]:
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

    async def of(self, agreement: AgreementId) -> Sequence[Goal]:
        """List the goals of an agreement, in the order of their codes; one that nobody knows has none."""

    async def over(self, indicators: Sequence[str], years: Sequence[int]) -> Sequence[GoalRef]:
        """List the goals of live agreements of some years over some indicators, by year, agreement and code."""

    async def about(self, year: int, indicators: Sequence[str], units: Sequence[str]) -> Sequence[GoalRef]:
        """List the goals of live agreements of a year over these indicators that bind one of these units."""

    async def concluded(self, before: int, units: Sequence[str], lineages: Sequence[str]) -> Sequence[GoalRef]:
        """List goals concluded for years before one: that bind one of these units, or of these lineages."""

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
