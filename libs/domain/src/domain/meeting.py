"""Meetings under an agreement: talks in a rhythm, what came of them, and what is to be done until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.identity import GoalCode, UnitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something somebody took on, perhaps for one of the goals; done on a day, or still open."""

    text: str
    owner: UnitCode
    due: date | None = None
    done_on: date | None = None
    goal: GoalCode | None = None

    def overdue(self, on: date) -> bool:
        """Say whether it is open past its day."""
        return self.done_on is None and self.due is not None and self.due < on


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingHeld:
    """A meeting as it is recorded; `next_on` is the day the rhythm leads to."""

    held_on: date
    title: str
    participants: tuple[UnitCode, ...] = ()
    agenda: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    next_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting under an agreement."""

    agreement: UUID
    held: MeetingHeld


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """What is open under an agreement on a day: tasks by their days, and a meeting the rhythm asks for."""

    tasks: tuple[Task, ...]
    meeting_missed: date | None


def still_open(meetings: Iterable[MeetingHeld], on: date) -> Open:
    """Collect open tasks, those due first, and the next meeting where its day has passed."""
    known = sorted(meetings, key=lambda held: held.held_on)
    tasks = [task for held in known for task in held.tasks if task.done_on is None]
    following = known[-1].next_on if known else None
    return Open(
        tasks=tuple(sorted(tasks, key=lambda task: (task.due is None, task.due or date.max))),
        meeting_missed=following if following is not None and following < on else None,
    )
