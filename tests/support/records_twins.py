"""The port of case records, remembered instead of stored."""

import hashlib
from collections.abc import Sequence

from domain.identity import UnitCode
from domain.period import Month
from indicators.ports.records import Forgotten, RecordFile, RecordKind


class RememberedRecords:
    """Twin of `Records`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: list[RecordFile] = []

    async def in_turn(self) -> None:
        """Nobody else is here."""

    async def keep(self, files: Sequence[RecordFile]) -> None:
        """Keep files."""
        self._kept += files

    async def newest(self, kind: RecordKind, first: Month, last: Month) -> Sequence[RecordFile]:
        """Give the newest file of every unit and month."""
        newest: dict[tuple[UnitCode, Month], RecordFile] = {}
        for file in sorted(self._kept, key=lambda file: file.delivery):
            if file.kind is kind and first <= file.month <= last:
                newest[file.unit, file.month] = file
        return [newest[place] for place in sorted(newest)]

    async def latest(self, kind: RecordKind) -> Month | None:
        """Give the last month there are records of."""
        return max((file.month for file in self._kept if file.kind is kind), default=None)

    async def forget(self, before: Month) -> Sequence[Forgotten]:
        """Delete the files of all months before one."""
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
