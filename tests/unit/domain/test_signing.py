"""Deputies, expiry and reminders of a signing."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from domain.identity import UnitCode
from domain.refusal import AlreadySigned, NotAParty
from domain.signing import (
    MOST_REMINDERS,
    Arrangement,
    Deputy,
    RemindedEnough,
    Reminder,
    Signing,
    SigningExpired,
    reminded,
)
from support.agreeing import AGENCY, DISTRICT, NOON, a_signature, an_agreement

DAY = date(2014, 1, 20)
DEPUTY = Deputy(
    party=AGENCY, subject="vertretung", signs_as="Stellvertretung", valid_from=DAY, valid_until=date(2014, 2, 1)
)
SIGNING = Signing(agreement=UUID(int=1), revision=1, arranged=Arrangement(expires_on=DAY, deputies=(DEPUTY,)))


def test_the_last_day_still_counts() -> None:
    SIGNING.must_be_open(DAY)
    with pytest.raises(SigningExpired, match="2014-01-20"):
        SIGNING.must_be_open(date(2014, 1, 21))
    Signing(agreement=UUID(int=1), revision=1).must_be_open(date(2999, 1, 1))


@pytest.mark.parametrize(
    ("party", "subject", "on", "found"),
    [
        (AGENCY, "vertretung", DAY, True),
        (AGENCY, "vertretung", date(2014, 2, 1), False),
        (AGENCY, "vertretung", date(2014, 1, 19), False),
        (AGENCY, "jemand", DAY, False),
        (DISTRICT, "vertretung", DAY, False),
    ],
)
def test_a_deputy_signs_for_their_party_on_the_days_named(party: UnitCode, subject: str, on: date, found: bool) -> None:
    assert (SIGNING.deputy(party, subject, on) is not None) is found


def test_a_party_is_reminded_five_times_at_most() -> None:
    signing, agreement = SIGNING, an_agreement()
    for _ in range(MOST_REMINDERS):
        signing = reminded(signing, agreement, Reminder(party=AGENCY, at=NOON))
    with pytest.raises(RemindedEnough):
        reminded(signing, agreement, Reminder(party=AGENCY, at=NOON))
    assert len(reminded(signing, agreement, Reminder(party=DISTRICT, at=NOON)).reminders) == MOST_REMINDERS + 1


def test_nobody_is_reminded_who_has_signed_or_is_no_party() -> None:
    signed = replace(an_agreement(), signatures=(a_signature(AGENCY),))
    with pytest.raises(AlreadySigned):
        reminded(SIGNING, signed, Reminder(party=AGENCY, at=NOON))
    with pytest.raises(NotAParty):
        reminded(SIGNING, signed, Reminder(party=UnitCode("03002"), at=NOON))
