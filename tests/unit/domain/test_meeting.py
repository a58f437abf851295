"""Meetings, their rhythm and the tasks taken on in them."""

from datetime import date

from domain.identity import UnitCode
from domain.meeting import MeetingHeld, Task, still_open

TODAY = date(2014, 4, 1)


def a_task(text: str, due: date | None = None, *, done: bool = False) -> Task:
    return Task(text=text, owner=UnitCode("36402"), due=due, done_on=TODAY if done else None)


def a_meeting(on: date, *tasks: Task, following: date | None = None) -> MeetingHeld:
    return MeetingHeld(held_on=on, title="Gespräch", tasks=tasks, next_on=following)


def test_open_tasks_of_all_meetings_come_those_due_first() -> None:
    first = a_meeting(date(2014, 1, 10), a_task("später", date(2014, 6, 1)), a_task("ohne Tag"))
    second = a_meeting(
        date(2014, 2, 10), a_task("bald", date(2014, 3, 1)), a_task("fertig", date(2014, 2, 20), done=True)
    )
    assert [task.text for task in still_open([second, first], TODAY).tasks] == ["bald", "später", "ohne Tag"]


def test_a_meeting_the_rhythm_asks_for_is_missed_once_its_day_has_passed_and_none_was_held_since() -> None:
    first = a_meeting(date(2014, 1, 10), following=date(2014, 3, 31))
    assert still_open([first], date(2014, 3, 31)).meeting_missed is None
    assert still_open([first], TODAY).meeting_missed == date(2014, 3, 31)
    assert still_open([first, a_meeting(date(2014, 3, 20))], TODAY).meeting_missed is None
    assert still_open([], TODAY).meeting_missed is None


def test_a_task_is_overdue_from_the_day_after_it_was_due_until_it_is_done() -> None:
    task = a_task("bald", date(2014, 4, 1))
    assert [task.overdue(day) for day in (TODAY, date(2014, 4, 2))] == [False, True]
    assert not a_task("fertig", date(2014, 1, 1), done=True).overdue(TODAY)
