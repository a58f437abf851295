"""Contesting a reading: open, answered by somebody else, or taken back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from domain.attestation import Withdrawal
from domain.codec import decode, encode
from domain.deadline import DeadlinePast, deadline
from domain.objection import (
    AnotherFigure,
    Answered,
    NothingContested,
    ObjectionClosed,
    ObjectionStatus,
    OwnObjection,
    must_be_the_figure,
)
from support.standing import NOON, an_objection

YES = Answered(accepted=True, reason="berichtigt", by="aufsicht", at=NOON)


@pytest.mark.parametrize(
    ("accepted", "status"), [(True, ObjectionStatus.ACCEPTED), (False, ObjectionStatus.NOT_ACCEPTED)]
)
def test_an_answer_closes_it(accepted: bool, status: ObjectionStatus) -> None:
    closed = an_objection().answered(replace(YES, accepted=accepted))
    assert closed.status is status
    with pytest.raises(ObjectionClosed):
        closed.answered(YES)
    with pytest.raises(ObjectionClosed):
        closed.withdrawn(Withdrawal(by="controlling", at=NOON, reason="geklärt"))


def test_whoever_raised_it_does_not_answer_it() -> None:
    with pytest.raises(OwnObjection):
        an_objection().answered(replace(YES, by="controlling"))


def test_it_is_overdue_from_the_day_after_its_deadline_while_it_is_open() -> None:
    objection = an_objection(due=date(2015, 2, 3))
    assert [objection.overdue(date(2015, 2, day)) for day in (3, 4)] == [False, True]
    assert not objection.answered(YES).overdue(date(2015, 2, 4))


def test_the_same_number_contests_nothing_and_no_number_may_be_contested() -> None:
    with pytest.raises(NothingContested):
        an_objection(contested="98.5", held_right="98.50")
    assert an_objection(contested=None, held_right=None).contested is None


@pytest.mark.parametrize("said", [None, "19.8", "19.80"])
def test_the_figure_as_it_stands_is_contested_however_it_is_written(said: str | None) -> None:
    must_be_the_figure(None if said is None else Decimal(said), Decimal("19.8"))


def test_a_figure_that_nobody_was_shown_is_not_contested() -> None:
    with pytest.raises(AnotherFigure) as refused:
        must_be_the_figure(Decimal(99999), Decimal("19.8"))
    assert ("19.8" in str(refused.value), refused.value.places()[0].pointer) == (True, "/contested")


def test_without_a_day_the_deadline_is_ten_working_days_away() -> None:
    friday = date(2014, 12, 12)
    assert deadline(None, friday) == date(2014, 12, 30)
    assert deadline(friday, friday) == friday
    with pytest.raises(DeadlinePast):
        deadline(date(2014, 12, 11), friday)


@pytest.mark.parametrize(
    ("place", "due"), [("08", date(2015, 1, 14)), ("05158", date(2015, 1, 13)), ("", date(2015, 1, 13))]
)
def test_the_holidays_of_a_land_are_no_days_to_answer_on(place: str, due: date) -> None:
    assert deadline(None, date(2014, 12, 29), place) == due


def test_an_objection_survives_being_written_down() -> None:
    closed = an_objection().answered(YES)
    assert decode(type(closed), encode(closed)) == closed
