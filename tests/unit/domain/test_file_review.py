"""A round goes from its plan over draw and answers to sums that name nobody."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from domain.file_review import (
    Answer,
    AnswersDoNotFit,
    FileAnswered,
    FileNotFound,
    FileReview,
    FileState,
    ReviewedFile,
    ReviewIncomplete,
    ReviewNotInState,
    ReviewStatus,
    Verdict,
)
from domain.identity import UnitCode
from domain.period import Month
from domain.sampling import Draw

OFFICE = UnitCode("08111-01")
PLANNED = FileReview(unit=OFFICE, month=Month(2012, 3), grid="leistung", grid_version=1)
DRAW = Draw(population_digest="0" * 64, population_size=30, seed="s", reserve=("c", "d"))
DRAWN = PLANNED.drawn(DRAW)
FILE = ReviewedFile(review=UUID(int=1), unit=OFFICE, rank=1, reference="a")
YES, NO, NOT = Verdict.YES, Verdict.NO, Verdict.NOT_APPLICABLE


def an_answer(checkpoint: int, answer: Verdict = YES, amount: str | None = None) -> Answer:
    return Answer(checkpoint=checkpoint, answer=answer, amount=Decimal(amount) if amount else None)


def test_ten_files_are_usual_and_a_sample_is_drawn_once() -> None:
    assert PLANNED.sample_size == 10
    with pytest.raises(ReviewNotInState, match="planned"):
        DRAWN.drawn(DRAW)


def test_a_file_not_found_is_replaced_by_the_next_in_rank_as_long_as_there_is_one() -> None:
    once, first = DRAWN.replacing()
    twice, second = once.replacing()
    assert (first, second, twice.replacing()) == ("c", "d", (twice, None))
    gone = FILE.missing("beim Gericht")
    assert (gone.state, gone.reason) == (FileState.NOT_FOUND, "beim Gericht")
    with pytest.raises(FileNotFound):
        gone.answered([], [1])


def test_a_file_with_answers_was_found() -> None:
    with pytest.raises(FileAnswered):
        FILE.answered([an_answer(1)], [1]).missing("weg")


def test_answers_fit_the_grid_and_an_amount_belongs_to_an_error() -> None:
    wrong = [an_answer(1), an_answer(1), an_answer(9), an_answer(2, YES, "5"), an_answer(3, NO, "0.001")]
    with pytest.raises(AnswersDoNotFit) as refused:
        FILE.answered(wrong, [1, 2, 3])
    assert [(place.pointer, place.code) for place in refused.value.places()] == [
        ("/answers/1/checkpoint", "answered_twice"),
        ("/answers/2/checkpoint", "unknown_checkpoint"),
        ("/answers/3/amount", "amount_without_error"),
        ("/answers/4/amount", "amount_without_error"),
    ]


def test_a_round_is_closed_when_every_file_is_answered_or_missing() -> None:
    other = replace(FILE, rank=2, reference="b").answered([an_answer(1)], [1, 2])
    with pytest.raises(ReviewIncomplete) as refused:
        DRAWN.closed([FILE, other], [1, 2])
    assert [place.pointer for place in refused.value.places()] == ["/files/1/answers", "/files/2/answers"]
    assert refused.value.places()[1].detail.en == "answer checkpoints 2"


def test_closing_leaves_sums_and_gives_the_reserve_up() -> None:
    first = FILE.answered([an_answer(1, NO, "184.00"), an_answer(2, NOT)], [1, 2])
    second = replace(FILE, rank=2, reference="b").answered([an_answer(2, NO), an_answer(1, NO, "16.5")], [1, 2])
    gone = replace(FILE, rank=3, reference="c").missing("weg")
    closed = DRAWN.closed([first, second, gone], [1, 2])
    assert closed.status is ReviewStatus.CLOSED
    assert closed.draw is not None
    assert closed.draw.reserve == ()
    assert closed.results is not None
    results = closed.results
    assert (results.reviewed, results.with_errors, results.not_found) == (2, 2, 1)
    assert [(t.checkpoint, t.right, t.errors, t.not_applicable, t.amount) for t in results.tallies] == [
        (1, 0, 2, 0, Decimal("200.50")),
        (2, 0, 1, 1, Decimal(0)),
    ]
    with pytest.raises(ReviewNotInState):
        closed.withdrawn("falsch")


def test_a_round_withdrawn_keeps_its_reason_and_gives_the_reserve_up() -> None:
    gone = DRAWN.withdrawn("falsche Grundgesamtheit")
    assert (gone.status, gone.reason) == (ReviewStatus.WITHDRAWN, "falsche Grundgesamtheit")
    assert gone.draw is not None
    assert gone.draw.reserve == ()
    assert PLANNED.withdrawn("zu früh").draw is None
