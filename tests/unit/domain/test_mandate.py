"""Mandates and the duty to report."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from domain.consultation import Consultation, ConsultationKind, Outcome
from domain.mandate import MandateNotOpen, MandateStatus, NotDecided, grant, report, use
from support.consulting import AGREEMENT, REPORTED, USED, a_grant, a_mandate, a_step


def test_a_mandate_goes_from_its_decision_through_its_use_to_the_report() -> None:
    granted = grant(AGREEMENT, a_grant("K2"), a_step())
    used = use(granted, USED)
    reported = report(used, REPORTED)
    assert [one.status for one in (granted, used, reported)] == list(MandateStatus)
    assert granted.holder == "05515"


@pytest.mark.parametrize(
    "step",
    [
        a_step(outcome=None),
        a_step(outcome=Outcome.REJECTED),
        a_step(outcome=Outcome.POSTPONED),
        a_step(kind=ConsultationKind.PRELIMINARY),
        replace(a_step(), agreement=UUID(int=9)),
    ],
)
def test_nothing_but_an_approving_decision_of_the_same_agreement_grants_one(step: Consultation) -> None:
    with pytest.raises(NotDecided):
        grant(AGREEMENT, a_grant("K2"), step)


def test_an_amended_decision_grants_one_too() -> None:
    assert grant(AGREEMENT, a_grant(), a_step(outcome=Outcome.AMENDED)).status is MandateStatus.GRANTED


def test_a_mandate_is_used_once_and_reported_once() -> None:
    with pytest.raises(MandateNotOpen, match="used"):
        use(a_mandate(), USED)
    with pytest.raises(MandateNotOpen, match="granted"):
        report(a_mandate(status=MandateStatus.GRANTED), REPORTED)
    with pytest.raises(MandateNotOpen, match="reported"):
        report(a_mandate(status=MandateStatus.REPORTED), REPORTED)


def test_the_report_is_overdue_from_the_day_after_it_was_due() -> None:
    days = [date(2013, 3, 31), date(2013, 4, 1)]
    assert [a_mandate().overdue(day) for day in days] == [False, True]
    assert not a_mandate(status=MandateStatus.REPORTED).overdue(days[1])
