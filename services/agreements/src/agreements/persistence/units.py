"""Units and their relations as rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from domain.codec import decode, encode
from domain.identity import UnitCode
from domain.responsibility import Scope
from domain.unit import Designation, Unit, UnitKind, Units
from domain.unit_relation import Relation, RelationKind
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from agreements.persistence.tables import unit_relations, unit_state, unit_states, units
from agreements.ports import Counts

ALWAYS = date.min

# Create or change units as a set; rows that say the same are left alone and not counted.
PUT_UNITS = sa.text("""
    INSERT INTO units AS kept (code, name, kind, ags, valid_from, valid_until, earlier)
    SELECT code, name, kind, ags, valid_from, valid_until, earlier
    FROM jsonb_to_recordset(:rows)
        AS sent (code text, name text, kind text, ags text, valid_from date, valid_until date, earlier jsonb)
    ON CONFLICT (code) DO UPDATE SET (name, kind, ags, valid_from, valid_until, earlier) =
        (excluded.name, excluded.kind, excluded.ags, excluded.valid_from, excluded.valid_until, excluded.earlier)
    WHERE (kept.name, kept.kind, kept.ags, kept.valid_from, kept.valid_until, kept.earlier) IS DISTINCT FROM
        (excluded.name, excluded.kind, excluded.ags, excluded.valid_from, excluded.valid_until, excluded.earlier)
    RETURNING xmax = 0 AS created
""").bindparams(sa.bindparam("rows", type_=JSONB))

# The same for relations, which are known by kind, both ends and their beginning.
PUT_RELATIONS = sa.text("""
    INSERT INTO unit_relations (kind, source, target, since, valid_until, scope)
    SELECT kind, source, target, coalesce(valid_from, '0001-01-01'), valid_until, scope
    FROM jsonb_to_recordset(:rows)
        AS sent (kind text, source text, target text, scope text, valid_from date, valid_until date)
    ON CONFLICT (kind, source, target, since) DO UPDATE
    SET (valid_until, scope) = (excluded.valid_until, excluded.scope)
    WHERE (unit_relations.valid_until, unit_relations.scope) IS DISTINCT FROM (excluded.valid_until, excluded.scope)
    RETURNING xmax = 0 AS created
""").bindparams(sa.bindparam("rows", type_=JSONB))


class KeptTree:
    """The tree as it was read last, with the number of its state."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.number, self.units = -1, Units.of([], [])


class StoredUnits:
    """Implements `KnownUnits`; the tree is read again only where its state is another."""

    def __init__(self, connection: AsyncConnection, kept: KeptTree) -> None:
        """Work on this connection."""
        self._connection, self._kept = connection, kept

    async def tree(self) -> Units:
        """Give all units and relations."""
        number = (await self._connection.execute(sa.select(unit_state.c.number))).scalar_one()
        if number == self._kept.number:
            return self._kept.units
        found = (await self._connection.execute(sa.select(units).order_by(units.c.code))).all()
        order = (unit_relations.c.kind, unit_relations.c.source, unit_relations.c.target, unit_relations.c.since)
        related = (await self._connection.execute(sa.select(unit_relations).order_by(*order))).all()
        read = Units.of(map(_unit, found), map(_relation, related))
        self._kept.number, self._kept.units = number, read
        return read

    async def held(self) -> Units:
        """Give all units and relations, which nobody else changes before the end of the transaction."""
        await self._connection.execute(sa.text("LOCK TABLE units IN SHARE ROW EXCLUSIVE MODE"))
        return await self.tree()

    async def put(self, sent: Sequence[Unit], relations: Sequence[Relation]) -> Counts:
        """Create or change units and relations, one statement each."""
        outcomes = [
            *(await self._connection.scalars(PUT_UNITS, {"rows": encode(_units(sent))})).all(),
            *(await self._connection.scalars(PUT_RELATIONS, {"rows": encode(_relations(relations))})).all(),
        ]
        if outcomes:
            await self._connection.execute(unit_state.update().values(number=unit_states.next_value()))
        created, total = sum(outcomes), len(sent) + len(relations)
        return Counts(created=created, changed=len(outcomes) - created, unchanged=total - len(outcomes))


def _units(sent: Sequence[Unit]) -> list[Unit]:
    """Keep the last of those that one statement would change twice."""
    return list({unit.code: unit for unit in sent}.values())


def _relations(sent: Sequence[Relation]) -> list[Relation]:
    """Keep the last of those that one statement would change twice."""
    return list({(one.kind, one.source, one.target, one.valid_from or ALWAYS): one for one in sent}.values())


def _unit(row: sa.Row[Any]) -> Unit:
    return Unit(
        code=UnitCode(row.code),
        name=row.name,
        kind=UnitKind(row.kind),
        ags=row.ags,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        earlier=decode(tuple[Designation, ...], row.earlier),
    )


def _relation(row: sa.Row[Any]) -> Relation:
    return Relation(
        kind=RelationKind(row.kind),
        source=UnitCode(row.source),
        target=UnitCode(row.target),
        scope=Scope(row.scope) if row.scope else None,
        valid_from=None if row.since == ALWAYS else row.since,
        valid_until=row.valid_until,
    )
