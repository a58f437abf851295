"""German words, numbers and days."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from domain.duty import DutyStatus
from domain.indicator import Direction
from domain.party import PartyRole
from domain.path import PathKind
from domain.period import Month
from domain.quantity import Measure, half_up
from domain.reading import DataState
from domain.report import ReportKind
from domain.responsibility import Scope
from domain.terms import GoalKind
from domain.undertaking import Light

BERLIN = ZoneInfo("Europe/Berlin")
PLACES = {Measure.PERSONS: 0, Measure.CASES: 0, Measure.CONTACTS: 0, Measure.EUR: 0, Measure.FTE: 2}
UNITS = {
    Measure.PERSONS: "",
    Measure.CASES: "",
    Measure.CONTACTS: "",
    Measure.EUR: " €",
    Measure.FTE: " VZÄ",
    Measure.PERCENT: " %",
    Measure.CONTACTS_PER_YEAR: " je Jahr",
    Measure.EUR_PER_PERSON: " € je Person",
    Measure.PERSONS_PER_POST: " Personen je Stelle",
    Measure.ONE: "",
}
LIGHTS = {Light.GREEN: "grün", Light.YELLOW: "gelb", Light.RED: "rot", Light.GREY: "grau", Light.WHITE: "weiß"}
MEANINGS = {
    Light.GREEN: "wie vereinbart",
    Light.YELLOW: "knapp darunter",
    Light.RED: "verfehlt",
    Light.GREY: "ohne Wert",
    Light.WHITE: "nur Beobachtung",
}
SYMBOLS = {Light.GREEN: "●", Light.YELLOW: "▲", Light.RED: "■", Light.GREY: "○", Light.WHITE: "◇"}
KINDS = {
    GoalKind.TARGET: "Zielwert",
    GoalKind.CHANGE: "Veränderung zum Vorjahr",
    GoalKind.MONITORING: "Monitoring",
    GoalKind.APPROPRIATION: "Mittelbereitstellung",
    GoalKind.DELIVERABLE: "Arbeitsergebnis",
    GoalKind.STAFFING: "Personalziel",
    GoalKind.QUALITATIVE: "Qualitatives Ziel",
    GoalKind.SUPPORT_OFFER: "Unterstützungsangebot",
}
SCOPES = {Scope.FEDERAL: "Bund", Scope.MUNICIPAL: "kommunal", Scope.JOINT: "gemeinsam"}
STATES = {
    DataState.FINAL: "endgültig",
    DataState.PROVISIONAL: "vorläufig",
    DataState.EXTRAPOLATED: "hochgerechnet",
    DataState.IMPUTED: "fortgeschrieben",
    DataState.INCOMPLETE: "unvollständig",
}
PATHS = {
    PathKind.EXPLICIT: "nach Monatsplan",
    PathKind.PRIOR_YEAR_PROFILE: "nach dem Verlauf der Vorjahre",
    PathKind.LINEAR: "gleichmäßig über das Jahr",
    PathKind.LEVEL: "gleichbleibend",
}
DIRECTIONS = {Direction.AT_LEAST: "mindestens", Direction.AT_MOST: "höchstens", Direction.WITHIN: "im Band um"}
REPORTS = {
    ReportKind.MONTHLY: "Monatsbericht",
    ReportKind.QUARTERLY: "Quartalsbericht",
    ReportKind.HALF_YEARLY: "Halbjahresbericht",
    ReportKind.ANNUAL: "Jahresbericht",
    ReportKind.INVENTORY: "Bestandsaufnahme",
}
ROLES = {
    PartyRole.SUPERVISING_BODY: "Aufsicht",
    PartyRole.MUNICIPAL_BODY: "kommunaler Träger",
    PartyRole.FEDERAL_BODY: "Bundesagentur als Träger",
    PartyRole.OBLIGATED_UNIT: "verpflichtete Stelle",
    PartyRole.ASSOCIATED: "beteiligt",
}
DUTIES = {
    DutyStatus.EXPECTED: "erwartet",
    DutyStatus.ON_TIME: "fristgerecht",
    DutyStatus.LATE: "verspätet",
    DutyStatus.MISSING: "fehlt",
    DutyStatus.INCOMPLETE: "unvollständig",
}
NOTHING = "–"


def number(value: Decimal | None, measure: Measure | None, places: int | None = None) -> str:
    """Write a figure in its unit, rounded half up, such as 20,6 % or 90.295.768 €."""
    if value is None:
        return NOTHING
    shown = places if places is not None else PLACES.get(measure, 1) if measure else 1
    if measure is Measure.CONTACTS_PER_YEAR:
        shown = 2
    digits = format_decimal(half_up(value, shown), format=f"#,##0.{'0' * shown}" if shown else "#,##0", locale="de")
    return f"{digits}{UNITS[measure] if measure else ''}".replace("-", "−")


def day(value: date | None) -> str:
    """Write a day such as 31.12.2014."""
    return format_date(value, "dd.MM.yyyy", locale="de") if value else NOTHING


def instant(value: datetime) -> str:
    """Write an instant in German time, such as 21.11.2026, 01:30 Uhr."""
    return format_datetime(value.astimezone(BERLIN), "dd.MM.yyyy, HH:mm", locale="de") + " Uhr"


def month(value: Month) -> str:
    """Write a month such as November 2014."""
    return format_date(value.first_day, "LLLL yyyy", locale="de")


def period(text: str) -> str:
    """Write a period such as 4. Quartal 2014."""
    year, _, part = text.partition("-")
    if part.startswith("Q"):
        return f"{part[1:]}. Quartal {year}"
    if part.startswith("H"):
        return f"{part[1:]}. Halbjahr {year}"
    return month(Month.parse(text)) if part else f"Jahr {year}"
