"""Which tables are spread by unit when one machine is not enough, which are copied to each, and which stay on one."""

from collections.abc import Mapping

Reasons = Mapping[str, tuple[str, ...]]
"""Tables by the reason why they need no unit in their keys."""

SPREAD: Mapping[str, tuple[str, ...]] = {
    "agreements": (),
    "indicators": (
        "observations",
        "differences",
        "delivery_units",
        "delivery_rejections",
        "soft_findings",
        "record_files",
        "record_persons",
        "record_towns",
        "withheld_figures",
        "reconciliation_units",
        "reconciliation_differences",
        "reminders",
        "duties",
        "collection_units",
        "closed_months",
        "late_permits",
        "sender_responsibilities",
    ),
    "reporting": ("attainment", "reports"),
}
"""What grows with the figures of units."""

CHASSIS: Reasons = {
    "one order of everything that happened, which one machine gives": (
        "outbox",
        "audit_log",
        "audit_nodes",
        "audit_checkpoints",
    ),
    "a few rows a subscriber or request, forgotten after a while": (
        "idempotency_keys",
        "webhook_subscriptions",
        "webhook_deliveries",
    ),
}

REFERENCE: Mapping[str, Reasons] = {
    "agreements": {
        "the tree of units: some thousand rows that everything names": (
            "units",
            "unit_relations",
            "unit_state",
            "comparison_groups",
            "nearest_neighbours",
        ),
        "what is agreed for all: tiers, bodies, rounds, standards": (
            "tiers",
            "bodies",
            "planning_rounds",
            "conferences",
            "standards",
        ),
    },
    "indicators": {
        "the catalogue: a few hundred variables, definitions, rules, profiles and grids": (
            "variables",
            "variable_versions",
            "definitions",
            "quality_rules",
            "mapping_profiles",
            "review_grids",
        ),
        "numbers of units and series, which every row of the history uses": ("units", "series"),
        "one row a file, which may hold many units; every revision is read with its instant": ("deliveries",),
        "one row a run over many units; its differences are spread": ("reconciliations",),
        "a few a year, for all units at once": ("collection_rounds", "releases"),
        "the last copy of what another service tells": ("copies",),
    },
    "reporting": {"the last copy of what another service tells": ("copies",)},
}
"""Small tables, copied to every machine."""

ON_ONE_MACHINE: Mapping[str, Reasons] = {
    "agreements": {
        **CHASSIS,
        "an agreement binds several units: its rows stand together, some thousand agreements a year": (
            "agreements",
            "agreement_goals",
            "agreement_parties",
            "revisions",
            "proposals",
            "statements",
            "acceptances",
            "declarations",
            "signatures",
            "signings",
            "sightings",
            "seals",
            "attachments",
            "contents",
            "consultations",
            "escalations",
            "mandates",
            "meetings",
        ),
        "a few rows a unit and year": ("offers", "reference_values", "budgets", "measures", "papers"),
    },
    "indicators": {
        **CHASSIS,
        "what is wrong with rows that may name no unit at all; at most 200,000 a file": ("findings",),
        "the same of an official table": ("reconciliation_findings",),
        "files on their way, forgotten when they have arrived": ("delivery_jobs", "reconciliation_jobs", "uploads"),
        "a document a unit and month, found by its id": (
            "attestations",
            "objections",
            "file_reviews",
            "review_consequences",
            "external_audits",
        ),
        "drawn files of open rounds, found by their round; some ten a unit and month": ("reviewed_files",),
    },
    "reporting": CHASSIS,
}
"""What does not grow with the figures, or has no unit to be spread by."""


def names(reasons: Reasons) -> list[str]:
    """Give the tables of all reasons."""
    return [name for tables in reasons.values() for name in tables]
