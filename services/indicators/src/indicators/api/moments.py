"""Which state of knowledge is asked for: as known at an instant, or as if a dry run were kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypeVar
from uuid import UUID

from chassis.auth import Identified
from chassis.wire import Instant
from domain.identity import DeliveryId
from fastapi import Depends, Query

from indicators.api.given import AsOf, Given
from indicators.usecases import releasing
from indicators.usecases.reading_errors import Contradictory

T = TypeVar("T")
SdmxAsOf = Annotated[Instant | None, Query(alias="asOf", description="SDMX's name of `as_of`")]
InRelease = Annotated[str | None, Query(description="as known in this release: its code", max_length=60)]
DryRun = Annotated[UUID | None, Query(description="as if this dry run were kept: a delivery's id")]


def one_of(given: T | None, alias: T | None, name: str, other: str) -> T | None:
    """Give what stands under either name; both must say the same."""
    if given is not None and alias is not None and given != alias:
        raise Contradictory(one=name, other=other)
    return alias if given is None else given


@dataclass(frozen=True, slots=True)
class Moment:
    """The state of knowledge that is read: at an instant, or as if a dry run were kept."""

    as_of: datetime | None
    dry_run: DeliveryId | None


async def _as_of(
    ports: Given, caller: Identified, as_of: AsOf = None, alias: SdmxAsOf = None, release: InRelease = None
) -> datetime | None:
    instant = one_of(as_of, alias, "as_of", "asOf")
    if release is None:
        return instant
    if instant is not None:
        raise Contradictory(one="release", other="as_of")
    return (await releasing.one(ports, caller, release)).release.as_of


KnownAt = Annotated[datetime | None, Depends(_as_of)]


async def _moment(as_of: KnownAt, with_dry_run: DryRun = None) -> Moment:
    if as_of and with_dry_run:
        raise Contradictory(one="with_dry_run", other="as_of")
    return Moment(as_of, DeliveryId(with_dry_run) if with_dry_run else None)


AtMoment = Annotated[Moment, Depends(_moment)]
