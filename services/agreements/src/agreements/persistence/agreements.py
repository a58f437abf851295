"""Agreements as rows: a head, immutable revisions, acceptances, signatures, declarations."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from domain.agreement import Acceptance, Agreement, Declaration, Revision, Signature, Status
from domain.agreement_payload import revision_from, revision_payload
from domain.codec import decode, encode
from domain.identity import AgreementId
from sqlalchemy.dialects.postgresql import JSONPATH, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from agreements.persistence import tables as t
from agreements.ports import Kept, Listed, Wanted
from agreements.usecases.errors import StaleAgreement, UnknownAgreement, UnknownRevision

T = TypeVar("T", Acceptance, Signature, Declaration)

PRESENT = sa.and_(t.revisions.c.agreement_id == t.agreements.c.id, t.revisions.c.number == t.agreements.c.revision)
PARTIES = sa.func.jsonb_path_query_array(t.revisions.c.body, sa.cast("$.parties[*].unit", JSONPATH))
LISTED = sa.select(
    t.agreements,
    t.revisions.c.body["title"].astext.label("title"),
    sa.func.jsonb_array_length(t.revisions.c.body["goals"]).label("goals"),
    PARTIES.label("units"),
).join(t.revisions, PRESENT)


class StoredAgreements:
    """Implements `Agreements`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection; its role decides which rows there are."""
        self._connection = connection

    async def get(self, id: AgreementId) -> Agreement:
        """Give one agreement."""
        return await self._one(id, sa.select(t.agreements).where(t.agreements.c.id == id))

    async def locked(self, id: AgreementId) -> Agreement:
        """Give one agreement, its head locked until the transaction ends."""
        return await self._one(id, sa.select(t.agreements).where(t.agreements.c.id == id).with_for_update())

    async def add(self, agreement: Agreement, digest: str) -> None:
        """Keep a new agreement with its first revision."""
        await self._connection.execute(t.agreements.insert().values(_head(agreement)))
        await self._keep_revision(agreement, digest)

    async def update(self, agreement: Agreement, digest: str) -> None:
        """Keep a changed agreement; what is new of its revisions, acceptances and signatures is added."""
        known = sa.and_(t.agreements.c.id == agreement.id, t.agreements.c.version == agreement.version - 1)
        done = await self._connection.execute(t.agreements.update().where(known).values(_head(agreement)))
        if done.rowcount == 0:
            raise StaleAgreement(agreement.id)
        await self._keep_revision(agreement, digest)
        await self._append(t.acceptances, agreement.id, agreement.acceptances)
        await self._append(t.signatures, agreement.id, agreement.signatures)

    async def matching(self, wanted: Wanted) -> Sequence[Listed]:
        """List agreements in the order of their ids; no goal leaves the database."""
        query = LISTED.order_by(t.agreements.c.id).limit(wanted.limit)
        if wanted.after is not None:
            query = query.where(t.agreements.c.id > wanted.after)
        if wanted.years:
            query = query.where(t.agreements.c.year.in_(wanted.years))
        if wanted.statuses:
            query = query.where(t.agreements.c.status.in_(wanted.statuses))
        if wanted.units:
            party = sa.select(t.agreement_parties.c.agreement_id).where(t.agreement_parties.c.unit.in_(wanted.units))
            query = query.where(t.agreements.c.id.in_(party))
        return [_listed(row) for row in (await self._connection.execute(query)).all()]

    async def revisions(self, id: AgreementId) -> Sequence[Kept]:
        """List all revisions, oldest first."""
        query = sa.select(t.revisions).where(t.revisions.c.agreement_id == id).order_by(t.revisions.c.number)
        return [_kept(row) for row in (await self._connection.execute(query)).all()]

    async def revision(self, id: AgreementId, number: int) -> Kept:
        """Give one revision."""
        wanted = sa.and_(t.revisions.c.agreement_id == id, t.revisions.c.number == number)
        row = (await self._connection.execute(sa.select(t.revisions).where(wanted))).first()
        if row is None:
            raise UnknownRevision(number)
        return _kept(row)

    async def sealing(self) -> Sequence[AgreementId]:
        """List agreements that wait for their seal."""
        waiting = sa.select(t.agreements.c.id).where(t.agreements.c.status == Status.SEALING.value)
        return [AgreementId(id) for id in (await self._connection.scalars(waiting)).all()]

    async def declare(self, id: AgreementId, declaration: Declaration) -> None:
        """Append a declaration."""
        await self._append(t.declarations, id, (declaration,))

    async def declarations(self, id: AgreementId) -> Sequence[Declaration]:
        """List declarations, oldest first."""
        query = sa.select(t.declarations).where(t.declarations.c.agreement_id == id).order_by(t.declarations.c.number)
        return [_value(Declaration, row) for row in (await self._connection.execute(query)).all()]

    async def _one(self, id: AgreementId, query: sa.Select[Any]) -> Agreement:
        whole = await self._whole((await self._connection.execute(query)).all())
        if not whole:
            raise UnknownAgreement(id)
        return whole[0]

    async def _whole(self, heads: Sequence[sa.Row[Any]]) -> list[Agreement]:
        """Read the parts of several agreements, one query a table."""
        ids = [head.id for head in heads]
        bodies = {(row.agreement_id, row.number): revision_from(row.body) for row in await self._rows(t.revisions, ids)}
        accepted = _grouped(await self._rows(t.acceptances, ids))
        signed = _grouped(await self._rows(t.signatures, ids))
        return [
            _agreement(head, bodies[head.id, head.revision], accepted.get(head.id, []), signed.get(head.id, []))
            for head in heads
        ]

    async def _rows(self, table: sa.Table, ids: Sequence[UUID]) -> Sequence[sa.Row[Any]]:
        return (await self._connection.execute(sa.select(table).where(table.c.agreement_id.in_(ids)))).all()

    async def _keep_revision(self, agreement: Agreement, digest: str) -> None:
        row = {
            "agreement_id": agreement.id,
            "number": agreement.revision.number,
            "digest": digest,
            "body": revision_payload(agreement.revision),
        }
        await self._connection.execute(insert(t.revisions).values(row).on_conflict_do_nothing())
        parties = [{"agreement_id": agreement.id, "unit": unit} for unit in sorted(agreement.units)]
        if parties:
            await self._connection.execute(insert(t.agreement_parties).values(parties).on_conflict_do_nothing())

    async def _append(self, table: sa.Table, id: AgreementId, values: Sequence[object]) -> None:
        columns = [column.name for column in table.columns if column.name not in ("agreement_id", "number")]
        rows = [{"agreement_id": id, **{name: getattr(value, name) for name in columns}} for value in values]
        if rows:
            await self._connection.execute(insert(table).values(rows).on_conflict_do_nothing())


def _kept(row: sa.Row[Any]) -> Kept:
    return Kept(revision=revision_from(row.body), digest=row.digest, written=row.body)


def _listed(row: sa.Row[Any]) -> Listed:
    return Listed(
        id=AgreementId(row.id),
        version=row.version,
        status=Status(row.status),
        revision=row.revision,
        title=row.title,
        year=row.year,
        units=sorted(set(row.units)),
        goals=row.goals,
    )


def _head(agreement: Agreement) -> dict[str, object]:
    return {
        "id": agreement.id,
        "version": agreement.version,
        "status": agreement.status,
        "year": agreement.revision.year,
        "revision": agreement.revision.number,
        "predecessor": agreement.predecessor,
        "reason": agreement.reason,
    }


def _agreement(
    head: sa.Row[Any], revision: Revision, accepted: Sequence[sa.Row[Any]], signed: Sequence[sa.Row[Any]]
) -> Agreement:
    acceptances = sorted(
        (_value(Acceptance, row) for row in accepted), key=lambda a: (a.revision, a.accepted_at, a.party)
    )
    signatures = sorted((_value(Signature, row) for row in signed), key=lambda s: (s.revision, s.signed_at, s.party))
    return Agreement(
        id=AgreementId(head.id),
        version=head.version,
        status=Status(head.status),
        revision=revision,
        acceptances=tuple(a for a in acceptances if a.revision == revision.number),
        signatures=tuple(signatures),
        predecessor=AgreementId(head.predecessor) if head.predecessor else None,
        reason=head.reason,
    )


def _value(kind: type[T], row: sa.Row[Any]) -> T:
    return decode(kind, encode(row._asdict()))


def _grouped(rows: Sequence[sa.Row[Any]]) -> Mapping[UUID, list[sa.Row[Any]]]:
    grouped: dict[UUID, list[sa.Row[Any]]] = {}
    for row in rows:
        grouped.setdefault(row.agreement_id, []).append(row)
    return grouped
