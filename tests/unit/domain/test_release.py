"""Named states of the data: final after the waiting time, replaced by name and reason only."""

from dataclasses import replace
from datetime import date

import pytest
from domain.codec import decode, encode
from domain.period import Month, Period
from domain.release import (
    FinalTooEarly,
    MonthsAhead,
    MonthsNotReleased,
    ReleaseKind,
    VintageNotNamed,
    VintageWithoutReason,
    overlap,
    standing_finals,
)
from support.standing import a_release

QUARTER = Period.parse("2014-Q4")


def test_a_month_is_final_after_three_whole_months() -> None:
    a_release().must_be_ripe(date(2015, 3, 1))
    with pytest.raises(FinalTooEarly) as refused:
        a_release().must_be_ripe(date(2015, 2, 28))
    assert "2015-03-01" in refused.value.detail("de")
    a_release(kind=ReleaseKind.PROVISIONAL).must_be_ripe(date(2014, 11, 1))


def test_months_ahead_are_not_released() -> None:
    with pytest.raises(MonthsAhead):
        a_release(kind=ReleaseKind.PROVISIONAL).must_be_ripe(date(2014, 10, 31))


def test_a_release_tells_its_own_months() -> None:
    quarter = a_release("quartal", QUARTER)
    for number in (10, 12):
        quarter.must_hold(Month(2014, number), Month(2014, 12))
    for first, last in ((Month(2014, 9), Month(2014, 12)), (Month(2014, 10), Month(2015, 1))):
        with pytest.raises(MonthsNotReleased) as refused:
            quarter.must_hold(first, last)
        assert "2014-10 bis 2014-12" in refused.value.detail("de")


def test_a_new_vintage_names_exactly_what_it_replaces_and_says_why() -> None:
    known = standing_finals([a_release("quartal", QUARTER), a_release("oktober", Period.parse("2014-10"))])
    new = a_release("neu", replaces=("quartal",), reason="Korrektur")
    new.must_follow(known)
    for wrong in ((), ("oktober",), ("oktober", "quartal")):
        with pytest.raises(VintageNotNamed):
            replace(new, replaces=wrong).must_follow(known)
    with pytest.raises(VintageWithoutReason):
        replace(new, reason=None).must_follow(known)


def test_a_provisional_release_replaces_nothing() -> None:
    provisional = a_release("vorläufig", kind=ReleaseKind.PROVISIONAL)
    provisional.must_follow(standing_finals([a_release()]))
    with pytest.raises(VintageNotNamed):
        replace(provisional, replaces=("2014-11",)).must_follow(standing_finals([a_release()]))


def test_what_was_replaced_stands_no_longer() -> None:
    first, second = a_release("1"), a_release("2", replaces=("1",))
    assert [code for code, _ in standing_finals([first, second])] == ["2"]
    assert standing_finals([a_release(kind=ReleaseKind.PROVISIONAL)]) == []


def test_periods_overlap_where_they_share_a_month() -> None:
    december = Period.lasting(Month(2014, 12), 1)
    assert overlap(QUARTER, december)
    assert not overlap(december, Period.parse("2015"))


def test_a_release_survives_being_written_down() -> None:
    release = a_release("2", QUARTER, replaces=("1",), reason="Korrektur")
    assert decode(type(release), encode(release)) == release
