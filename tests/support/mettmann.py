"""The target agreement 2014 of the Mettmann jobcenter, as goals."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.agreement import Revision
from domain.goal import Goal
from domain.identity import IndicatorCode
from domain.indicator import Direction
from domain.path import Path, PathKind
from domain.period import View
from domain.quantity import Measure
from domain.responsibility import Scope
from domain.terms import (
    AppropriationTerms,
    ChangeTerms,
    DeliverableTerms,
    Extra,
    MonitoringTerms,
    QualitativeTerms,
    StaffingTerms,
    TargetTerms,
    Terms,
)

from support.agreeing import a_goal, a_revision

YEAR_END = date(2014, 12, 31)
LEVEL = Path(kind=PathKind.LEVEL)


def _target(
    indicator: str, target: str, measure: Measure, view: View, direction: Direction = Direction.AT_LEAST
) -> TargetTerms:
    return TargetTerms(
        indicator=IndicatorCode(indicator),
        view=view,
        unit_of_measure=measure,
        direction=direction,
        target=Decimal(target),
        path=LEVEL,
    )


def _change(indicator: str, change: str, measure: Measure, direction: Direction = Direction.AT_LEAST) -> ChangeTerms:
    return ChangeTerms(
        indicator=IndicatorCode(indicator),
        view=View.YEAR_TO_DATE,
        unit_of_measure=measure,
        direction=direction,
        change=Decimal(change),
    )


def _money(amount: str, indicator: str, due: date | None = None) -> AppropriationTerms:
    return AppropriationTerms(amount=Decimal(amount), indicator=IndicatorCode(indicator), due=due)


STAFFING = StaffingTerms(
    target=Decimal("405.93"),
    indicator=IndicatorCode("staff_posts"),
    of_which={"education_and_participation": Decimal(11), "fifty_plus": Decimal("4.25")},
    counted_in={"joboffensive_fixed_term": Decimal(15), "allegro_rollout": Decimal(10)},
    fixed_term_share_at_most=Decimal("7.5"),
    extra=Extra(
        up_to=Decimal(25),
        conditions=("a sound concept by the jobcenter management", "consent of both bodies"),
        split="half district and half agency",
    ),
)
AT_YEAR_END = DeliverableTerms(due=YEAR_END)
FEDERAL: dict[str, Terms] = {
    "integration": _target("K2", "20.6", Measure.PERCENT, View.ROLLING_12),
    "long_term_recipients": _target(
        "long_term_recipients_stock", "17283", Measure.PERSONS, View.YEAR_TO_DATE, Direction.AT_MOST
    ),
    "need_for_assistance": MonitoringTerms(
        indicator=IndicatorCode("benefits_living_sum"),
        view=View.YEAR_TO_DATE,
        unit_of_measure=Measure.EUR,
        forecast=Decimal(90295768),
    ),
    "integration_under_25": _change("integrations_under_25", "5", Measure.PERSONS),
    "integration_lone_parents": _change("integrations_lone_parents", "5", Measure.PERSONS),
}
MUNICIPAL: dict[str, Terms] = {
    "child_care": _money("5000", "funds_spent_child_care"),
    "debt_counselling": _money("500000", "funds_spent_debt_counselling", due=YEAR_END),
    "child_care_places": QualitativeTerms(),
    "debt_counselling_agreements": AT_YEAR_END,
    "debt_counselling_evaluation": AT_YEAR_END,
    "services_made_known": QualitativeTerms(),
    "psychosocial_agreements_check": AT_YEAR_END,
    "addiction_agreement_revision": AT_YEAR_END,
    "psychosocial_concept": AT_YEAR_END,
    "psychosocial_care": _money("72000", "funds_spent_psychosocial_care"),
    "methadone_travel": _money("26000", "funds_spent_methadone_travel"),
    "addiction_counselling": _money("45000", "funds_spent_addiction_counselling"),
    "housing_costs": _change("benefits_housing_sum", "0", Measure.EUR, Direction.AT_MOST),
    "integration_contract_first_contact": _target(
        "integration_contract_share", "80", Measure.PERCENT, View.YEAR_TO_DATE
    ),
    "contact_density": _target("contacts_per_person_year", "2", Measure.CONTACTS_PER_YEAR, View.ROLLING_12),
    "contact_density_single_households": _target(
        "contacts_per_person_year_single", "6", Measure.CONTACTS_PER_YEAR, View.ROLLING_12
    ),
    "measure_effectiveness_evaluation": DeliverableTerms(due=date(2015, 3, 31)),
    "joboffensive_evaluation": AT_YEAR_END,
}
JOINT: dict[str, Terms] = {
    "housing_cost_staff_and_rules": QualitativeTerms(),
    "cooperation_agreement": AT_YEAR_END,
    "staffing": STAFFING,
}
SCOPES = {Scope.FEDERAL: FEDERAL, Scope.MUNICIPAL: MUNICIPAL, Scope.JOINT: JOINT}


def goals() -> tuple[Goal, ...]:
    """Give all 26 goals, by the area of responsibility."""
    return tuple(
        replace(a_goal(terms, code, scope=scope), section="V" if scope is not Scope.FEDERAL else None)
        for scope, of_scope in SCOPES.items()
        for code, terms in of_scope.items()
    )


def the_goal(code: str) -> Goal:
    """Give one goal."""
    return the_revision().goal(code)


def the_revision() -> Revision:
    """Give what was agreed."""
    return a_revision(*goals())
