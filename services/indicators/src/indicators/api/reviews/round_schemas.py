"""Rounds of file reviews and their files on the wire."""

from uuid import UUID

from chassis.wire import DecimalText, FigureText, KeyText, MonthText, Prose, Sent, Told
from domain.codec import decode, encode
from domain.file_review import USUAL_SAMPLE, Answer, FileReview, FileState, ReviewedFile, ReviewStatus, Verdict
from domain.identity import UnitCode
from domain.period import Month
from domain.quantity import Currency, half_up
from domain.review_results import Results, Tally
from domain.sampling import Draw
from pydantic import Field

from indicators.ports.documents import Filed

LARGEST_SAMPLE = 1_000
CENTS = 2
RULE = "SHA-256(seed ‖ population_digest ‖ reference) as UTF-8 text, the smallest first; docs/redraw_sample.py"


class FileReviewIn(Sent):
    """The round of an office for a month, by a version of a grid."""

    unit: str = Field(min_length=1, max_length=40)
    month: MonthText
    grid: KeyText
    grid_version: int = Field(ge=1, le=10_000)
    sample_size: int = Field(USUAL_SAMPLE, ge=1, le=LARGEST_SAMPLE)

    def value(self) -> FileReview:
        """Give the round."""
        return FileReview(
            unit=UnitCode(self.unit),
            month=Month.parse(self.month),
            grid=self.grid,
            grid_version=self.grid_version,
            sample_size=self.sample_size,
        )


class DrawOut(Told):
    """How the sample was drawn: enough to draw it again from the same population."""

    rule: str
    population_digest: str
    population_size: int
    seed: str
    reserve_left: int


class MoneyOut(Told):
    """An amount of money."""

    amount: FigureText
    currency: Currency


class TallyOut(Told):
    """How a checkpoint was answered."""

    checkpoint: int
    right: int
    errors: int
    not_applicable: int
    amount: MoneyOut


class ResultsOut(Told):
    """What a closed round came to: files reviewed, files with at least one error, files not found."""

    reviewed_files: int
    files_with_errors: int
    files_not_found: int
    checkpoints: list[TallyOut]


class FileReviewOut(Told):
    """A round."""

    id: UUID
    version: int
    unit: str
    month: str
    grid: str
    grid_version: int
    sample_size: int
    status: ReviewStatus
    draw: DrawOut | None
    results: ResultsOut | None
    reason: str | None


class FileReviewPage(Told):
    """Rounds in the order in which they were planned."""

    items: list[FileReviewOut]
    next: str | None


class CheckpointAnswerIn(Sent):
    """The answer to one checkpoint; an amount in euros belongs to an error. Name no person in the note."""

    checkpoint: int = Field(ge=1, le=10_000)
    answer: Verdict
    amount: DecimalText | None = None
    note: Prose | None = None


class AnswersIn(Sent):
    """All answers to a file, in place of those before."""

    answers: list[CheckpointAnswerIn] = Field(max_length=200)

    def value(self) -> list[Answer]:
        """Give the answers."""
        return [decode(Answer, one.model_dump(mode="json")) for one in self.answers]


class CheckpointAnswerOut(Told):
    """The answer to one checkpoint."""

    checkpoint: int
    answer: Verdict
    amount: FigureText | None
    note: str | None


class ReviewedFileOut(Told):
    """A sampled file by its rank in the draw."""

    version: int
    rank: int
    reference: str
    state: FileState
    reason: str | None
    currency: Currency
    answers: list[CheckpointAnswerOut]


class ReviewedFilePage(Told):
    """Files of a round in the order of their ranks."""

    items: list[ReviewedFileOut]
    next: str | None


class FileMissingOut(Told):
    """A file reported as not found, and the one that takes its place; none where the reserve is used up."""

    missing: ReviewedFileOut
    replacement: ReviewedFileOut | None


def review_out(filed: Filed[FileReview]) -> FileReviewOut:
    """Tell a round."""
    review = filed.value
    return FileReviewOut(
        id=filed.id,
        version=filed.version,
        unit=review.unit,
        month=str(review.month),
        grid=review.grid,
        grid_version=review.grid_version,
        sample_size=review.sample_size,
        status=review.status,
        draw=_draw_out(review.draw) if review.draw else None,
        results=_results_out(review.results) if review.results else None,
        reason=review.reason,
    )


def file_out(filed: Filed[ReviewedFile]) -> ReviewedFileOut:
    """Tell a sampled file."""
    file = filed.value
    return ReviewedFileOut(
        version=filed.version,
        rank=file.rank,
        reference=file.reference,
        state=file.state,
        reason=file.reason,
        currency=Currency.EUR,
        answers=[CheckpointAnswerOut.model_validate(encode(answer)) for answer in file.answers],
    )


def money(tally: Tally) -> MoneyOut:
    """Tell the amount of a checkpoint's errors."""
    return MoneyOut(amount=half_up(tally.amount, CENTS), currency=Currency.EUR)


def _draw_out(draw: Draw) -> DrawOut:
    return DrawOut(
        rule=RULE,
        population_digest=draw.population_digest,
        population_size=draw.population_size,
        seed=draw.seed,
        reserve_left=len(draw.reserve),
    )


def _results_out(results: Results) -> ResultsOut:
    return ResultsOut(
        reviewed_files=results.reviewed,
        files_with_errors=results.with_errors,
        files_not_found=results.not_found,
        checkpoints=[
            TallyOut(
                checkpoint=tally.checkpoint,
                right=tally.right,
                errors=tally.errors,
                not_applicable=tally.not_applicable,
                amount=money(tally),
            )
            for tally in results.tallies
        ],
    )
