"""Phases of a planning round, and what they and its calendar refuse."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import Conflict, Invalid, Text, Unknown


class Phase(StrEnum):
    """Where a round stands: three sections as the federal-state paper on steering has them, and its end."""

    REFERENCE_VALUES = "reference_values"
    NEGOTIATION = "negotiation"
    CONCLUSION = "conclusion"
    CLOSED = "closed"


class RoundAct(StrEnum):
    """What moves a round."""

    ADVANCE = "advance"


@dataclass(eq=False)
class StepTwice(Invalid):
    """A calendar has two steps of one code."""

    title_de = "Ein Kalender hat zwei Schritte mit demselben Schlüssel."
    says = Text("more than once: {codes}", "mehrfach: {codes}")

    codes: str


@dataclass(eq=False)
class UnknownStep(Unknown):
    """The round has no such step."""

    title_de = "Diesen Schritt hat die Planungsrunde nicht."
    says = Text("there is no step '{code}' in the calendar", "im Kalender gibt es keinen Schritt „{code}“")

    code: str


@dataclass(eq=False)
class StepDone(Conflict):
    """The step is done."""

    title_de = "Der Schritt ist erledigt."
    says = Text("'{code}' was done on {done_on}", "„{code}“ ist seit {done_on:%d.%m.%Y} erledigt")

    code: str
    done_on: date


@dataclass(eq=False)
class EvidenceNeeded(Invalid):
    """A step is done on a day that has come, and something shows it."""

    title_de = "Ein Schritt ist an einem Tag erledigt, der gekommen ist, und etwas weist es nach."
    says = Text(
        "give `evidence`, such as a paper's number, and a day up to {today}",
        "geben Sie `evidence` an, etwa eine Vorlagennummer, und einen Tag bis {today:%d.%m.%Y}",
    )

    today: date


@dataclass(eq=False)
class RoundIsClosed(Conflict):
    """The round is closed."""

    title_de = "Die Planungsrunde ist abgeschlossen."
    says = Text("it is kept as it ended", "sie bleibt, wie sie endete")


@dataclass(eq=False)
class NotInThisPhase(Conflict):
    """The phase of the round does not allow this."""

    title_de = "Der Abschnitt der Planungsrunde lässt dies nicht zu."
    says = Text(
        "the round stands at {phase}; this belongs to {allowed}",
        "die Runde steht bei {phase}; dies gehört zu {allowed}",
    )

    phase: Phase
    allowed: str
