"""Mapping profiles as rows; a version is never changed."""

from collections.abc import Sequence

import sqlalchemy as sa
from domain.codec import decode, encode
from domain.profile import MappingProfile, UnknownProfile
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t
from indicators.persistence.locks import Lock, held

ONE_AFTER_ANOTHER = held(Lock.PROFILE, "code")


class StoredProfiles:
    """Implements `Profiles`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def newest(self) -> Sequence[MappingProfile]:
        """List the newest version of each."""
        p = t.mapping_profiles.c
        bodies = await self._connection.scalars(
            sa.select(p.body).ext(distinct_on(p.code)).order_by(p.code, p.version.desc())
        )
        return [decode(MappingProfile, body) for body in bodies]

    async def get(self, code: str) -> MappingProfile:
        """Give the newest version of one."""
        p = t.mapping_profiles.c
        newest = sa.select(p.body).where(p.code == code).order_by(p.version.desc()).limit(1)
        body = await self._connection.scalar(newest)
        if body is None:
            raise UnknownProfile(code)
        return decode(MappingProfile, body)

    async def version(self, code: str, version: int) -> MappingProfile | None:
        """Give one version."""
        p = t.mapping_profiles.c
        body = await self._connection.scalar(sa.select(p.body).where(p.code == code, p.version == version))
        return decode(MappingProfile, body) if body else None

    async def next_version(self, code: str) -> int:
        """Give the number of the next version."""
        await self._connection.execute(ONE_AFTER_ANOTHER, {"code": code})
        p = t.mapping_profiles.c
        newest = await self._connection.scalar(sa.select(sa.func.max(p.version)).where(p.code == code))
        return (newest or 0) + 1

    async def add(self, profile: MappingProfile) -> None:
        """Keep a version."""
        row = {"code": profile.code, "version": profile.version, "body": encode(profile)}
        await self._connection.execute(t.mapping_profiles.insert().values(row))
