"""What a delivery changed or, as a dry run, would change."""

from collections.abc import Sequence

import sqlalchemy as sa
from domain.identity import DeliveryId, UnitCode
from domain.period import Month
from domain.variable import Cell
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence.statuses import of_value
from indicators.ports import Difference

# What a delivery changed, by its own rows beside those before them; of a dry run, what it would change. Its units and
# months come in order and are looked into one after another, so that a page costs the same wherever it stands.
DIFFERENCES = sa.text("""
    SELECT p.code, s.variable, s.dimensions, p.month, c.old, c.new, c.old_status, c.new_status
    FROM (
        SELECT * FROM (
            SELECT d.number, d.revision, u.id, u.code, m.month
            FROM deliveries d
            JOIN delivery_units n ON n.delivery = d.number AND n.rows > 0
            JOIN units u ON u.code = n.unit
            CROSS JOIN generate_series(n.first, n.last) AS m (month)
            WHERE d.id = :id AND NOT d.dry_run
            UNION ALL
            SELECT DISTINCT d.number, CAST(NULL AS bigint), u.id, u.code, f.month
            FROM deliveries d JOIN differences f ON f.delivery = d.number JOIN units u ON u.id = f.unit_id
            WHERE d.id = :id
        ) AS every WHERE (code, month) >= (:unit, :month) ORDER BY code, month
    ) AS p
    CROSS JOIN LATERAL (
        SELECT f.series_id, f.old, f.new, f.old_status, f.new_status FROM differences f
        WHERE (f.delivery, f.unit_id, f.month) = (p.number, p.id, p.month)
        UNION ALL
        SELECT o.series_id, before.value, o.value, before.status, o.status
        FROM observations o LEFT JOIN LATERAL (
            SELECT b.value, b.status FROM observations b
            WHERE (b.unit_id, b.month, b.series_id) = (o.unit_id, o.month, o.series_id) AND b.delivery < o.delivery
            ORDER BY b.delivery DESC LIMIT 1
        ) AS before ON true
        WHERE (o.month, o.unit_id, o.delivery) = (p.month, p.id, p.revision)
    ) AS c
    JOIN series s ON s.id = c.series_id
    WHERE (p.code, p.month, s.name) > (:unit, :month, :name)
    ORDER BY p.code, p.month, s.name LIMIT :limit
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
