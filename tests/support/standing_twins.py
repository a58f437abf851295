"""The ports of standing and releases, remembered instead of stored."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.attestation import Attestation, AttestationStatus
from domain.objection import Objection, ObjectionStatus
from domain.observation import Observation, as_known
from domain.release import Release
from indicators.persistence.standing import already_attested, already_contested
from indicators.ports.vintages import Compared, Extent, ValueChange
from indicators.usecases.attesting_errors import UnknownAttestation
from indicators.usecases.objecting_errors import UnknownObjection
from indicators.usecases.releasing_errors import ReleaseExists, UnknownRelease

from support.filed_twins import RememberedDocuments


def remembered_attestations() -> RememberedDocuments[Attestation]:
    """Give attestations, of which one a unit and month stands."""

    def place(value: Attestation) -> object:
        return (value.unit, value.month) if value.status is AttestationStatus.ATTESTED else None

    return RememberedDocuments("Attestation", place, UnknownAttestation, already_attested)


def remembered_objections() -> RememberedDocuments[Objection]:
    """Give objections, of which one a reading is open."""

    def place(value: Objection) -> object:
        reading = (value.unit, value.indicator, value.view, value.month)
        return reading if value.status is ObjectionStatus.OPEN else None

    return RememberedDocuments("Objection", place, UnknownObjection, already_contested)


class RememberedVintages:
    """Twin of `Vintages`, over observations in the order they were recorded."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.observations: list[Observation] = []

    async def revisions(self, extents: Sequence[Extent]) -> Sequence[int]:
        """Count what was recorded of each extent."""
        return [
            sum(
                o.unit in e.units and o.month == e.month and (e.as_of is None or o.recorded_at <= e.as_of)
                for o in self.observations
            )
            for e in extents
        ]

    async def changes(
        self, compared: Compared, after: tuple[str, int, str] | None, limit: int
    ) -> Sequence[ValueChange]:
        """List what differs between two instants."""
        old, new = (self._values(instant) for instant in (compared.since, compared.until))
        nothing = (None, None)
        found = [
            ValueChange(unit=unit, month=month, cell=cell, old=was, new=now, old_status=before, new_status=after)
            for key in old.keys() | new.keys()
            for unit, cell, month in [key]
            for (was, before), (now, after) in [(old.get(key, nothing), new.get(key, nothing))]
            if (was, before) != (now, after)
            and compared.first <= month <= compared.last
            and (not compared.units or unit in compared.units)
            and (not compared.variables or cell.variable in compared.variables)
        ]
        rest = [change for change in found if after is None or change.place > after]
        return sorted(rest, key=lambda change: change.place)[:limit]

    async def mark(self) -> str:
        """Name the present state by how much there is."""
        return str(len(self.observations))

    def _values(self, at: datetime) -> dict[Any, Any]:
        newest = as_known(self.observations, at)
        return {key: (known.value, known.status) for key, known in newest.items() if known.value is not None}


class RememberedReleases:
    """Twin of `Releases`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[str, Release] = {}

    async def settle(self) -> None:
        """Nothing is under way."""

    async def add(self, release: Release) -> None:
        """Keep a new release."""
        if release.code in self._kept:
            raise ReleaseExists(release.code)
        self._kept[release.code] = release

    async def get(self, code: str) -> Release:
        """Give one release."""
        if code not in self._kept:
            raise UnknownRelease(code)
        return self._kept[code]

    async def all(self) -> Sequence[Release]:
        """List all releases."""
        return list(self._kept.values())
