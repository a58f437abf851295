"""Judging what has no figure: deliverables and support offers by their day, qualitative goals by tendency."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from domain.agreement import Declaration, DeclarationKind
from domain.errors import Text
from domain.goal import Goal
from domain.reading import NoValue
from domain.terms import DeliverableTerms, QualitativeTerms, SupportOfferTerms

DAYS_OF_NOTICE = 30


class Light(StrEnum):
    """Green as agreed, yellow close, red not; grey without a value, white for observation only."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"
    WHITE = "white"


class Reason(StrEnum):
    """Why a goal has no degree, or what its light rests on."""

    MISSING_INPUT = "missing_input"
    WITHHELD = "withheld"
    DIVISION_BY_ZERO = "division_by_zero"
    NO_DATA = "no_data"
    NOT_DEFINED = "not_defined"
    NO_EXPECTATION = "no_expectation"
    EXPECTED_ZERO = "expected_zero"
    NOT_MEASURED = "not_measured"
    NOT_BY_GROUP = "not_by_group"
    NOT_DUE_YET = "not_due_yet"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    DONE = "done"
    NO_TENDENCY = "no_tendency"
    TENDENCY = "tendency"

    @classmethod
    def of(cls, reason: NoValue | None) -> "Reason":
        """Take over why a reading has no value; no reading at all is no data."""
        return cls(reason.value) if reason else cls.NO_DATA


REASONS: dict[Reason, Text] = {
    Reason.MISSING_INPUT: Text("a delivery is missing", "eine Lieferung fehlt"),
    Reason.WITHHELD: Text("the source keeps a value back", "die Quelle hält einen Wert zurück"),
    Reason.DIVISION_BY_ZERO: Text("the base is zero", "die Bezugsgröße ist null"),
    Reason.NO_DATA: Text("no data were delivered", "es wurden keine Daten geliefert"),
    Reason.NOT_DEFINED: Text(
        "the indicator is not defined for this month", "die Kennzahl ist für den Monat nicht definiert"
    ),
    Reason.NO_EXPECTATION: Text("there is nothing to compare with", "es gibt keinen Vergleichswert"),
    Reason.EXPECTED_ZERO: Text("the expected value is zero", "der Erwartungswert ist null"),
    Reason.NOT_BY_GROUP: Text(
        "figures are not computed for this group alone", "für diese Gruppe allein werden keine Werte berechnet"
    ),
    Reason.NOT_MEASURED: Text("no indicator is agreed", "es ist keine Kennzahl vereinbart"),
    Reason.NOT_DUE_YET: Text("not due yet", "noch nicht fällig"),
    Reason.DUE_SOON: Text("due within 30 days", "in den nächsten 30 Tagen fällig"),
    Reason.OVERDUE: Text("overdue", "überfällig"),
    Reason.DONE: Text("done", "erledigt"),
    Reason.NO_TENDENCY: Text("no tendency was declared", "es wurde keine Tendenz erklärt"),
    Reason.TENDENCY: Text("by the declared tendency", "nach der erklärten Tendenz"),
}

TENDENCIES = {
    DeclarationKind.BETTER: Light.GREEN,
    DeclarationKind.SAME: Light.YELLOW,
    DeclarationKind.WORSE: Light.RED,
}
FINISHED = frozenset({DeclarationKind.DONE, DeclarationKind.ACCEPTED})


def judge_undertaking(goal: Goal, day: date, declarations: Iterable[Declaration]) -> tuple[Light, Reason]:
    """
    Judge a goal without a figure on a day, by what was declared of it up to then.

    A deliverable or support offer is green once declared done or accepted, yellow within 30 days of its day, red when
    that day has passed, and grey before. A qualitative goal follows the latest tendency: better is green, same is
    yellow, worse is red; where a unit is named to judge it, only that unit's word counts. A goal that should be
    measured but names no indicator is grey.
    """
    declared = sorted((d for d in declarations if d.goal == goal.code and d.on <= day), key=lambda d: d.on)
    match goal.terms:
        case DeliverableTerms(due=due) | SupportOfferTerms(due=due):
            return _by_day(due, day, done=any(d.kind in FINISHED for d in declared))
        case QualitativeTerms(judged_by=judge):
            return _by_tendency(d.kind for d in declared if judge in (None, d.party))
        case _:
            return Light.GREY, Reason.NOT_MEASURED


def _by_day(due: date | None, day: date, *, done: bool) -> tuple[Light, Reason]:
    if done:
        return Light.GREEN, Reason.DONE
    if due is None or (due - day).days > DAYS_OF_NOTICE:
        return Light.GREY, Reason.NOT_DUE_YET
    return (Light.YELLOW, Reason.DUE_SOON) if day <= due else (Light.RED, Reason.OVERDUE)


def _by_tendency(kinds: Iterable[DeclarationKind]) -> tuple[Light, Reason]:
    tendencies = [TENDENCIES[kind] for kind in kinds if kind in TENDENCIES]
    return (tendencies[-1], Reason.TENDENCY) if tendencies else (Light.GREY, Reason.NO_TENDENCY)
