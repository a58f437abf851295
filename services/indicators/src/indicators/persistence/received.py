"""What came in and what was rejected, read for many units and months at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from domain.identity import DeliveryId, UnitCode, VariableCode
from domain.lack import Bearer
from domain.observation import Key
from domain.period import Month
from domain.receipt import Gap, Receipt, Receipts
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence.kept_back import kept_back_in, withheld_since, withholdings_in
from indicators.persistence.tables import delivery_rejections, withheld_figures
from indicators.ports import Span
from indicators.ports.duty import KeptBack, Rejected, RejectedKey, Withholding

# The first revision of a unit, month and variable since which something is known of it without being withdrawn, and
# its day; what a delivery withdrew that was taken back itself was never gone. Units and series go in as numbers and
# deliveries are looked up once each, for a wall stands before every row. Revisions of one unit follow one another in
# time.
CAME = sa.text("""
    WITH wanted AS MATERIALIZED (
        SELECT id, code FROM units WHERE code = ANY (CAST(:units AS text[]))
    ), named AS MATERIALIZED (
        SELECT id, array_position(CAST(:variables AS text[]), variable) AS number
        FROM series WHERE variable = ANY (CAST(:variables AS text[]))
    ), gone AS MATERIALIZED (
        SELECT month, unit_id, series_id, max(delivery) AS delivery FROM observations
        WHERE value IS NULL AND month = ANY (CAST(:months AS int[])) AND unit_id = ANY (ARRAY(SELECT id FROM wanted))
          AND delivery <> ALL (ARRAY(
            SELECT d.revision FROM deliveries d JOIN deliveries back ON back.retracts = d.number
            WHERE d.revision IS NOT NULL
          ))
        GROUP BY month, unit_id, series_id
    ), came AS MATERIALIZED (
        SELECT o.unit_id, o.month, n.number, min(o.delivery) AS revision
        FROM observations o JOIN named n ON n.id = o.series_id
        LEFT JOIN gone USING (month, unit_id, series_id)
        WHERE o.month = ANY (CAST(:months AS int[])) AND o.unit_id = ANY (ARRAY(SELECT id FROM wanted))
          AND o.series_id = ANY (ARRAY(SELECT id FROM named))
          AND o.value IS NOT NULL AND (gone.delivery IS NULL OR o.delivery > gone.delivery)
        GROUP BY o.unit_id, o.month, n.number
    ), days AS MATERIALIZED (
        SELECT revision, CAST(recorded_at AT TIME ZONE 'Europe/Berlin' AS date) AS since
        FROM deliveries WHERE revision = ANY (ARRAY(SELECT DISTINCT revision FROM came))
    ), months AS (
        SELECT c.unit_id, c.month, array_agg(c.number) AS numbers, array_agg(d.since) AS days
        FROM came c JOIN days d USING (revision)
        GROUP BY c.unit_id, c.month
    )
    SELECT w.code, m.month, m.numbers, m.days FROM months m JOIN wanted w ON w.id = m.unit_id
""")

# The newest rejected rows that no later delivery has cured, and those cured with both days; what was taken back is out.
REJECTED = sa.text("""
    SELECT r.unit, r.month, r.variable,
        (array_agg(r.rows ORDER BY r.delivery DESC) FILTER (WHERE cure.number IS NULL))[1] AS rejected,
        array_agg(CAST(d.recorded_at AT TIME ZONE 'Europe/Berlin' AS date) ORDER BY r.delivery)
            FILTER (WHERE cure.number IS NOT NULL) AS days,
        array_agg(CAST(cure.recorded_at AT TIME ZONE 'Europe/Berlin' AS date) ORDER BY r.delivery)
            FILTER (WHERE cure.number IS NOT NULL) AS cures
    FROM delivery_rejections r JOIN deliveries d ON d.number = r.delivery
    LEFT JOIN deliveries cure ON cure.number = r.cured_by
        AND NOT EXISTS (SELECT 1 FROM deliveries back WHERE back.retracts = cure.number)
    WHERE r.unit = ANY (CAST(:units AS text[])) AND r.month = ANY (CAST(:months AS int[]))
      AND (r.variable = '' OR r.variable = ANY (CAST(:variables AS text[])))
      AND NOT EXISTS (SELECT 1 FROM deliveries back WHERE back.retracts = r.delivery)
    GROUP BY r.unit, r.month, r.variable
""")

OPEN = sa.text("""
    SELECT DISTINCT r.unit, r.month, r.variable FROM delivery_rejections r
    WHERE r.unit = ANY (CAST(:units AS text[]))
      AND (r.cured_by IS NULL OR EXISTS (SELECT 1 FROM deliveries back WHERE back.retracts = r.cured_by))
      AND NOT EXISTS (SELECT 1 FROM deliveries back WHERE back.retracts = r.delivery)
    ORDER BY 1, 2, 3
""")

CURE = sa.text("""
    UPDATE delivery_rejections r SET cured_by = :number
    FROM unnest(CAST(:units AS text[]), CAST(:months AS int[]), CAST(:variables AS text[]))
        AS made_good (unit, month, variable)
    WHERE (r.unit, r.month, r.variable) = (made_good.unit, made_good.month, made_good.variable)
      AND (r.cured_by IS NULL OR EXISTS (SELECT 1 FROM deliveries back WHERE back.retracts = r.cured_by))
""")

# The newest rejected rows that nothing has cured.
REFUSED = sa.text("""
    SELECT DISTINCT ON (r.unit, r.month, r.variable) r.unit, r.month, r.variable, d.id, d.sender
    FROM delivery_rejections r JOIN deliveries d ON d.number = r.delivery
    WHERE r.unit = ANY (CAST(:units AS text[])) AND r.month BETWEEN :first AND :last
      AND (r.variable = '' OR r.variable = ANY (CAST(:variables AS text[])))
      AND (r.cured_by IS NULL OR EXISTS (SELECT 1 FROM deliveries back WHERE back.retracts = r.cured_by))
      AND NOT EXISTS (SELECT 1 FROM deliveries back WHERE back.retracts = r.delivery)
    ORDER BY r.unit, r.month, r.variable, r.delivery DESC
""")


class StoredReceived:
    """Implements `Received`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def receipts(
        self, units: Collection[UnitCode], variables: Collection[VariableCode], first: Month, last: Month
    ) -> Receipts:
        """Say what came, in three queries however many units and months there are."""
        months = {month: Month.numbered(month) for month in range(first.ordinal, last.ordinal + 1)}
        names = sorted(variables)
        asked = {"units": sorted(units), "variables": names, "months": list(months)}
        found: dict[tuple[UnitCode, Month], dict[VariableCode, Receipt]] = {}
        known: dict[date, Receipt] = {}
        for unit, month, numbers, days in await self._connection.execute(CAME, asked):
            came = [known.get(day) or known.setdefault(day, Receipt(since=day)) for day in days]
            found[unit, months[month]] = dict(zip((names[number - 1] for number in numbers), came, strict=True))
        for (unit, month, variable), since in (
            await withheld_since(self._connection, units, names, first, last)
        ).items():
            of_month = found.setdefault((unit, month), {})
            of_month[variable] = replace(of_month.get(variable, Receipt()), withheld=since)
        for row in await self._connection.execute(REJECTED, asked):
            of_month = found.setdefault((row.unit, months[row.month]), {})
            gaps = tuple(map(Gap, row.days or (), row.cures or ()))
            came_before = of_month.get(row.variable, Receipt())
            of_month[row.variable] = replace(came_before, rejected=row.rejected or 0, gaps=gaps)
        return found

    async def open_rejections(self, units: Collection[UnitCode]) -> Sequence[RejectedKey]:
        """List what nothing has cured."""
        rows = await self._connection.execute(OPEN, {"units": sorted(units)})
        return [(UnitCode(row.unit), Month.numbered(row.month), VariableCode(row.variable)) for row in rows]

    async def keep_rejections(self, number: int, rejected: Sequence[Rejected], cured: Collection[RejectedKey]) -> None:
        """Close what was cured, then keep what was rejected anew."""
        if cured:
            units, months, variables = zip(*cured, strict=True)
            ordinals = [month.ordinal for month in months]
            made_good = {"number": number, "units": list(units), "months": ordinals, "variables": list(variables)}
            await self._connection.execute(CURE, made_good)
        if rejected:
            await self._connection.execute(delivery_rejections.insert(), [_row(number, one) for one in rejected])

    async def refused(
        self, units: Collection[UnitCode], variables: Collection[VariableCode], first: Month, last: Month
    ) -> Mapping[RejectedKey, Bearer]:
        """Name whose rejected rows nothing has cured."""
        asked = {"units": sorted(units), "variables": sorted(variables), "first": first.ordinal, "last": last.ordinal}
        return {
            (UnitCode(row.unit), Month.numbered(row.month), VariableCode(row.variable)): Bearer(
                DeliveryId(row.id), row.sender
            )
            for row in await self._connection.execute(REFUSED, asked)
        }

    async def keep_withheld(self, number: int, withheld: Sequence[Key]) -> None:
        """Keep what is kept back."""
        names = ("unit", "month", "variable", "delivery", "cell")
        rows = [
            dict(zip(names, (unit, month.ordinal, cell.variable, number, str(cell)), strict=True))
            for unit, cell, month in withheld
        ]
        if rows:
            await self._connection.execute(withheld_figures.insert(), rows)

    async def withheld(
        self, units: Collection[UnitCode], variables: Collection[VariableCode], first: Month, last: Month
    ) -> Collection[RejectedKey]:
        """Say what is kept back."""
        return (await withheld_since(self._connection, units, variables, first, last)).keys()

    async def kept_back(
        self, span: Span, as_of: datetime | None, dry_run: DeliveryId | None = None
    ) -> Mapping[Key, KeptBack]:
        """Say what is kept back, cell by cell."""
        return await kept_back_in(self._connection, span, as_of, dry_run)

    async def withholdings(self, span: Span, as_of: datetime | None) -> Sequence[Withholding]:
        """List every time that a value was told as kept back, or that was taken back."""
        return await withholdings_in(self._connection, span, as_of)


def _row(number: int, rejected: Rejected) -> dict[str, Any]:
    return {
        "unit": rejected.unit,
        "month": rejected.month.ordinal,
        "variable": rejected.variable,
        "delivery": number,
        "rows": rejected.rows,
        "cured_by": None,
    }
