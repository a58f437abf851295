"""Which state of knowledge is asked for: as known at an instant, or as if a dry run were kept."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, TypeVar
from uuid import UUID

from chassis.auth import Identified
from chassis.clock import Now
from chassis.wire import Instant
from domain.attestation import must_not_be_ahead
from domain.identity import DeliveryId
from domain.period import Month
from domain.release import Release
from fastapi import Depends, Query

from indicators.api.given import AsOf, Given
from indicators.usecases import releasing
from indicators.usecases.reading_errors import Contradictory

T = TypeVar("T")
SdmxAsOf = Annotated[Instant | None, Query(alias="asOf", description="SDMX's name of `as_of`")]
InRelease = Annotated[
    str | None, Query(description="as known in this release, which tells its own months: its code", max_length=60)
]
DryRun = Annotated[UUID | None, Query(description="as if this dry run were kept: a delivery's id")]


def one_of(given: T | None, alias: T | None, name: str, other: str) -> T | None:
    """Give what stands under either name; both must say the same."""
    if given is not None and alias is not None and given != alias:
        raise Contradictory(one=name, other=other)
    return alias if given is None else given


@dataclass(frozen=True, slots=True)
class Moment:
    """The state of knowledge that is read: at an instant, in a release, or as if a dry run were kept."""

    as_of: datetime | None = None
    release: Release | None = None
    dry_run: DeliveryId | None = None

    def months(self, first: str, last: str) -> tuple[Month, Month]:
        """Read the months asked for, first and last; a release tells its own only."""
        start, end = Month.parse(first), Month.parse(last)
        if self.release:
            self.release.must_hold(start, end)
        return start, end


async def _known_at(
    ports: Given, caller: Identified, now: Now, as_of: AsOf = None, alias: SdmxAsOf = None, release: InRelease = None
) -> Moment:
    instant = one_of(as_of, alias, "as_of", "asOf")
    if instant is not None:
        must_not_be_ahead(instant, now)
    if release is None:
        return Moment(instant)
    if instant is not None:
        raise Contradictory(one="release", other="as_of")
    named = (await releasing.one(ports, caller, release)).release
    return Moment(named.as_of, named)


KnownAt = Annotated[Moment, Depends(_known_at)]


async def _moment(known: KnownAt, with_dry_run: DryRun = None) -> Moment:
    if known.as_of and with_dry_run:
        raise Contradictory(one="with_dry_run", other="as_of")
    return replace(known, dry_run=DeliveryId(with_dry_run) if with_dry_run else None)


AtMoment = Annotated[Moment, Depends(_moment)]
