"""`/v1/file-reviews/{id}/files`: the sampled files, their answers, and those not found."""

from chassis.auth import Identified
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked
from fastapi import APIRouter, Request, Response

from indicators.api.given import Given
from indicators.api.reviews.given import HeldVersion, Key, Rank, ReasonIn
from indicators.api.reviews.round_schemas import AnswersIn, FileMissingOut, ReviewedFileOut, ReviewedFilePage, file_out
from indicators.usecases.reviews import answers

router = APIRouter(tags=["internal control"], route_class=KeyedRoute)
PATH = "/v1/file-reviews/{id}/files"


@router.get(PATH)
async def list_reviewed_files(id: Key, ports: Given, caller: Identified, asked: Asked) -> ReviewedFilePage:
    """List a round's files in the order of their ranks; those not found stay to be seen."""
    found = await answers.files(ports, caller, id)
    return asked.page(ReviewedFilePage, [file_out(filed) for filed in found])


@router.get(f"{PATH}/{{rank}}", response_model=ReviewedFileOut)
async def get_reviewed_file(request: Request, id: Key, rank: Rank, ports: Given, caller: Identified) -> Response:
    """Give one file with its answers."""
    filed = await answers.one(ports, caller, id, rank)
    return tagged(request, file_out(filed), filed.version)


@router.put(f"{PATH}/{{rank}}", response_model=ReviewedFileOut)
async def answer_file(
    request: Request, id: Key, rank: Rank, sent: AnswersIn, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Answer a file's checkpoints, some or all, in place of all answers before, until the round is closed."""
    filed = await answers.answer(ports, caller, id, rank, held, sent.value())
    return tagged(request, file_out(filed), filed.version)


@router.post(f"{PATH}/{{rank}}/not-found", response_model=FileMissingOut)
async def report_file_missing(
    request: Request, id: Key, rank: Rank, sent: ReasonIn, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Report a file as not found, with the reason; the next in rank takes its place."""
    missing, replacement = await answers.report_missing(ports, caller, id, rank, held, sent.reason)
    told = FileMissingOut(missing=file_out(missing), replacement=file_out(replacement) if replacement else None)
    return tagged(request, told, missing.version)
