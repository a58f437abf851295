"""Consultation sequences in order and out of order."""

from datetime import date

import pytest
from domain.consultation import Consultation, ConsultationKind, Outcome, misordered
from support.consulting import a_step

DAY = date(2013, 1, 1)
PRELIMINARY, DECISION, INFORMATION = ConsultationKind
NOVEMBER, DECEMBER = date(2012, 11, 20), date(2012, 12, 12)


def codes(*steps: Consultation, on: date = DAY) -> list[tuple[str, str]]:
    return [(place.pointer, place.code) for place in misordered(steps, on)]


def test_committees_in_order_with_one_decision_at_the_end_are_sound() -> None:
    steps = [a_step(1, on=NOVEMBER, kind=PRELIMINARY), a_step(2, on=DECEMBER, kind=PRELIMINARY), a_step(3)]
    assert codes(*steps) == []
    assert codes(*reversed(steps)) == [], "the position decides, not the order of arrival"


def test_papers_for_information_alone_need_no_decision() -> None:
    assert codes(a_step(kind=INFORMATION, outcome=Outcome.NOTED)) == []
    assert codes() == []


def test_days_do_not_go_back() -> None:
    steps = [a_step(1, on=DECEMBER, kind=PRELIMINARY), a_step(2, on=NOVEMBER)]
    assert codes(*steps) == [("/consultations/1", "consultation_order")]


def test_nobody_prepares_what_is_decided() -> None:
    steps = [a_step(1), a_step(2, kind=PRELIMINARY)]
    assert codes(*steps) == [("/consultations/1", "consultation_order")]


def test_what_is_prepared_is_decided_once() -> None:
    assert codes(a_step(kind=PRELIMINARY)) == [("/consultations/0", "decision_missing")]
    assert codes(a_step(1), a_step(2)) == [("/consultations/1", "consultation_order")]


@pytest.mark.parametrize(("on", "expected"), [(DECEMBER, []), (DAY, [("/consultations/0", "outcome_missing")])])
def test_what_has_met_has_an_outcome(on: date, expected: list[tuple[str, str]]) -> None:
    assert codes(a_step(on=DECEMBER, outcome=None), on=on) == expected
