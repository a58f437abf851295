"""Meetings under an agreement, in the rhythm its parties agreed on (MS12)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.errors import Place, Text
from domain.identity import UnitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingHeld:
    """A meeting as it is recorded; `next_on` is the day the rhythm leads to."""

    held_on: date
    title: str
    participants: tuple[UnitCode, ...] = ()
    agenda: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    next_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting under an agreement."""

    agreement: UUID
    held: MeetingHeld


def missed(meetings: Iterable[Meeting], on: date) -> Iterator[Place]:
    """Name the meeting the rhythm asked for whose day has passed, where none was recorded since."""
    latest = max((meeting.held for meeting in meetings), key=lambda held: held.held_on, default=None)
    if latest is not None and latest.next_on is not None and latest.next_on < on:
        day = latest.next_on
        text = Text(f"none is recorded for {day}", f"für den {day:%d.%m.%Y} ist keine festgehalten")
        yield Place(pointer="/meetings", code="meeting_missed", detail=text)
