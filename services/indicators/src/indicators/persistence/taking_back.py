"""Taking a delivery back: what stands without it, in one statement."""

from collections.abc import Collection

import sqlalchemy as sa
from domain.identity import DeliveryId, UnitCode, VariableCode
from domain.period import Month
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.ports import Taken

# Of all that a delivery told or kept back, what stands now: the newest of what deliveries told that were not taken back
# themselves, and nothing where one of them has kept it back since. Only what is another than what is in force is told.
TAKE_BACK = sa.text("""
    WITH brought AS MATERIALIZED (
        SELECT d.number, d.revision, u.id AS unit_id, u.code, n.first, n.last
        FROM deliveries d
        JOIN delivery_units n ON n.delivery = d.number AND n.rows > 0
        JOIN units u ON u.code = n.unit
        WHERE d.id = :id
    ), undone AS MATERIALIZED (
        SELECT retracts FROM deliveries WHERE retracts IS NOT NULL
    ), kept_back AS MATERIALIZED (
        SELECT b.unit_id, w.month, s.id AS series_id, bool_or(w.delivery = b.number) AS told,
            max(d.revision) FILTER (WHERE undone.retracts IS NULL) AS revision
        FROM brought b
        JOIN withheld_figures w ON w.unit = b.code AND w.month BETWEEN b.first AND b.last
        JOIN deliveries d ON d.number = w.delivery AND NOT d.dry_run
        JOIN series s ON s.variable = w.variable AND w.cell IN (s.name, '')
        LEFT JOIN undone ON undone.retracts = d.number
        GROUP BY b.unit_id, w.month, s.id
    ), touched AS (
        SELECT o.unit_id, o.month, o.series_id
        FROM brought b
        CROSS JOIN generate_series(b.first, b.last) AS m (month)
        JOIN observations o ON o.month = m.month AND o.unit_id = b.unit_id AND o.delivery = b.revision
        UNION ALL
        SELECT k.unit_id, k.month, k.series_id FROM kept_back k JOIN brought b USING (unit_id)
        WHERE k.told AND NOT EXISTS (
            SELECT 1 FROM observations o
            WHERE (o.unit_id, o.month, o.series_id, o.delivery) = (k.unit_id, k.month, k.series_id, b.revision)
        )
    )
    INSERT INTO observations (unit_id, month, series_id, delivery, value, status)
    SELECT unit_id, month, series_id, :revision, stands.value, stands.status
    FROM touched LEFT JOIN kept_back k USING (unit_id, month, series_id)
    CROSS JOIN LATERAL (
        SELECT o.value, o.status FROM observations o
        WHERE (o.unit_id, o.month, o.series_id) = (touched.unit_id, touched.month, touched.series_id)
        ORDER BY o.delivery DESC LIMIT 1
    ) AS newest
    LEFT JOIN LATERAL (
        SELECT o.value, o.status FROM observations o JOIN deliveries d ON d.revision = o.delivery
        WHERE (o.unit_id, o.month, o.series_id) = (touched.unit_id, touched.month, touched.series_id)
          AND d.retracts IS NULL AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.retracts = d.number)
          AND (k.revision IS NULL OR k.revision < o.delivery)
        ORDER BY o.delivery DESC LIMIT 1
    ) AS stands ON true
    WHERE (stands.value, stands.status) IS DISTINCT FROM (newest.value, newest.status)
    RETURNING value IS NULL AS gone
""").bindparams(sa.bindparam("id", type_=sa.Uuid))

# What a delivery told or kept back for some units, whatever became of it since.
BROUGHT = sa.text("""
    WITH brought AS MATERIALIZED (
        SELECT d.number, d.revision, u.id AS unit_id, u.code, n.first, n.last
        FROM deliveries d
        JOIN delivery_units n ON n.delivery = d.number AND n.rows > 0
        JOIN units u ON u.code = n.unit
        WHERE d.id = :id AND u.code = ANY(:units)
    )
    SELECT b.code AS unit, s.variable, o.month
    FROM brought b
    CROSS JOIN generate_series(b.first, b.last) AS m (month)
    JOIN observations o ON o.month = m.month AND o.unit_id = b.unit_id AND o.delivery = b.revision
    JOIN series s ON s.id = o.series_id
    UNION
    SELECT w.unit, w.variable, w.month FROM brought b
    JOIN withheld_figures w ON w.unit = b.code AND w.delivery = b.number
""").bindparams(sa.bindparam("id", type_=sa.Uuid), sa.bindparam("units", type_=ARRAY(sa.Text)))


async def brought(
    connection: AsyncConnection, delivery: DeliveryId, units: Collection[UnitCode]
) -> Collection[tuple[UnitCode, VariableCode, Month]]:
    """Name the variables and months of some units that a delivery changed or keeps back, each once."""
    rows = await connection.execute(BROUGHT, {"id": delivery, "units": [*units]})
    return [(UnitCode(row.unit), VariableCode(row.variable), Month.numbered(row.month)) for row in rows]


async def taken_back(connection: AsyncConnection, delivery: DeliveryId, revision: int) -> Taken:
    """Append as a revision what stands without a delivery that was taken back, and count it."""
    gone = [row.gone for row in await connection.execute(TAKE_BACK, {"id": delivery, "revision": revision})]
    return Taken(corrected=len(gone) - sum(gone), withdrawn=sum(gone))
