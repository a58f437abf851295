"""Who may call what: one row a route. A route without a row fails the build."""

from dataclasses import dataclass
from typing import Any

EVERYBODY = [
    "uploader",
    "controller",
    "unit_lead",
    "supervisor",
    "office",
    "reader",
    "auditor",
    "operator",
    "service",
    "public",
]
IDENTIFIED = [role for role in EVERYBODY if role != "public"]
NEGOTIATORS = ["unit_lead", "supervisor"]
MEASURERS = [role for role in IDENTIFIED if role != "reader"]
JUDGES = [role for role in MEASURERS if role != "uploader"]
FEED = ["auditor", "operator", "service"]
ID = "0199a000-0000-7000-8000-000000000000"
AGREEMENT = {
    "title": "Zielvereinbarung",
    "year": 2014,
    "valid_from": "2014-01-01",
    "valid_until": "2015-01-01",
    "parties": [{"unit": "05158", "role": "municipal_body", "scope": "municipal", "signs_as": "Landrat"}],
}
GOAL = {"kind": "deliverable", "code": "concept"}
SIGNATURE = {"party": "05158", "revision": 1, "digest": "0" * 64}
DECLARATION = {"kind": "done", "on": "2014-11-30", "party": "05158", "narrative": "erledigt"}
TIER = {"code": "own", "name": "Ebene", "source": "Landesrecht", "sides": []}
BODY = {"code": "assembly", "name": "Trägerversammlung", "kind": "carrier_assembly", "unit": "05158"}
VARIABLE = {"label": "Kontakte", "label_en": "contacts", "measure": "contacts", "kind": "flow"}
INDICATOR = {
    "indicator": "X1",
    "version": 1,
    "valid_from": "2014-01-01",
    "label": "X",
    "label_en": "X",
    "formula": "elb_stock",
    "measure": "persons",
    "places": 0,
    "default_view": "month",
    "source": "Test",
    "checked_against": "Test",
}
DUTY = {"unit": "05158", "variables": ["x"], "from_month": "2014-01", "until_month": "2014-02", "working_day": 10}
ROUND = {"year": 2014, "lead": "05158", "title": "Planungsrunde"}
OFFER = {"unit": "05158", "indicator": "K2", "value": "20.6"}
R = f"/v1/planning-rounds/{ID}"
A, Q = f"/v1/agreements/{ID}", "unit=05158&from=2014-01&to=2014-02"


@dataclass(frozen=True)
class Row:
    """One route: its operation, how to call it, and the roles that may."""

    operation: str
    method: str
    path: str
    roles: list[str]
    body: Any = None


MATRIX: dict[str, list[Row]] = {
    "agreements": [
        Row("load_units", "POST", "/v1/units", ["operator"], {"units": []}),
        Row("list_units", "GET", "/v1/units", IDENTIFIED),
        Row("get_tree", "GET", "/v1/units/tree", IDENTIFIED),
        Row("get_unit", "GET", "/v1/units/05158", IDENTIFIED),
        Row("list_tiers", "GET", "/v1/tiers", IDENTIFIED),
        Row("configure_tier", "POST", "/v1/tiers", ["operator"], TIER),
        Row("list_bodies", "GET", "/v1/bodies", IDENTIFIED),
        Row("add_body", "POST", "/v1/bodies", ["operator"], BODY),
        Row("get_body", "GET", "/v1/bodies/x", IDENTIFIED),
        Row("change_body", "PUT", "/v1/bodies/x", ["operator"], BODY),
        Row("draft_agreement", "POST", "/v1/agreements", NEGOTIATORS, AGREEMENT),
        Row("list_agreements", "GET", "/v1/agreements", IDENTIFIED),
        Row("get_agreement", "GET", A, IDENTIFIED),
        Row("replace_agreement", "PUT", A, NEGOTIATORS, AGREEMENT),
        Row("list_findings", "GET", f"{A}/findings", IDENTIFIED),
        Row("move_agreement", "POST", f"{A}/transitions", NEGOTIATORS, {"transition": "propose"}),
        Row("list_goals", "GET", f"{A}/goals", IDENTIFIED),
        Row("get_goal", "GET", f"{A}/goals/x", IDENTIFIED),
        Row("add_goal", "POST", f"{A}/goals", NEGOTIATORS, GOAL),
        Row("replace_goal", "PUT", f"{A}/goals/x", NEGOTIATORS, GOAL),
        Row("remove_goal", "DELETE", f"{A}/goals/x", NEGOTIATORS),
        Row("declare_goal", "POST", f"{A}/goals/x/declarations", NEGOTIATORS, DECLARATION),
        Row("list_declarations", "GET", f"{A}/declarations", IDENTIFIED),
        Row("list_revisions", "GET", f"{A}/revisions", IDENTIFIED),
        Row("get_revision", "GET", f"{A}/revisions/1", IDENTIFIED),
        Row("get_canonical", "GET", f"{A}/revisions/1/canonical", IDENTIFIED),
        Row("sign_agreement", "POST", f"{A}/signatures", NEGOTIATORS, SIGNATURE),
        Row("list_signatures", "GET", f"{A}/signatures", IDENTIFIED),
        Row("plan_round", "POST", "/v1/planning-rounds", ["supervisor"], ROUND),
        Row("list_rounds", "GET", "/v1/planning-rounds", IDENTIFIED),
        Row("get_round", "GET", R, IDENTIFIED),
        Row("change_round", "PUT", R, ["supervisor"], ROUND),
        Row("finish_step", "POST", f"{R}/steps/x/done", NEGOTIATORS, {"evidence": "V/0715/2012"}),
        Row("move_round", "POST", f"{R}/transitions", ["supervisor"], {"transition": "advance"}),
        Row("list_overdue", "GET", f"{R}/overdue", IDENTIFIED),
        Row("upload_reference_values", "POST", f"{R}/reference-values", ["supervisor"], {"rows": []}),
        Row("list_reference_values", "GET", f"{R}/reference-values", IDENTIFIED),
        Row("list_corridor_memory", "GET", f"{R}/corridor-memory", IDENTIFIED),
        Row("list_offers", "GET", f"{R}/offers", IDENTIFIED),
        Row("make_offer", "POST", f"{R}/offers", ["unit_lead"], OFFER),
        Row("get_offer", "GET", f"{R}/offers/{ID}", IDENTIFIED),
        Row("answer_offer", "POST", f"{R}/offers/{ID}/answer", ["supervisor"], {"accepted": True}),
        Row("withdraw_offer", "POST", f"{R}/offers/{ID}/withdrawal", ["unit_lead"]),
        Row("simulate_offer", "POST", f"{R}/simulate", NEGOTIATORS, OFFER),
        Row("load_comparison_groups", "POST", "/v1/comparison-groups", ["operator"], {"memberships": []}),
        Row("list_comparison_groups", "GET", "/v1/comparison-groups", IDENTIFIED),
        Row("list_keys", "GET", "/v1/keys", EVERYBODY),
        Row("list_events", "GET", "/v1/events", FEED),
    ],
    "indicators": [
        Row("list_variables", "GET", "/v1/variables", IDENTIFIED),
        Row("get_variable", "GET", "/v1/variables/elb_stock", IDENTIFIED),
        Row("put_variable", "PUT", "/v1/variables/contacts_x", ["operator"], VARIABLE),
        Row("list_indicators", "GET", "/v1/indicators", IDENTIFIED),
        Row("define_indicator", "POST", "/v1/indicators", ["operator"], INDICATOR),
        Row("get_indicator", "GET", "/v1/indicators/K2", IDENTIFIED),
        Row("explain_indicator", "GET", "/v1/indicators/K2/explain", IDENTIFIED),
        Row("deliver", "POST", "/v1/deliveries", ["uploader", "controller"], {"rows": []}),
        Row("list_deliveries", "GET", "/v1/deliveries", MEASURERS),
        Row("get_delivery", "GET", f"/v1/deliveries/{ID}", MEASURERS),
        Row("list_coverage", "GET", f"/v1/deliveries/{ID}/coverage", MEASURERS),
        Row("list_findings", "GET", f"/v1/deliveries/{ID}/findings", MEASURERS),
        Row("list_differences", "GET", f"/v1/deliveries/{ID}/differences", MEASURERS),
        Row("list_readings", "GET", f"/v1/readings?indicator=K2&{Q}", MEASURERS),
        Row("explain_reading", "GET", "/v1/readings/05158/K2/2014-11/why", MEASURERS),
        Row("list_observations", "GET", f"/v1/observations?variable=elb_stock&{Q}", MEASURERS),
        Row("put_schedule", "POST", "/v1/delivery-schedule", ["operator"], {"duties": [DUTY]}),
        Row("list_schedule", "GET", "/v1/delivery-schedule", MEASURERS),
        Row("list_delivery_status", "GET", "/v1/delivery-status", MEASURERS),
        Row("list_events", "GET", "/v1/events", FEED),
    ],
    "reporting": [
        Row("show_start", "GET", "/", EVERYBODY),
        Row("list_attainment", "GET", "/v1/attainment", JUDGES),
        Row("list_changes", "GET", "/v1/attainment/changes", JUDGES),
        Row("get_attainment", "GET", f"/v1/attainment/{ID}", JUDGES),
        Row("explain_attainment", "GET", f"/v1/attainment/{ID}/why", JUDGES),
        Row(
            "draft_report",
            "POST",
            "/v1/reports",
            ["controller", "unit_lead", "supervisor"],
            {"kind": "quarterly", "unit": "05158", "period": "2014-Q4"},
        ),
        Row("list_reports", "GET", "/v1/reports", [*JUDGES, "reader"]),
        Row("get_report", "GET", f"/v1/reports/{ID}", [*JUDGES, "reader"]),
        Row("get_document", "GET", f"/v1/reports/{ID}/document", [*JUDGES, "reader"]),
        Row("list_events", "GET", "/v1/events", FEED),
    ],
}
OPEN = ["is_alive", "is_ready", "tell_metrics"]
