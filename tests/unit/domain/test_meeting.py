"""Meetings and their rhythm."""

from datetime import date
from uuid import UUID

from domain.meeting import Meeting, MeetingHeld, missed

TODAY = date(2014, 4, 1)


def a_meeting(on: date, *, following: date | None = None) -> Meeting:
    return Meeting(agreement=UUID(int=1), held=MeetingHeld(held_on=on, title="Gespräch", next_on=following))


def test_a_meeting_the_rhythm_asks_for_is_missed_once_its_day_has_passed_and_none_was_recorded_since() -> None:
    first = a_meeting(date(2014, 1, 10), following=date(2014, 3, 31))
    assert list(missed([first], date(2014, 3, 31))) == []
    [place] = missed([first], TODAY)
    assert (place.pointer, place.code, "2014-03-31" in place.detail.en) == ("/meetings", "meeting_missed", True)
    assert list(missed([a_meeting(date(2014, 3, 20)), first], TODAY)) == []
    assert list(missed([], TODAY)) == []
