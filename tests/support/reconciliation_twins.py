"""Runs of reconciliation and their line, remembered instead of stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

import polars as pl
from chassis.caller import Reach
from domain.official_fault import OfficialFault
from domain.reconciliation import OPEN, Cause, FigureDifference, Reconciliation, ReconciliationStatus
from indicators.ports.reconciled import Comparison, OfficialFinding
from indicators.usecases.reconciliations.errors import UnknownReconciliation


@dataclass
class KeptRun:
    """A run with everything that came of it so far."""

    head: Reconciliation
    allowed: Reach
    findings: dict[int, OfficialFinding] = field(default_factory=dict)
    differences: dict[int, FigureDifference] = field(default_factory=dict)


class RememberedReconciliations:
    """Twin of `Reconciliations`; whoever asks sees everything."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[UUID, KeptRun] = {}

    async def wait_for(self, by: str, digest: str) -> None:
        """Nobody else is there."""

    async def known(self, run: Reconciliation, allowed: Reach) -> Reconciliation | None:
        """Give the first run of the same table and reach that waits, or is over the same data."""
        waits, failed = ReconciliationStatus.RECEIVED, ReconciliationStatus.FAILED
        alike = (
            kept.head
            for _, kept in sorted(self._kept.items())
            if (kept.head.by, kept.head.digest, kept.allowed) == (run.by, run.digest, allowed)
        )
        standing = (head for head in alike if head.status is not failed)
        return next((head for head in standing if head.status is waits or head.state == run.state), None)

    async def add(self, run: Reconciliation, allowed: Reach, units: frozenset[str]) -> None:  # noqa: ARG002  everybody sees it
        """Keep a run."""
        self._kept[run.id] = KeptRun(run, allowed)

    async def report(self, run: Reconciliation) -> None:
        """Say how far it is."""
        kept = self._kept[run.id]
        kept.head = replace(kept.head, status=run.status, state=run.state, asked=run.asked, compared=run.compared)

    async def keep_findings(self, id: UUID, findings: pl.DataFrame) -> None:
        """Keep findings."""
        for row, column, code, value in findings.select("row", "column", "code", "value").iter_rows():
            finding = OfficialFinding(row=row, column=column, code=OfficialFault(code), value=value)
            self._kept[id].findings[row] = finding

    async def keep_differences(self, id: UUID, first: int, differences: Sequence[FigureDifference]) -> None:
        """Keep differences."""
        self._kept[id].differences |= dict(enumerate(differences, start=first))

    async def finish(self, run: Reconciliation, units: frozenset[str]) -> None:  # noqa: ARG002  everybody sees it
        """Keep a run's outcome."""
        if self._kept[run.id].head.status not in OPEN:
            raise ValueError("what is recorded in reconciliations is never changed")
        self._kept[run.id].head = run

    async def get(self, id: UUID) -> Reconciliation:
        """Give one run."""
        if id not in self._kept:
            raise UnknownReconciliation(id)
        return self._kept[id].head

    async def matching(self, before: UUID | None, limit: int) -> Sequence[Reconciliation]:
        """List runs, newest first."""
        ids = sorted((id for id in self._kept if before is None or id < before), reverse=True)
        return [self._kept[id].head for id in ids[:limit]]

    async def differences(
        self, id: UUID, causes: Sequence[Cause], units: Sequence[str], after: int, limit: int
    ) -> Sequence[tuple[int, FigureDifference]]:
        """List a run's differences."""
        return [
            (ordinal, found)
            for ordinal, found in sorted(self._kept[id].differences.items())
            if ordinal > after and (not causes or found.cause in causes) and (not units or found.unit in units)
        ][:limit]

    async def findings(self, id: UUID, after: int, limit: int) -> Sequence[OfficialFinding]:
        """List what is wrong with a run's rows."""
        return [finding for row, finding in sorted(self._kept[id].findings.items()) if row > after][:limit]


class RememberedComparisons:
    """Twin of `Comparisons`; nothing runs beside it, so nobody else holds a run."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[UUID, Comparison] = {}
        self._attempts: dict[UUID, int] = {}

    async def add(self, comparison: Comparison) -> None:
        """Put a run in line."""
        self._kept[comparison.id], self._attempts[comparison.id] = comparison, 0

    async def alone(self, id: UUID) -> None:
        """Nobody else is at it."""

    async def claim(self, id: UUID) -> bool:
        """Say whether a run is there."""
        return id in self._kept

    async def attempted(self, id: UUID) -> int | None:
        """Count one more attempt."""
        if id not in self._kept:
            return None
        self._attempts[id] += 1
        return self._attempts[id]

    async def done(self, id: UUID) -> None:
        """Take a run out of the line."""
        self._kept.pop(id, None)

    async def waiting(self, limit: int) -> Sequence[Comparison]:
        """List runs, oldest first."""
        return [comparison for _, comparison in sorted(self._kept.items())][:limit]

    async def needing_files(self, ids: Sequence[UUID]) -> frozenset[UUID]:
        """Say which of these wait."""
        return frozenset(ids) & self._kept.keys()
