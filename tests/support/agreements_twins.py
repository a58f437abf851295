"""The ports of the agreements service, remembered instead of stored."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar
from uuid import UUID

from agreements.ports import Counts, Filed, Kept, Listed, Wanted
from agreements.usecases.errors import (
    AlreadyFiled,
    StaleAgreement,
    StaleDocument,
    UnknownAgreement,
    UnknownDocument,
    UnknownRevision,
)
from domain.agreement import Agreement, Declaration, Revision, Status
from domain.agreement_payload import revision_payload
from domain.identity import AgreementId
from domain.unit import Unit, Units
from domain.unit_relation import Relation

T = TypeVar("T")


class RememberedDocuments(Generic[T]):
    """Twin of `Documents`; `unique` names the fields of the business key."""

    def __init__(self, name: str, *unique: str) -> None:
        """Begin with nothing."""
        self._name, self._unique = name, unique
        self._kept: dict[UUID, Filed[T]] = {}

    async def get(self, id: UUID) -> Filed[T]:
        """Give one."""
        if id not in self._kept:
            raise UnknownDocument(name=self._name, id=id)
        return self._kept[id]

    async def locked(self, id: UUID) -> Filed[T]:
        """Give one; nobody else is here."""
        return await self.get(id)

    async def add(self, filed: Filed[T]) -> None:
        """Keep a new one."""
        if self._unique and any(self._key(known) == self._key(filed) for known in self._kept.values()):
            raise AlreadyFiled(self._name)
        self._kept[filed.id] = filed

    async def update(self, filed: Filed[T]) -> None:
        """Keep a changed one."""
        if filed.id not in self._kept or self._kept[filed.id].version != filed.version - 1:
            raise StaleDocument(name=self._name, id=filed.id)
        self._kept[filed.id] = filed

    async def matching(
        self, keys: Mapping[str, Sequence[Any]], after: UUID | None = None, limit: int | None = None
    ) -> list[Filed[T]]:
        """List in the order of ids."""
        return [
            filed
            for id, filed in sorted(self._kept.items())
            if (after is None or id > after)
            and all(not wanted or getattr(filed.value, name) in wanted for name, wanted in keys.items())
        ][:limit]

    def _key(self, filed: Filed[T]) -> tuple[Any, ...]:
        return tuple(getattr(filed.value, name) for name in self._unique)


class RememberedUnits:
    """Twin of `KnownUnits`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[object, Unit | Relation] = {}

    async def tree(self) -> Units:
        """Give all of them."""
        kept = self._kept.values()
        return Units.of((u for u in kept if isinstance(u, Unit)), (r for r in kept if isinstance(r, Relation)))

    async def held(self) -> Units:
        """Give all of them; a twin works alone."""
        return await self.tree()

    async def put(self, sent: Sequence[Unit], relations: Sequence[Relation]) -> Counts:
        """Create or change units and relations."""
        created = changed = 0
        keyed: list[tuple[object, Unit | Relation]] = [(unit.code, unit) for unit in sent]
        keyed += [((r.kind, r.source, r.target, r.valid_from), r) for r in relations]
        for key, value in keyed:
            created += key not in self._kept
            changed += key in self._kept and self._kept[key] != value
            self._kept[key] = value
        return Counts(created=created, changed=changed, unchanged=len(keyed) - created - changed)


class RememberedAgreements:
    """Twin of `Agreements`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._agreements: dict[AgreementId, Agreement] = {}
        self._revisions: dict[tuple[AgreementId, int], tuple[Revision, str]] = {}
        self._declarations: dict[AgreementId, list[Declaration]] = {}

    async def get(self, id: AgreementId) -> Agreement:
        """Give one."""
        if id not in self._agreements:
            raise UnknownAgreement(id)
        found = self._agreements[id]
        present = tuple(a for a in found.acceptances if a.revision == found.revision.number)
        return replace(found, acceptances=present)

    async def locked(self, id: AgreementId) -> Agreement:
        """Give one; nobody else is here."""
        return await self.get(id)

    async def add(self, agreement: Agreement, digest: str) -> None:
        """Keep a new one."""
        self._agreements[agreement.id] = agreement
        self._revisions.setdefault((agreement.id, agreement.revision.number), (agreement.revision, digest))

    async def update(self, agreement: Agreement, digest: str) -> None:
        """Keep a changed one."""
        known = self._agreements.get(agreement.id)
        if known is None or known.version != agreement.version - 1:
            raise StaleAgreement(agreement.id)
        await self.add(agreement, digest)

    async def matching(self, wanted: Wanted) -> Sequence[Listed]:
        """List in the order of ids."""
        return [
            _listed(one)
            for id, one in sorted(self._agreements.items())
            if (not wanted.years or one.revision.year in wanted.years)
            and (not wanted.statuses or one.status in wanted.statuses)
            and (not wanted.units or one.units & set(wanted.units))
            and (wanted.after is None or id > wanted.after)
        ][: wanted.limit]

    async def revisions(self, id: AgreementId) -> Sequence[Kept]:
        """List all revisions, oldest first."""
        found = sorted((number, kept) for (of, number), kept in self._revisions.items() if of == id)
        return [_kept(*kept) for _, kept in found]

    async def revision(self, id: AgreementId, number: int) -> Kept:
        """Give one revision."""
        if (id, number) not in self._revisions:
            raise UnknownRevision(number)
        return _kept(*self._revisions[id, number])

    async def sealing(self) -> Sequence[AgreementId]:
        """List what waits for its seal."""
        return [id for id, agreement in self._agreements.items() if agreement.status is Status.SEALING]

    async def declare(self, id: AgreementId, declaration: Declaration) -> None:
        """Append a declaration."""
        self._declarations.setdefault(id, []).append(declaration)

    async def declarations(self, id: AgreementId) -> Sequence[Declaration]:
        """List declarations, oldest first."""
        return list(self._declarations.get(id, []))


def _listed(one: Agreement) -> Listed:
    return Listed(
        id=one.id,
        version=one.version,
        status=one.status,
        revision=one.revision.number,
        title=one.revision.title,
        year=one.revision.year,
        units=sorted(one.units),
        goals=len(one.revision.goals),
    )


def _kept(revision: Revision, digest: str) -> Kept:
    return Kept(revision=revision, digest=digest, written=revision_payload(revision))
