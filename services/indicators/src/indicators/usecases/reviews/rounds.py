"""Rounds of file reviews: planned, drawn by the rule, closed into sums, or withdrawn."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from chassis.caller import Caller
from domain.file_review import FileReview, ReviewedFile, ReviewStatus
from domain.period import Month
from domain.sampling import checked, draw
from domain.unit_months import lives_in

from indicators.ports import Ports
from indicators.ports.documents import Filed
from indicators.usecases.errors import MonthAhead
from indicators.usecases.filing import Check, file, refile
from indicators.usecases.reviews.errors import OfficeNotThere
from indicators.usecases.reviews.sight import controlled, grid_of, must_control, must_own, reviewing
from indicators.usecases.sight import known_units


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rounds are asked for; no wish is any."""

    units: Sequence[str] = ()
    months: Sequence[Month] = ()
    grids: Sequence[str] = ()
    statuses: Sequence[ReviewStatus] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """A list of references as it arrived, and the seed to draw with, if one is given."""

    content: bytes
    media_type: str
    seed: str | None


async def plan(ports: Ports, caller: Caller, id: UUID, planned: FileReview) -> Filed[FileReview]:
    """Plan the round of an office for a month that has begun."""
    must_control(await controlled(ports, caller), planned.unit)
    unit = (await known_units(ports)).get(planned.unit)
    if not lives_in(unit, planned.month):
        raise OfficeNotThere(planned.unit, planned.month)
    if planned.month > Month.of(ports.today()):
        raise MonthAhead(str(planned.month))
    async with ports.begin() as work:
        await grid_of(work, planned)
        return await file(work, caller, work.file_reviews, id, planned, "file_review.planned")


async def draw_sample(ports: Ports, caller: Caller, id: UUID, sent: Population) -> Filed[FileReview]:
    """Draw the sample of a planned round; of the population only digest, size and the drawn ranks are kept."""
    units = await controlled(ports, caller)
    async with ports.look(None) as work:
        must_own(units, await work.file_reviews.get(id)).value.must_be(ReviewStatus.PLANNED)
    rows = await asyncio.to_thread(ports.read_references, sent.content, sent.media_type)
    references = await asyncio.to_thread(checked, rows)
    async with ports.begin() as work:
        known = must_own(units, await work.file_reviews.locked(id))
        drawn, sample = await asyncio.to_thread(draw, references, known.value.sample_size, sent.seed)
        changed = known.value.drawn(drawn)
        await work.reviewed_files.add(*(sampled(known, rank, one) for rank, one in enumerate(sample, start=1)))
        return await refile(work, caller, work.file_reviews, known, changed, "file_review.drawn")


def sampled(review: Filed[FileReview], rank: int, reference: str) -> Filed[ReviewedFile]:
    """Give a drawn file of a round; its id follows from round and rank."""
    value = ReviewedFile(review=review.id, unit=review.value.unit, rank=rank, reference=reference)
    return Filed(id=file_id(review.id, rank), version=1, value=value)


def file_id(review: UUID, rank: int) -> UUID:
    """Give the id of a round's file."""
    return uuid5(review, str(rank))


async def close(ports: Ports, caller: Caller, id: UUID, check: Check) -> Filed[FileReview]:
    """Close a round: what its files said becomes sums, and no answer changes any more."""
    units = await controlled(ports, caller)
    async with ports.begin() as work:
        known = must_own(units, await work.file_reviews.locked(id))
        check(known.version)
        files = [filed.value for filed in await work.reviewed_files.matching({"review": [id]})]
        closed = known.value.closed(files, (await grid_of(work, known.value)).numbers)
        return await refile(work, caller, work.file_reviews, known, closed, "file_review.closed")


async def withdraw(ports: Ports, caller: Caller, id: UUID, check: Check, reason: str) -> Filed[FileReview]:
    """Withdraw a round that is not closed; it stays on file with the reason, and another may be planned."""
    units = await controlled(ports, caller)
    async with ports.begin() as work:
        known = must_own(units, await work.file_reviews.locked(id))
        check(known.version)
        gone = known.value.withdrawn(reason)
        return await refile(work, caller, work.file_reviews, known, gone, "file_review.withdrawn")


async def one(ports: Ports, caller: Caller, id: UUID) -> Filed[FileReview]:
    """Give one round."""
    async with reviewing(ports, caller) as (work, _, _):
        return await work.file_reviews.get(id)


async def matching(
    ports: Ports, caller: Caller, wanted: Wanted, after: UUID | None, limit: int
) -> list[Filed[FileReview]]:
    """List rounds within reach in the order in which they were planned."""
    async with reviewing(ports, caller, wanted.units) as (work, _, _):
        keys = {"unit": wanted.units, "month": wanted.months, "grid": wanted.grids, "status": wanted.statuses}
        return await work.file_reviews.matching(keys, after, limit)
