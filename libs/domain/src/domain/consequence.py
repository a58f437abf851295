"""Consequences of a file review (Maßnahmen der Qualitätssicherung), tracked to done."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.errors import Invalid, Text
from domain.identity import UnitCode


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What is done about the errors of a round, or of one checkpoint in it, and by when."""

    checkpoint: int | None
    kind: ConsequenceKind
    text: str
    due_on: date
    done_on: date | None = None

    def overdue(self, on: date) -> bool:
        """Say whether its day has passed and it is not done."""
        return self.done_on is None and self.due_on < on


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """An action that follows from an office's round."""

    review: UUID
    unit: UnitCode
    action: Action
