"""The ports of quality rules, remembered instead of stored."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import polars as pl
from domain.delivery import Scrutiny
from domain.identity import DeliveryId, UnitCode
from domain.period import Month
from domain.quality_rule import QualityRule
from domain.soft_finding import Acknowledgement, SoftFinding, SoftFindingFiled, SoftStatus, UnknownSoftFinding
from domain.variable import Cell
from indicators.ports.delivered import Job
from indicators.ports.quality import Place, SoftAsked, SoftPosition
from indicators.ports.scrutiny import Known, Touched

Rows = Mapping[tuple[UnitCode, Cell, Month], str | None]


class RememberedQualityRules:
    """Twin of `QualityRules`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[str, list[QualityRule]] = {}

    async def newest(self) -> Sequence[QualityRule]:
        """Give the newest version of each rule."""
        return [versions[-1] for _, versions in sorted(self._kept.items())]

    async def versions(self, code: str) -> Sequence[QualityRule]:
        """Give all versions of one rule."""
        return list(self._kept.get(code, ()))

    async def locked(self, code: str) -> QualityRule | None:
        """Give the newest version."""
        return self._kept[code][-1] if code in self._kept else None

    async def add(self, rule: QualityRule) -> None:
        """Keep a new version."""
        self._kept.setdefault(rule.code, []).append(rule)


class RememberedSoftFindings:
    """Twin of `SoftFindings`."""

    def __init__(self, now: datetime) -> None:
        """Begin with nothing; everything is found now."""
        self._kept: dict[UUID, SoftFindingFiled] = {}
        self._now = now

    async def keep(self, delivery: DeliveryId, found: Sequence[tuple[UUID, SoftFinding]]) -> None:
        """Keep findings."""
        for id, finding in found:
            self._kept[id] = SoftFindingFiled(id=id, finding=finding, delivery=delivery, found_at=self._now)

    async def standing(self, places: Sequence[Place]) -> Sequence[SoftFindingFiled]:
        """Give what is not resolved."""
        return [
            filed
            for filed in self._in_order()
            if filed.status is not SoftStatus.RESOLVED and (filed.finding.unit, filed.finding.month) in places
        ]

    async def resolve(self, ids: Sequence[UUID], by: DeliveryId) -> None:
        """Note that findings vanished."""
        for id in ids:
            self._kept[id] = replace(self._kept[id], status=SoftStatus.RESOLVED, resolved_by=by)

    async def matching(self, asked: SoftAsked, after: SoftPosition | None, limit: int) -> Sequence[SoftFindingFiled]:
        """List findings."""
        return [
            filed
            for filed in self._in_order()
            if (not asked.units or filed.finding.unit in asked.units)
            and (not asked.months or filed.finding.month in asked.months)
            and (not asked.statuses or filed.status in asked.statuses)
            and asked.delivery in (None, filed.delivery)
            and (after is None or _position(filed) > after)
        ][:limit]

    async def get(self, id: UUID) -> SoftFindingFiled:
        """Give one."""
        if id not in self._kept:
            raise UnknownSoftFinding(id)
        return self._kept[id]

    async def acknowledge(self, id: UUID, given: Acknowledgement) -> SoftFindingFiled:
        """Keep that somebody stands for a figure."""
        filed = await self.get(id)
        filed.must_be_open()
        self._kept[id] = replace(filed, status=SoftStatus.ACKNOWLEDGED, acknowledgement=given)
        return self._kept[id]

    def _in_order(self) -> list[SoftFindingFiled]:
        return sorted(self._kept.values(), key=_position)


class RememberedScrutinies:
    """Twin of `Scrutinies`; nothing runs beside it, so a claim is never held by somebody else."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._delivered: dict[DeliveryId, Rows] = {}
        self._state: dict[DeliveryId, Scrutiny] = {}
        self._attempts: dict[DeliveryId, int] = {}

    def deliver(self, id: DeliveryId, rows: Rows) -> None:
        """Take rows as a delivery does."""
        self._delivered[id], self._state[id], self._attempts[id] = rows, Scrutiny.PENDING, 0

    async def claim(self, id: DeliveryId) -> bool:
        """Say whether a scrutiny is still to be done."""
        return self._state.get(id) is Scrutiny.PENDING

    async def attempted(self, id: DeliveryId) -> int:
        """Count one more attempt."""
        self._attempts[id] += 1
        return self._attempts[id]

    async def finish(self, id: DeliveryId, outcome: Scrutiny) -> None:
        """Keep what became of it."""
        self._state[id] = outcome

    async def waiting(self, limit: int) -> Sequence[Job]:
        """List deliveries whose scrutiny is pending."""
        left = [(number, id) for number, id in enumerate(self._state, 1) if self._state[id] is Scrutiny.PENDING]
        return [Job(number=number, id=id, sender="sender", size=1, allowed=None) for number, id in left[:limit]]

    async def touched(self, id: DeliveryId) -> Sequence[Touched]:
        """List the units and months in which a delivery changed something."""
        places = [(unit, month) for unit, _, month in self._delivered[id]]
        return [Touched(unit=unit, month=month, cells=places.count((unit, month))) for unit, month in sorted({*places})]

    async def hold(self, units: Sequence[UnitCode]) -> None:
        """Nothing runs beside it."""

    async def known(self, units: Sequence[UnitCode], months: Sequence[Month]) -> Known:
        """Give the newest values of units in months."""
        newest = {key: value for rows in self._delivered.values() for key, value in rows.items()}
        cells = sorted({cell for _, cell, _ in newest})
        rows = [
            (units.index(unit), month.ordinal, cells.index(cell), value)
            for (unit, cell, month), value in newest.items()
            if unit in units and month in months and value is not None
        ]
        ints = dict.fromkeys(("unit", "month", "series"), pl.Int32)
        values = pl.DataFrame(rows, schema={**ints, "value": pl.String}, orient="row")
        told = set(values["series"])
        return Known(values=values, cells={number: cell for number, cell in enumerate(cells) if number in told})


def _position(filed: SoftFindingFiled) -> SoftPosition:
    return filed.finding.unit, filed.finding.month.ordinal, filed.id
