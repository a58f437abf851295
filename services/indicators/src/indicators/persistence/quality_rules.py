"""Quality rules as JSON rows, a row a version."""

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, cast

import sqlalchemy as sa
from domain.codec import decode, encode
from domain.quality_rule import QualityRule
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence.locks import Lock, held
from indicators.persistence.tables import quality_rules

HOLD = held(Lock.QUALITY_RULE, "code")


class StoredQualityRules:
    """Implements `QualityRules`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def newest(self) -> Sequence[QualityRule]:
        """Give the newest version of each rule."""
        r = quality_rules.c
        newest = sa.select(r.code, sa.func.max(r.version)).group_by(r.code)
        query = sa.select(r.body).where(sa.tuple_(r.code, r.version).in_(newest)).order_by(r.code)
        return [decode(QualityRule, body) for body in await self._connection.scalars(query)]

    async def versions(self, code: str) -> Sequence[QualityRule]:
        """Give all versions of one rule, oldest first."""
        r = quality_rules.c
        query = sa.select(r.body).where(r.code == code).order_by(r.version)
        return [decode(QualityRule, body) for body in await self._connection.scalars(query)]

    async def locked(self, code: str) -> QualityRule | None:
        """Give the newest version; a lock on the code holds it, there may be no row yet."""
        await self._connection.execute(HOLD, {"code": code})
        versions = await self.versions(code)
        return versions[-1] if versions else None

    async def add(self, rule: QualityRule) -> None:
        """Keep a new version."""
        await self._connection.execute(quality_rules.insert().values(row_of(rule)))


def shipped_rules() -> list[QualityRule]:
    """Read the rules that come with the service."""
    text = (files("indicators.persistence") / "catalogue" / "quality_rules.json").read_text("utf-8")
    return [decode(QualityRule, body) for body in json.loads(text)]


def row_of(rule: QualityRule) -> dict[str, Any]:
    """Write a version as a row."""
    return {"code": rule.code, "version": rule.version, "body": cast("dict[str, Any]", encode(rule))}
