"""The ports of files by pieces, of senders' ways of writing and of gates, remembered instead of stored."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.gate import ClosedMonth, Gates, LatePermit, Responsibility
from domain.identity import DeliveryId, UnitCode
from domain.period import Month
from domain.profile import MappingProfile, UnknownProfile
from indicators.ports.uploaded import Upload
from indicators.usecases.upload_errors import UnknownUpload


class RememberedUploads:
    """Twin of `Uploads`."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Begin with nothing."""
        self._now = now
        self._kept: dict[DeliveryId, Upload] = {}

    async def add(self, upload: Upload) -> None:
        """Keep a new one."""
        self._kept[upload.id] = upload

    async def get(self, id: DeliveryId, sender: str) -> Upload:
        """Give one of a sender."""
        upload = self._kept.get(id)
        if upload is None or upload.sender != sender or upload.expires_at <= self._now():
            raise UnknownUpload(id)
        return upload

    async def became(self, id: DeliveryId, delivery: DeliveryId) -> None:
        """Note which delivery it became."""
        if id in self._kept:
            self._kept[id] = replace(self._kept[id], delivery=delivery)

    async def drop(self, id: DeliveryId) -> None:
        """Forget one."""
        self._kept.pop(id, None)

    async def expired(self, at: datetime) -> Sequence[DeliveryId]:
        """Forget what was not completed in time."""
        gone = [upload for upload in self._kept.values() if upload.expires_at <= at]
        for upload in gone:
            del self._kept[upload.id]
        return [upload.id for upload in gone if upload.delivery is None]

    async def coming(self, ids: Sequence[UUID]) -> frozenset[UUID]:
        """Say which of these are not complete yet."""
        coming = {id for id, upload in self._kept.items() if upload.delivery is None}
        return frozenset(ids) & coming


class RememberedProfiles:
    """Twin of `Profiles`."""

    def __init__(self, shipped: Sequence[MappingProfile] = ()) -> None:
        """Begin with what is shipped."""
        self._kept = {(profile.code, profile.version): profile for profile in shipped}

    async def newest(self) -> Sequence[MappingProfile]:
        """List the newest version of each."""
        return list({code: self._kept[code, version] for code, version in sorted(self._kept)}.values())

    async def get(self, code: str) -> MappingProfile:
        """Give the newest version of one."""
        found = await self.version(code, await self.next_version(code) - 1)
        if found is None:
            raise UnknownProfile(code)
        return found

    async def version(self, code: str, version: int) -> MappingProfile | None:
        """Give one version."""
        return self._kept.get((code, version))

    async def next_version(self, code: str) -> int:
        """Give the number of the next version."""
        return 1 + max((version for known, version in self._kept if known == code), default=0)

    async def add(self, profile: MappingProfile) -> None:
        """Keep a version."""
        self._kept[profile.code, profile.version] = profile


class RememberedGates:
    """Twin of `StoredGates`."""

    def __init__(self) -> None:
        """Begin with nothing that keeps anything out."""
        self._responsible: dict[tuple[str, str, Month, str], Responsibility] = {}
        self._closed: set[tuple[UnitCode, Month]] = set()
        self._permits: dict[tuple[str, Month, str], LatePermit] = {}

    async def all(self, units: Collection[UnitCode] | None = None) -> Gates:
        """Give everything in the order of units, or of some units only."""

        def wanted(unit: UnitCode) -> bool:
            return units is None or unit in units

        return Gates(
            responsibilities=tuple(one for _, one in sorted(self._responsible.items()) if wanted(one.unit)),
            closed=frozenset(place for place in self._closed if wanted(place[0])),
            permits=tuple(one for _, one in sorted(self._permits.items()) if wanted(one.unit)),
        )

    async def put_responsibilities(self, responsibilities: Sequence[Responsibility]) -> None:
        """Keep responsibilities."""
        for one in responsibilities:
            self._responsible[one.unit, one.variable or "", one.first, one.sender] = one

    async def close(self, closed: Sequence[ClosedMonth]) -> None:
        """Close months of units."""
        self._closed |= {(one.unit, one.month) for one in closed}

    async def permit(self, permit: LatePermit) -> None:
        """Let one sender deliver late."""
        self._permits[permit.unit, permit.month, permit.sender] = permit
