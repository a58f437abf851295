"""Samples of rounds that are over, let go together with what was answered to each file."""

from collections.abc import Sequence

import sqlalchemy as sa
from domain.identity import UnitCode
from domain.period import Month
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.ports.reviewed import LetGo

# Each round's files go at once; the digest over all of them, in the order of rank, proves later which they were.
LET_GO = sa.text("""
    WITH gone AS (
        DELETE FROM reviewed_files f USING file_reviews r
        WHERE r.id = f.review AND r.status IN ('closed', 'withdrawn') AND r.month < :before
        RETURNING f.review, f.unit, r.month, f.rank, f.body ->> 'reference' AS reference
    )
    SELECT review, unit, month, count(*) AS files,
        encode(sha256(convert_to(string_agg(reference || chr(10), '' ORDER BY rank), 'UTF8')), 'hex') AS digest
    FROM gone GROUP BY review, unit, month ORDER BY month, unit, review
""")


class StoredSamples:
    """Implements `Samples`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def let_go(self, before: Month) -> Sequence[LetGo]:
        """Delete them in one statement."""
        rows = await self._connection.execute(LET_GO, {"before": before.ordinal})
        return [
            LetGo(
                review=row.review,
                unit=UnitCode(row.unit),
                month=Month.numbered(row.month),
                files=row.files,
                digest=row.digest,
            )
            for row in rows
        ]
