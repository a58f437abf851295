"""Recounting what is signed: every revision, content and signature against the digest it is known by."""

import sqlalchemy as sa
from chassis.audit.recount import Checked
from chassis.canonical import digest
from domain.agreement_payload import signed_payload
from domain.identity import AgreementId
from sqlalchemy.ext.asyncio import AsyncConnection

from agreements.persistence import tables as t

FALSE_CONTENTS = sa.text("""
    SELECT count(*) AS known, min(sha256) FILTER (WHERE encode(sha256(content), 'hex') <> sha256) AS wrong FROM contents
""")
FALSE_SIGNATURES = sa.text("""
    SELECT count(*) AS known,
           min(s.agreement_id::text || ' by ' || s.party) FILTER (WHERE r.digest IS DISTINCT FROM s.digest) AS wrong
    FROM signatures s LEFT JOIN revisions r ON (r.agreement_id, r.number) = (s.agreement_id, s.revision)
""")


async def recount_revisions(connection: AsyncConnection) -> Checked:
    """Compute the digest of every revision anew, one after the other."""
    known, wrong = 0, ""
    async for row in await connection.stream(sa.select(t.revisions)):
        known += 1
        if not wrong and digest(signed_payload(AgreementId(row.agreement_id), row.body)) != row.digest:
            wrong = f"revision {row.number} of {row.agreement_id} is not what its digest says"
    return Checked(name="revisions", sound=not wrong, detail=wrong or f"{known} revisions")


async def recount_contents(connection: AsyncConnection) -> Checked:
    """Compute the digest of every attachment's content anew."""
    return await _recounted(connection, FALSE_CONTENTS, "contents")


async def recount_signatures(connection: AsyncConnection) -> Checked:
    """Compare what every signatory signed with the revision it was made for."""
    return await _recounted(connection, FALSE_SIGNATURES, "signatures")


async def _recounted(connection: AsyncConnection, query: sa.TextClause, name: str) -> Checked:
    row = (await connection.execute(query)).one()
    detail = f"{row.wrong} is not what its digest says" if row.wrong else f"{row.known} {name}"
    return Checked(name=name, sound=not row.wrong, detail=detail)
