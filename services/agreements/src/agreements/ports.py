"""What the agreements service needs from the world."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from chassis.caller import Reach
from chassis.event import Events
from domain.agreement import Agreement, Declaration, Revision, Status
from domain.body import Body
from domain.comparison import Membership
from domain.corridor import ReferenceValue
from domain.identity import AgreementId
from domain.offer import Offer
from domain.planning import PlanningRound
from domain.reference_row import Row
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
    """A revision as it is kept, with the digest of its canonical form."""

    revision: Revision
    digest: str


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

    async def declare(self, id: AgreementId, declaration: Declaration) -> None:
        """Keep what a party declared of a goal."""

    async def declarations(self, id: AgreementId) -> Sequence[Declaration]:
        """List what was declared, oldest first."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one transaction offers."""

    units: KnownUnits
    agreements: Agreements
    events: Events
    tiers: Documents[Tier]
    bodies: Documents[Body]
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
    read_rows: Callable[[bytes, str], Sequence[Row]]
