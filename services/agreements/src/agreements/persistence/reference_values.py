"""Reference values as rows: many at once in, few at a time out."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from domain.codec import encode
from domain.corridor import ReferenceValue
from domain.indicator import Direction
from sqlalchemy.ext.asyncio import AsyncConnection

from agreements.persistence.tables import reference_values
from agreements.ports import Counts

# Create or change a round's values as a set; rows that say the same are left alone and not counted.
PUT = sa.text("""
    INSERT INTO reference_values AS kept
        (round, unit, indicator, direction, value, low, high, weight, outcome, basis)
    SELECT :round, unit, indicator, direction, value, low, high, weight, outcome, basis
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS sent (unit text, indicator text, direction text, value numeric,
        low numeric, high numeric, weight numeric, outcome numeric, basis text)
    ORDER BY unit, indicator
    ON CONFLICT (round, unit, indicator) DO UPDATE
    SET (direction, value, low, high, weight, outcome, basis) = (excluded.direction, excluded.value,
        excluded.low, excluded.high, excluded.weight, excluded.outcome, excluded.basis)
    WHERE (kept.direction, kept.value, kept.low, kept.high, kept.weight, kept.outcome, kept.basis)
        IS DISTINCT FROM (excluded.direction, excluded.value, excluded.low, excluded.high,
            excluded.weight, excluded.outcome, excluded.basis)
    RETURNING xmax = 0 AS created
""").bindparams(sa.bindparam("rows", type_=sa.Text), sa.bindparam("round", type_=sa.Uuid))

KEY = (reference_values.c.unit, reference_values.c.indicator, reference_values.c.round)


class StoredReferenceValues:
    """Implements `ReferenceValues`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection; its role decides which rows there are."""
        self._connection = connection

    async def put(self, round: UUID, values: Sequence[ReferenceValue]) -> Counts:
        """Create or change values of a round in one statement."""
        rows = await asyncio.to_thread(lambda: json.dumps(encode(list(values))))
        outcomes = (await self._connection.scalars(PUT, {"rows": rows, "round": round})).all()
        created = sum(outcomes)
        return Counts(created=created, changed=len(outcomes) - created, unchanged=len(values) - len(outcomes))

    async def of(
        self,
        rounds: Sequence[UUID],
        units: Sequence[str] = (),
        indicators: Sequence[str] = (),
        after: tuple[str, str, UUID] | None = None,
        limit: int | None = None,
    ) -> list[ReferenceValue]:
        """List values of rounds in the order of unit, indicator and round."""
        unit, indicator, round = KEY
        query = sa.select(reference_values).where(round.in_(rounds)).order_by(*KEY).limit(limit)
        if units:
            query = query.where(unit.in_(units))
        if indicators:
            query = query.where(indicator.in_(indicators))
        if after is not None:
            query = query.where(sa.tuple_(*KEY) > sa.tuple_(*after))
        return [_value(row) for row in (await self._connection.execute(query)).all()]


def _value(row: sa.Row[Any]) -> ReferenceValue:
    return ReferenceValue(**{**row._asdict(), "direction": Direction(row.direction)})
