"""Calendars that ship as data: the steps that a year's round goes through in practice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.errors import Text, Unknown
from domain.planning import StepPlanned


@dataclass(eq=False)
class UnknownCalendar(Unknown):
    """No such calendar ships."""

    title_de = "Diesen Kalender gibt es nicht."
    says = Text("there is no calendar '{code}'; there are {known}", "es gibt keinen Kalender „{code}“; es gibt {known}")

    code: str
    known: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyStep:
    """A step that comes back every year; `shift` counts years from the year that is planned for."""

    code: str
    title: str
    owner: str
    shift: int
    month: int
    day: int

    def of(self, year: int) -> StepPlanned:
        """Give the step of the round for a year."""
        due = date(year + self.shift, self.month, self.day)
        return StepPlanned(code=self.code, title=self.title, owner=self.owner, due=due)


def _step(code: str, shift: int, day: str, owner: str, title: str) -> YearlyStep:
    first, month = day.split(".")
    return YearlyStep(code=code, title=title, owner=owner, shift=shift, month=int(month), day=int(first))


JOBCENTER, BOARD, COUNCIL = "Jobcenter", "Verwaltungsvorstand", "Rat"
COORDINATION, LEADERS = "Koordinierungsstelle", "Leitungsrunde"

MUENSTER: tuple[YearlyStep, ...] = (
    _step("planning_conference", -1, "31.3", JOBCENTER, "Planungskonferenz: Ziele und Zielbeiträge der Ämter"),
    _step("goal_concept", -1, "30.4", JOBCENTER, "Zielkonzept; schriftliche Stellungnahmen der Ämter"),
    _step("steering_conference", -1, "15.5", JOBCENTER, "Steuerungskonferenz: Zielkonzept und Stellungnahmen"),
    _step("board_decision", -1, "31.5", BOARD, "Entscheidung über kontroverse Positionen"),
    _step("inventory_june", -1, "30.6", JOBCENTER, "Bestandsaufnahme zum Stand 30.06."),
    _step("budget", -1, "30.9", "Kämmerei", "Vorlage mit Zielen und Bestandsaufnahme zum Entwurf des Haushalts"),
    _step("committees", -1, "30.11", "Fachausschüsse", "Vorberatung in den Fachausschüssen"),
    _step("council", -1, "12.12", COUNCIL, "Beschluss über Haushalt, Schwerpunkte und Ziele"),
    _step("second_planning_conference", -1, "31.12", JOBCENTER, "Zweite Planungskonferenz: Maßnahmen und Leistungen"),
    _step("inventory_december", -1, "31.12", JOBCENTER, "Bestandsaufnahme zum Stand 31.12."),
    _step("measure_programme", 0, "31.3", JOBCENTER, "Planungsgrundlagen, Budget und Maßnahmenprogramm im Ausschuss"),
)
"""Council paper V/0715/2012 of Münster, no. 3.1, 4 and 6.1 to 6.3; where it names no day, the last that fits."""

ENNEPE_RUHR: tuple[YearlyStep, ...] = (
    _step("benchmarking_q1", 0, "31.3", COORDINATION, "Ausgangsdaten des kreisinternen Benchmarkings, 1. Quartal"),
    _step("report_q1", 0, "30.4", LEADERS, "Quartalsbericht, 1. Quartal"),
    _step("benchmarking_q2", 0, "30.6", COORDINATION, "Ausgangsdaten des kreisinternen Benchmarkings, 2. Quartal"),
    _step("report_q2", 0, "31.7", LEADERS, "Quartalsbericht, 2. Quartal"),
    _step("report_h1", 0, "31.7", LEADERS, "Halbjahresbericht, 1. Halbjahr, für die Dezernate der Städte"),
    _step("status_talks_h1", 0, "31.8", LEADERS, "Bilaterale Statusgespräche mit den Städten, 1. Halbjahr"),
    _step("benchmarking_q3", 0, "30.9", COORDINATION, "Ausgangsdaten des kreisinternen Benchmarkings, 3. Quartal"),
    _step("report_q3", 0, "31.10", LEADERS, "Quartalsbericht, 3. Quartal"),
    _step("benchmarking_q4", 0, "31.12", COORDINATION, "Ausgangsdaten des kreisinternen Benchmarkings, 4. Quartal"),
    _step("report_q4", 1, "31.1", LEADERS, "Quartalsbericht, 4. Quartal"),
    _step("report_h2", 1, "31.1", LEADERS, "Halbjahresbericht, 2. Halbjahr, für die Dezernate der Städte"),
    _step("status_talks_h2", 1, "28.2", LEADERS, "Bilaterale Statusgespräche mit den Städten, 2. Halbjahr"),
    _step("annual_report", 1, "31.3", LEADERS, "Jahresbericht für Politik und Öffentlichkeit"),
)
"""Steering system of the JobAgentur EN, no. 3 and 6; it names the rhythm, the days are the ends of their periods."""

SHIPPED: Mapping[str, tuple[YearlyStep, ...]] = {"muenster": MUENSTER, "ennepe_ruhr": ENNEPE_RUHR}


def steps_of(calendar: str, year: int) -> tuple[StepPlanned, ...]:
    """Make a shipped calendar's steps for the round of a year."""
    if calendar not in SHIPPED:
        raise UnknownCalendar(code=calendar, known=", ".join(SHIPPED))
    return tuple(step.of(year) for step in SHIPPED[calendar])
