"""Consequences of a file review (Maßnahmen der Qualitätssicherung), tracked to done."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.errors import Invalid, Text
from domain.identity import UnitCode
from domain.period import Month


class ConsequenceKind(StrEnum):
    """What is done about an error."""

    WIKI_ENTRY = "wiki_entry"
    TRAINING = "training"
    MEETING = "meeting"
    INSTRUCTION = "instruction"


@dataclass(eq=False)
class DoneAhead(Invalid):
    """What is done was done today or before."""

    title_de = "Erledigt ist etwas heute oder früher."
    says = Text("{day} lies ahead", "{day} liegt in der Zukunft")

    day: date


@dataclass(eq=False)
class DoneBefore(Invalid):
    """What follows from a round is done after the round's month has begun."""

    title_de = "Was aus einer Runde folgt, ist erst nach Beginn ihres Monats erledigt."
    says = Text("{day} lies before {month}", "{day} liegt vor {month}")

    day: date
    month: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What is done about the errors of a round, or of one checkpoint in it, and by when."""

    checkpoint: int | None
    kind: ConsequenceKind
    text: str
    due_on: date
    done_on: date | None = None

    def must_be_done_between(self, month: Month, today: date) -> None:
        """Refuse a day on which it cannot have been done yet, or lies before the round's month."""
        if self.done_on is not None and self.done_on > today:
            raise DoneAhead(self.done_on)
        if self.done_on is not None and self.done_on < month.first_day:
            raise DoneBefore(self.done_on, month)

    def overdue(self, on: date) -> bool:
        """Say whether its day has passed and it is not done."""
        return self.done_on is None and self.due_on < on


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """An action that follows from an office's round."""

    review: UUID
    unit: UnitCode
    action: Action
