"""The only place that reads the clock and makes ids; dependencies are async, for others cost a thread each."""

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

import uuid_utils
from fastapi import Depends

BERLIN = ZoneInfo("Europe/Berlin")


def now() -> datetime:
    """Give the present instant in UTC."""
    return datetime.now(UTC)  # noqa: TID251  the one clock


def today() -> date:
    """Give the present day where deadlines are counted."""
    return now().astimezone(BERLIN).date()


def new_id() -> UUID:
    """Make a UUIDv7: unique, and sorted by time."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


async def _now() -> datetime:
    return now()


async def _new_id() -> UUID:
    return new_id()


Now = Annotated[datetime, Depends(_now)]
NewId = Annotated[UUID, Depends(_new_id)]
