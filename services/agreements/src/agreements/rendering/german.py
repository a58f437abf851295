"""Goals in German words, as they stand in the document that people sign."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal
from domain.goal import Goal
from domain.indicator import Direction
from domain.party import PartyRole
from domain.quantity import Measure
from domain.responsibility import Scope
from domain.terms import (
    Aim,
    AppropriationTerms,
    ChangeTerms,
    DeliverableTerms,
    Extra,
    GoalKind,
    MonitoringTerms,
    QualitativeTerms,
    StaffingTerms,
    SupportOfferTerms,
    TargetTerms,
)

KINDS: Mapping[GoalKind, str] = {
    GoalKind.TARGET: "Zielwert",
    GoalKind.CHANGE: "Veränderung",
    GoalKind.MONITORING: "Monitoring",
    GoalKind.APPROPRIATION: "Mittelbereitstellung",
    GoalKind.DELIVERABLE: "Ergebnis",
    GoalKind.STAFFING: "Personal",
    GoalKind.QUALITATIVE: "Qualitatives Ziel",
    GoalKind.SUPPORT_OFFER: "Unterstützungsangebot",
}
ROLES: Mapping[PartyRole, str] = {
    PartyRole.SUPERVISING_BODY: "Aufsicht",
    PartyRole.MUNICIPAL_BODY: "kommunaler Träger",
    PartyRole.FEDERAL_BODY: "Agentur für Arbeit",
    PartyRole.OBLIGATED_UNIT: "verpflichtete Stelle",
    PartyRole.ASSOCIATED: "beteiligt",
}
SCOPES: Mapping[Scope, str] = {Scope.FEDERAL: "Bund", Scope.MUNICIPAL: "Kommune", Scope.JOINT: "gemeinsam"}
AIMS: Mapping[Aim, str] = {
    Aim.IMPROVE: "verbessern",
    Aim.HOLD: "halten",
    Aim.OBSERVE: "beobachten",
    Aim.OPTIMISE: "optimieren",
    Aim.EVALUATE: "auswerten",
}
MEASURES: Mapping[Measure, str] = {
    Measure.PERSONS: "Personen",
    Measure.CASES: "Fälle",
    Measure.CONTACTS: "Kontakte",
    Measure.EUR: "€",
    Measure.FTE: "Vollzeitäquivalente",
    Measure.PERCENT: "%",
    Measure.CONTACTS_PER_YEAR: "Kontakte im Jahr",
    Measure.EUR_PER_PERSON: "€ je Person",
    Measure.PERSONS_PER_POST: "Personen je Stelle",
    Measure.ONE: "",
}
DIRECTIONS: Mapping[Direction, str] = {
    Direction.AT_LEAST: "mindestens",
    Direction.AT_MOST: "höchstens",
    Direction.WITHIN: "zwischen",
}
SEXES = {"women": "Frauen", "men": "Männer"}


def day(value: date) -> str:
    """Write a day as 31.12.2014."""
    return f"{value:%d.%m.%Y}"


def number(value: Decimal, measure: Measure | None = None) -> str:
    """Write a number with its unit, digits as they were agreed."""
    exponent = value.as_tuple().exponent
    places = "0" * max(0, -exponent) if isinstance(exponent, int) else ""
    written = format_decimal(value, format=f"#,##0.{places}" if places else "#,##0", locale="de_DE")
    return f"{written} {MEASURES[measure] if measure else ''}".strip()


def asked(goal: Goal) -> str:
    """Say in one sentence what a goal asks; nothing where it is not complete."""
    match goal.terms:
        case TargetTerms(direction=Direction.WITHIN, low=low, high=high, unit_of_measure=measure):
            text = f"zwischen {_number(low)} und {_number(high, measure)}"
        case TargetTerms(direction=direction, target=target, unit_of_measure=measure):
            text = f"{_word(direction)} {_number(target, measure)}"
        case ChangeTerms(direction=direction, change=change):
            sign = "+" if change is not None and change > 0 else ""
            text = f"{_word(direction)} {sign}{_number(change, Measure.PERCENT)} gegenüber dem Vorjahr"
        case MonitoringTerms(forecast=forecast, unit_of_measure=measure):
            text = f"Beobachtung gegen die Prognose von {_number(forecast, measure)}"
        case AppropriationTerms(amount=amount):
            text = f"{_number(amount, Measure.EUR)} werden bereitgestellt"
        case StaffingTerms(target=target):
            text = _number(target, Measure.FTE)
        case QualitativeTerms(aim=aim):
            text = f"Ausrichtung: {AIMS[aim]}" if aim else ""
        case DeliverableTerms(due=due) | SupportOfferTerms(due=due):
            text = f"fällig am {day(due)}" if due else ""
    return text.strip()


def facts(goal: Goal, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """List what else belongs to a goal, as name and text; units by their names."""
    terms = goal.terms

    def named(code: str | None) -> str:
        return names.get(code or "", code or "")

    found = [
        ("Kennzahl", str(getattr(terms, "indicator", None) or "")),
        ("getrennt", ", ".join(f"{SEXES.get(s, s)} {number(v)}" for s, v in _separately(goal).items())),
        ("Thema", str(getattr(terms, "topic", None) or "")),
        ("davon", _amounts(getattr(terms, "of_which", {}))),
        ("angerechnet", _amounts(getattr(terms, "counted_in", {}))),
        ("befristet höchstens", _share(getattr(terms, "fixed_term_share_at_most", None))),
        ("zusätzlich", _extra(getattr(terms, "extra", None))),
        ("Haushaltstitel", str(getattr(terms, "budget_title", None) or "")),
        ("Bereich", SCOPES[goal.scope] if goal.scope else ""),
        ("Verpflichtet", named(goal.obligated)),
        ("Träger", named(goal.carrier)),
        ("Abgeleitet aus", str(goal.derived_from or "")),
        ("Beiträge", "; ".join(f"{named(c.unit)}: {c.product} ({c.resources})" for c in goal.contributions)),
        ("Einschränkung", ", ".join(f"{name} = {value}" for name, value in goal.filters.items())),
        ("Nachweis", goal.evidence or ""),
        ("Rechtsgrundlage", goal.legal_basis or ""),
        ("Hinweis", goal.note or ""),
        ("Verbindlichkeit", "Erprobung, nicht bindend" if goal.trial else ""),
    ]
    return [(name, text) for name, text in found if text]


def _number(value: Decimal | None, measure: Measure | None = None) -> str:
    return "…" if value is None else number(value, measure)


def _word(direction: Direction | None) -> str:
    return DIRECTIONS[direction] if direction else ""


def _separately(goal: Goal) -> Mapping[str, Decimal]:
    values: Mapping[str, Decimal] = getattr(goal.terms, "separately", {})
    return values


def _amounts(values: Mapping[str, Decimal]) -> str:
    return ", ".join(f"{name} {number(value)}" for name, value in values.items())


def _share(value: Decimal | None) -> str:
    return f"{number(value)} %" if value is not None else ""


def _extra(extra: Extra | None) -> str:
    if extra is None:
        return ""
    split = f" ({extra.split})" if extra.split else ""
    return f"bis zu {number(extra.up_to)}{split}, wenn: {'; '.join(extra.conditions)}"
