"""Standing for a month: once, after it is over, until it is taken back."""

from datetime import date, timedelta

import pytest
from domain.attestation import (
    AttestationStatus,
    AttestationWithdrawn,
    InstantAhead,
    MonthNotOver,
    Withdrawal,
    must_be_over,
    must_not_be_ahead,
)
from domain.codec import decode, encode
from support.standing import NOON, NOVEMBER, an_attestation

TAKEN_BACK = Withdrawal(by="lead", at=NOON, reason="Nachmeldung")


def test_an_attestation_is_taken_back_once() -> None:
    gone = an_attestation().withdrawn(TAKEN_BACK)
    assert (gone.status, gone.withdrawal) == (AttestationStatus.WITHDRAWN, TAKEN_BACK)
    with pytest.raises(AttestationWithdrawn):
        gone.withdrawn(TAKEN_BACK)


def test_whatever_is_recorded_later_shows() -> None:
    attestation = an_attestation(revisions=3)
    assert [attestation.changed_since(count) for count in (2, 3, 4)] == [False, False, True]


def test_a_month_is_over_on_the_day_after_its_last() -> None:
    must_be_over(NOVEMBER, date(2014, 12, 1))
    with pytest.raises(MonthNotOver):
        must_be_over(NOVEMBER, date(2014, 11, 30))


def test_nothing_is_known_of_an_instant_ahead() -> None:
    must_not_be_ahead(NOON, NOON)
    with pytest.raises(InstantAhead):
        must_not_be_ahead(NOON + timedelta(seconds=1), NOON)


def test_an_attestation_survives_being_written_down() -> None:
    gone = an_attestation().withdrawn(TAKEN_BACK)
    assert decode(type(gone), encode(gone)) == gone
