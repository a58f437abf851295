"""File reviews (Aktenprüfung): a month's round of an office, its sampled files and their answers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.errors import Conflict, Invalid, Place, Text
from domain.identity import UnitCode
from domain.period import Month
from domain.quantity import half_up
from domain.review_results import Results, Tally
from domain.sampling import Draw

USUAL_SAMPLE = 10
CENTS = 2


class ReviewStatus(StrEnum):
    """How far a round is."""

    PLANNED = "planned"
    DRAWN = "drawn"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class FileState(StrEnum):
    """Whether a drawn file was there."""

    DRAWN = "drawn"
    NOT_FOUND = "not_found"


class Verdict(StrEnum):
    """What a checkpoint's question is answered with; no is an error."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


@dataclass(eq=False)
class ReviewNotInState(Conflict):
    """The round is not in the state this needs."""

    title_de = "Die Prüfrunde ist nicht in dem Stand, den dies braucht."
    says = Text("it is '{status}' and would have to be '{needed}'", "sie ist „{status}“ und müsste „{needed}“ sein")

    status: ReviewStatus
    needed: ReviewStatus


@dataclass(eq=False)
class ReviewIncomplete(Conflict):
    """A round is closed when every file is answered or reported as not found."""

    title_de = "Eine Prüfrunde wird geschlossen, wenn jede Akte beantwortet oder als nicht auffindbar gemeldet ist."
    says = Text("{count} files lack answers", "zu {count} Akten fehlen Antworten")

    count: int
    lacking: tuple[tuple[int, tuple[int, ...]], ...]

    def places(self) -> tuple[Place, ...]:
        """Name each file and the checkpoints without an answer."""
        return tuple(
            Place(pointer=f"/files/{rank}/answers", code="unanswered", detail=_unanswered(numbers))
            for rank, numbers in self.lacking
        )


@dataclass(eq=False)
class AnswersDoNotFit(Invalid):
    """Answers belong to checkpoints of the round's grid, one each; an amount belongs to an error."""

    title_de = "Antworten gehören zu je einem Prüfpunkt des Rasters; ein Betrag gehört zu einem Fehler."
    says = Text("{count} answers do not fit", "{count} Antworten passen nicht")

    count: int
    faults: tuple[Place, ...]

    def places(self) -> tuple[Place, ...]:
        """Name each of them."""
        return self.faults


@dataclass(eq=False)
class FileAnswered(Conflict):
    """A file that was answered was found."""

    title_de = "Eine Akte mit Antworten wurde gefunden."
    says = Text(
        "file {rank} has answers; take them back first", "zu Akte {rank} gibt es Antworten; nehmen Sie diese zuerst weg"
    )

    rank: int


@dataclass(eq=False)
class FileNotFound(Conflict):
    """A file that was reported as not found is out of the round."""

    title_de = "Eine als nicht auffindbar gemeldete Akte ist aus der Runde."
    says = Text("file {rank} was reported as not found", "Akte {rank} ist als nicht auffindbar gemeldet")

    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one checkpoint; an error may have an amount in euros."""

    checkpoint: int
    answer: Verdict
    amount: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedFile:
    """A file of a round by its rank in the draw; those beyond the sample's size replaced files not found."""

    review: UUID
    unit: UnitCode
    rank: int
    reference: str
    state: FileState = FileState.DRAWN
    reason: str | None = None
    answers: tuple[Answer, ...] = ()

    def answered(self, answers: Sequence[Answer], numbers: Collection[int]) -> "ReviewedFile":
        """Take the answers in place of those before; the numbers are those of the round's checkpoints."""
        self._must_be_there()
        faults = [fault for position in range(len(answers)) for fault in _misfits(answers, position, numbers)]
        if faults:
            raise AnswersDoNotFit(len(faults), tuple(faults))
        return replace(self, answers=tuple(sorted(answers, key=lambda answer: answer.checkpoint)))

    def missing(self, reason: str) -> "ReviewedFile":
        """Report it as not found."""
        self._must_be_there()
        if self.answers:
            raise FileAnswered(self.rank)
        return replace(self, state=FileState.NOT_FOUND, reason=reason)

    def unanswered(self, numbers: Iterable[int]) -> tuple[int, ...]:
        """List the checkpoints without an answer."""
        known = {answer.checkpoint for answer in self.answers}
        return tuple(number for number in numbers if number not in known)

    @property
    def has_errors(self) -> bool:
        """Say whether any answer is no."""
        return any(answer.answer is Verdict.NO for answer in self.answers)

    def _must_be_there(self) -> None:
        if self.state is FileState.NOT_FOUND:
            raise FileNotFound(self.rank)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReview:
    """An office's round for a month; what its files said is kept as sums once it is closed."""

    unit: UnitCode
    month: Month
    grid: str
    grid_version: int
    sample_size: int = USUAL_SAMPLE
    status: ReviewStatus = ReviewStatus.PLANNED
    draw: Draw | None = None
    results: Results | None = None
    reason: str | None = None

    def must_be(self, needed: ReviewStatus) -> None:
        """Refuse unless it is in this state."""
        if self.status is not needed:
            raise ReviewNotInState(self.status, needed)

    def drawn(self, draw: Draw) -> "FileReview":
        """Keep what is known of the draw; a sample is drawn once."""
        self.must_be(ReviewStatus.PLANNED)
        return replace(self, status=ReviewStatus.DRAWN, draw=draw)

    def replacing(self) -> tuple["FileReview", str | None]:
        """Take the next in rank out of the reserve; none where it is used up."""
        self.must_be(ReviewStatus.DRAWN)
        if self.draw is None or not self.draw.reserve:
            return self, None
        first, *rest = self.draw.reserve
        return replace(self, draw=replace(self.draw, reserve=tuple(rest))), first

    def closed(self, files: Sequence[ReviewedFile], numbers: Sequence[int]) -> "FileReview":
        """Close it: every file is answered at every checkpoint or reported; the reserve is given up."""
        self.must_be(ReviewStatus.DRAWN)
        found = [file for file in files if file.state is FileState.DRAWN]
        lacking = tuple((file.rank, file.unanswered(numbers)) for file in found if file.unanswered(numbers))
        if lacking:
            raise ReviewIncomplete(len(lacking), lacking)
        results = Results(
            reviewed=len(found),
            with_errors=sum(file.has_errors for file in found),
            not_found=len(files) - len(found),
            tallies=tuple(_tally(number, found) for number in numbers),
        )
        draw = replace(self.draw, reserve=()) if self.draw else None
        return replace(self, status=ReviewStatus.CLOSED, draw=draw, results=results)

    def withdrawn(self, reason: str) -> "FileReview":
        """Withdraw it with a reason, such as a wrong population; what is closed stays."""
        if self.status not in (ReviewStatus.PLANNED, ReviewStatus.DRAWN):
            raise ReviewNotInState(self.status, ReviewStatus.DRAWN)
        draw = replace(self.draw, reserve=()) if self.draw else None
        return replace(self, status=ReviewStatus.WITHDRAWN, draw=draw, reason=reason)


def _tally(number: int, files: Iterable[ReviewedFile]) -> Tally:
    answers = [answer for file in files for answer in file.answers if answer.checkpoint == number]
    verdicts = [answer.answer for answer in answers]
    return Tally(
        checkpoint=number,
        right=verdicts.count(Verdict.YES),
        errors=verdicts.count(Verdict.NO),
        not_applicable=verdicts.count(Verdict.NOT_APPLICABLE),
        amount=sum((answer.amount for answer in answers if answer.amount is not None), Decimal("0.00")),
    )


def _misfits(answers: Sequence[Answer], position: int, numbers: Collection[int]) -> Iterable[Place]:
    answer, place = answers[position], f"/answers/{position}"
    if answer.checkpoint not in numbers:
        detail = Text("the round's grid has no such checkpoint", "das Raster der Runde hat diesen Prüfpunkt nicht")
        yield Place(pointer=f"{place}/checkpoint", code="unknown_checkpoint", detail=detail)
    if any(answer.checkpoint == other.checkpoint for other in answers[:position]):
        detail = Text("it is answered above already", "er ist weiter oben schon beantwortet")
        yield Place(pointer=f"{place}/checkpoint", code="answered_twice", detail=detail)
    amount = answer.amount
    if amount is not None and (answer.answer is not Verdict.NO or amount < 0 or amount != half_up(amount, CENTS)):
        detail = Text(
            "an amount of 0 or more, in euros and cents, belongs to the answer no",
            "ein Betrag ab 0 in Euro und Cent gehört zur Antwort no",
        )
        yield Place(pointer=f"{place}/amount", code="amount_without_error", detail=detail)


def _unanswered(numbers: Iterable[int]) -> Text:
    listed = ", ".join(map(str, numbers))
    return Text(f"answer checkpoints {listed}", f"beantworten Sie die Prüfpunkte {listed}")
