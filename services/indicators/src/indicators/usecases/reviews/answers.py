"""Answering the sampled files of a round, and reporting those that are not found."""

from collections.abc import Sequence
from uuid import UUID

from chassis.caller import Caller
from domain.file_review import Answer, FileReview, ReviewedFile, ReviewStatus

from indicators.ports import Ports, Work
from indicators.ports.documents import Filed
from indicators.usecases.filing import Check, refile, tell
from indicators.usecases.reviews.errors import NotOnFile, UnknownFile
from indicators.usecases.reviews.rounds import file_id, sampled
from indicators.usecases.reviews.sight import controlled, grid_of, must_own, reviewing


async def files(ports: Ports, caller: Caller, id: UUID) -> list[Filed[ReviewedFile]]:
    """List a round's files in the order of their ranks, those not found among them."""
    async with reviewing(ports, caller) as (work, _, _):
        await work.file_reviews.get(id)
        return await _files(work, id)


async def one(ports: Ports, caller: Caller, id: UUID, rank: int) -> Filed[ReviewedFile]:
    """Give one file of a round."""
    async with reviewing(ports, caller) as (work, _, _):
        await work.file_reviews.get(id)
        return await _file(work, id, rank)


async def answer(
    ports: Ports, caller: Caller, id: UUID, rank: int, check: Check, answers: Sequence[Answer]
) -> Filed[ReviewedFile]:
    """Answer a file, in place of all answers before; others answer other files at the same time."""
    units = await controlled(ports, caller)
    async with ports.begin() as work:
        review = must_own(units, await work.file_reviews.held(id))
        review.value.must_be(ReviewStatus.DRAWN)
        known = await _file(work, id, rank, alone=True)
        check(known.version)
        answered = known.value.answered(answers, (await grid_of(work, review.value)).numbers)
        return await refile(work, caller, work.reviewed_files, known, answered, "file_review.answered")


async def report_missing(
    ports: Ports, caller: Caller, id: UUID, rank: int, check: Check, reason: str
) -> tuple[Filed[ReviewedFile], Filed[ReviewedFile] | None]:
    """Report a file as not found; the next in rank takes its place, as long as there is one."""
    units = await controlled(ports, caller)
    async with ports.begin() as work:
        review = must_own(units, await work.file_reviews.locked(id))
        changed, reference = review.value.replacing()
        known = await _file(work, id, rank, alone=True)
        check(known.version)
        gone = known.value.missing(reason)
        missing = await refile(work, caller, work.reviewed_files, known, gone, "file_review.file_missing")
        return missing, await _replacement(work, caller, review, changed, reference)


async def _replacement(
    work: Work, caller: Caller, review: Filed[FileReview], changed: FileReview, reference: str | None
) -> Filed[ReviewedFile] | None:
    if reference is None:
        return None
    await refile(work, caller, work.file_reviews, review, changed, "file_review.replaced")
    rank = max(filed.value.rank for filed in await _files(work, review.id)) + 1
    replacement = sampled(review, rank, reference)
    await work.reviewed_files.add(replacement)
    await tell(work, caller, "file_review.file_drawn", replacement)
    return replacement


async def _files(work: Work, id: UUID) -> list[Filed[ReviewedFile]]:
    return sorted(await work.reviewed_files.matching({"review": [id]}), key=lambda filed: filed.value.rank)


async def _file(work: Work, id: UUID, rank: int, *, alone: bool = False) -> Filed[ReviewedFile]:
    key = file_id(id, rank)
    try:
        return await (work.reviewed_files.locked(key) if alone else work.reviewed_files.get(key))
    except NotOnFile as error:
        raise UnknownFile(rank) from error
