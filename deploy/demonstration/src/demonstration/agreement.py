"""The agreement of 2014 as the body of a request: every goal in its kind, with German titles of our own."""

from collections.abc import Callable
from typing import Any

from demonstration.units import DISTRICT, JOBCENTER, source

Wire = dict[str, Any]
NOTICE = (
    "Demonstration: Parteien, Ziele und Beträge stammen aus der Zielvereinbarung 2014. "
    "Alle Monatswerte sind erzeugt und zeigen keine wirklichen Verhältnisse."
)
CARRIERS = {"federal": "AA-METTMANN", "municipal": DISTRICT, "joint": JOBCENTER}
CONTINUED = {"housing_costs"}
OWED_BY_DISTRICT = {"debt_counselling_agreements", "psychosocial_concept", "addiction_agreement_revision"}
OFFICES = {
    "chair of the management board": "Vorsitz der Geschäftsführung",
    "managing director": "Geschäftsführung",
    "Landrat": "Landrat",
}
TITLES = {
    "integration": "Integrationsquote",
    "long_term_recipients": "Bestand an Langzeitleistungsbeziehenden",
    "need_for_assistance": "Summe der Leistungen zum Lebensunterhalt",
    "integration_under_25": "Integrationen unter 25 Jahren",
    "integration_lone_parents": "Integrationen Alleinerziehender",
    "child_care": "Mittel für Kinderbetreuung",
    "debt_counselling": "Mittel für Schuldnerberatung",
    "child_care_places": "Bevorzugte Betreuungsplätze in den Städten",
    "debt_counselling_agreements": "Aktualisierte Vereinbarungen mit den Schuldnerberatungsstellen",
    "debt_counselling_evaluation": "Auswertung des Verfahrens der Schuldnerberatung",
    "services_made_known": "Bekanntheit der kommunalen Eingliederungsleistungen",
    "psychosocial_agreements_check": "Prüfung von Vereinbarungen nach § 17 SGB II",
    "addiction_agreement_revision": "Überarbeitung der Vereinbarung zur Suchtberatung",
    "housing_cost_staff_and_rules": "Personal und Regeln für Kosten der Unterkunft",
    "psychosocial_concept": "Konzept zur psychosozialen Betreuung",
    "psychosocial_care": "Mittel für psychosoziale Betreuung",
    "methadone_travel": "Mittel für Fahrten zur Methadonsubstitution",
    "addiction_counselling": "Mittel für Suchtberatung",
    "housing_costs": "Kosten der Unterkunft nicht über Vorjahr",
    "integration_contract_first_contact": "Eingliederungsvereinbarung beim Erstkontakt",
    "contact_density": "Kontaktdichte",
    "contact_density_single_households": "Kontaktdichte, Single-Haushalte",
    "measure_effectiveness_evaluation": "Evaluation der Maßnahmewirksamkeit",
    "joboffensive_evaluation": "Evaluation der Joboffensive",
    "cooperation_agreement": "Kooperationsvereinbarung der Träger",
    "staffing": "Personalausstattung",
}
VIEWS = {"K2": "rolling_12", "contacts_per_person_year": "rolling_12", "contacts_per_person_year_single": "rolling_12"}
CHANGED = {"benefits_housing_sum": "EUR"}


def body() -> Wire:
    """Give the request that drafts the agreement."""
    read = source()
    agreed = read["agreement"]
    return {
        "title": f"Zielvereinbarung {agreed['year']}",
        "year": agreed["year"],
        "tier": "carriers_joint_jobcenter",
        "legal_basis": agreed["legal_basis"],
        "planning_basis": "Eckwerte der Bundesregierung, Herbst 2013",
        "note": NOTICE,
        "valid_from": f"{agreed['year']}-01-01",
        "valid_until": f"{agreed['year'] + 1}-01-01",
        "parties": [
            {"unit": p["unit"], "role": p["role"], "scope": p["scope"], "signs_as": OFFICES[p["signs_as"]]}
            for p in agreed["parties"]
        ],
        "goals": [goal(entry) for entry in read["goals"]],
    }


def goal(entry: Wire) -> Wire:
    """Give one goal in its kind."""
    common = {
        "code": entry["code"],
        "title": TITLES[entry["code"]],
        "kind": entry["kind"],
        "section": entry["section"],
        "scope": entry["scope"],
        "carrier": CARRIERS[entry["scope"]],
        "obligated": DISTRICT if entry["code"] in OWED_BY_DISTRICT else JOBCENTER,
        "evidence": entry.get("evidence"),
        "legal_basis": entry.get("legal_basis"),
        "note": entry.get("note"),
        "lineage": entry["code"] if entry["code"] in CONTINUED else None,
    }
    return {**common, **TERMS[entry["kind"]](entry)}


def _target(entry: Wire) -> Wire:
    stock = entry["indicator"] == "long_term_recipients_stock"
    return {
        "indicator": entry["indicator"],
        "view": VIEWS.get(entry["indicator"], "year_to_date"),
        "unit_of_measure": entry["unit"],
        "direction": entry["direction"],
        "target": entry["target"],
        "path": {"kind": "level"} if stock else None,
    }


def _change(entry: Wire) -> Wire:
    return {
        "indicator": entry["indicator"],
        "view": "year_to_date",
        "unit_of_measure": CHANGED.get(entry["indicator"], "persons"),
        "direction": entry["direction"],
        "change": entry["target"],
    }


def _monitoring(entry: Wire) -> Wire:
    return {
        "indicator": entry["indicator"],
        "view": "year_to_date",
        "unit_of_measure": entry["unit"],
        "forecast": entry["forecast"],
    }


def _appropriation(entry: Wire) -> Wire:
    return {
        "amount": entry["amount"],
        "currency": entry["unit"],
        "indicator": f"funds_spent_{entry['code']}",
        "due": entry.get("due"),
    }


def _staffing(entry: Wire) -> Wire:
    extra = entry["extra_fixed_term_up_to"]
    return {
        "target": entry["target"],
        "indicator": "staff_posts",
        "of_which": entry["of_which"],
        "counted_in": entry["counted_in_2014"],
        "fixed_term_share_at_most": entry["fixed_term_share_at_most"],
        "extra": {"up_to": extra["value"], "conditions": extra["conditions"], "split": extra["split"]},
    }


TERMS: dict[str, Callable[[Wire], Wire]] = {
    "target": _target,
    "change": _change,
    "monitoring": _monitoring,
    "appropriation": _appropriation,
    "deliverable": lambda entry: {"due": entry["due"]},
    "staffing": _staffing,
    "qualitative": lambda _entry: {},
}
