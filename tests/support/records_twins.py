"""The port of case records, remembered instead of stored."""

import hashlib
from collections.abc import Collection, Sequence

from domain.identity import UnitCode
from domain.period import Month
from indicators.ports.records import Forgotten, Named, RecordFile, RecordKind


class RememberedRecords:
    """Twin of `Records`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: list[RecordFile] = []
        self._persons: dict[tuple[int, str], int] = {}
        self._towns: dict[tuple[str, str], int] = {}
        self.held: frozenset[str] = frozenset()

    async def announce(self, named: Named) -> None:
        """Make known whom units will name."""
        for unit, person, last in named.persons.select("unit", "person", "last").iter_rows():
            self._persons[person, unit] = max(last, self._persons.get((person, unit), last))
        for unit, town, last in named.towns.select("unit", "town", "last").iter_rows():
            self._towns[town, unit] = max(last, self._towns.get((town, unit), last))

    async def hold(self, units: Collection[str]) -> None:
        """Remember who is held; nobody else is here."""
        self.held = frozenset(units)

    async def sharing_persons(self, units: Collection[str], named: Named, since: Month) -> frozenset[str]:
        """Give the units of the persons of these units, and of those named now."""
        known = self._persons.items()
        theirs = {person for (person, unit), last in known if unit in units and last >= since.ordinal}
        theirs |= set(named.persons["person"])
        return frozenset(unit for (person, unit), last in known if person in theirs and last >= since.ordinal - 1)

    async def sharing_towns(self, units: Collection[str], named: Named) -> frozenset[str]:
        """Give the units of the towns of these units, and of those named now."""
        theirs = {town for town, unit in self._towns if unit in units} | set(named.towns["town"])
        return frozenset(unit for town, unit in self._towns if town in theirs)

    async def keep(self, files: Sequence[RecordFile]) -> None:
        """Keep files."""
        self._kept += files

    async def newest(self, kind: RecordKind, units: Collection[str], first: Month, last: Month) -> Sequence[RecordFile]:
        """Give the file kept last of each of these units and months."""
        newest: dict[tuple[UnitCode, Month], RecordFile] = {}
        for file in self._kept:
            if file.kind is kind and file.unit in units and first <= file.month <= last:
                newest[file.unit, file.month] = file
        return [newest[place] for place in sorted(newest)]

    async def latest(self, kind: RecordKind) -> Month | None:
        """Give the last month there are records of."""
        return max((file.month for file in self._kept if file.kind is kind), default=None)

    async def forget(self, before: Month) -> Sequence[Forgotten]:
        """Delete the files of all months before one, and who is named in no later one."""
        self._persons = {key: last for key, last in self._persons.items() if last >= before.ordinal}
        self._towns = {key: last for key, last in self._towns.items() if last >= before.ordinal}
        gone = [file for file in self._kept if file.month < before]
        self._kept = [file for file in self._kept if file.month >= before]
        return sorted(
            Forgotten(
                unit=file.unit,
                kind=file.kind,
                month=file.month,
                delivery=file.delivery,
                digest=hashlib.sha256(file.content).hexdigest(),
            )
            for file in gone
        )
