"""What a delivery changed or, as a dry run, would change."""

from collections.abc import Sequence

import sqlalchemy as sa
from domain.identity import DeliveryId, UnitCode
from domain.period import Month
from domain.variable import Cell
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence.statuses import of_value
from indicators.ports import Difference

# What a delivery changed, by its own rows beside those before them; of a dry run, what it would change.
DIFFERENCES = sa.text("""
    SELECT u.code, s.variable, s.dimensions, c.month, c.old, c.new, c.old_status, c.new_status
    FROM (
        SELECT f.unit_id, f.month, f.series_id, f.old, f.new, f.old_status, f.new_status
        FROM differences f JOIN deliveries d ON d.number = f.delivery WHERE d.id = :id
        UNION ALL
        SELECT o.unit_id, o.month, o.series_id, before.value, o.value, before.status, o.status
        FROM deliveries d
        JOIN delivery_units n ON n.delivery = d.number AND n.rows > 0
        JOIN units u ON u.code = n.unit
        CROSS JOIN generate_series(n.first, n.last) AS m (month)
        JOIN observations o ON o.month = m.month AND o.unit_id = u.id AND o.delivery = d.revision
        LEFT JOIN LATERAL (
            SELECT b.value, b.status FROM observations b
            WHERE (b.unit_id, b.month, b.series_id) = (o.unit_id, o.month, o.series_id) AND b.delivery < o.delivery
            ORDER BY b.delivery DESC LIMIT 1
        ) AS before ON true
        WHERE d.id = :id AND NOT d.dry_run
    ) AS c
    JOIN units u ON u.id = c.unit_id JOIN series s ON s.id = c.series_id
    WHERE (u.code, c.month, s.name) > (:unit, :month, :name)
    ORDER BY u.code, c.month, s.name LIMIT :limit
""").bindparams(sa.bindparam("id", type_=sa.Uuid))


async def differences_of(
    connection: AsyncConnection, id: DeliveryId, after: tuple[str, int, str], limit: int
) -> Sequence[Difference]:
    """List differences in the order of unit, month and cell, behind a place."""
    asked = {"id": id, "unit": after[0], "month": after[1], "name": after[2], "limit": limit}
    return [
        Difference(
            unit=UnitCode(row.code),
            cell=Cell.of(row.variable, **row.dimensions),
            month=Month.numbered(row.month),
            old=row.old,
            new=row.new,
            old_status=of_value(row.old, row.old_status),
            new_status=of_value(row.new, row.new_status),
        )
        for row in await connection.execute(DIFFERENCES, asked)
    ]
