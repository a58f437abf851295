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
PARTY = {"party": "05158"}
STATEMENT = {"unit": "05158", "text": "Beitrag", "consents": True}
POINT = {
    "subject": "Stellen",
    "body": "vorstand",
    "positions": [{"unit": "05158", "text": "ja"}, {"unit": "36402", "text": "nein"}],
}
DECIDED = {"text": "eine Stelle", "decided_on": "2012-09-01"}
CONFERENCE = {"kind": "planning", "held_on": "2012-03-28", "title": "Planungskonferenz"}
STEP = {"position": 1, "body": "rat", "meeting_on": "2012-12-12", "kind": "decision"}
MANDATE = {"consultation": ID, "holder": "05158", "text": "modifizierte Werte", "report_to": "rat"}
USED = {"on": "2013-01-15", "report_due": "2013-03-31"}
REPORTED = {"on": "2013-03-01", "paper_number": "V/0100/2013"}
PAPER = {"number": "V/1/2012", "title": "Vorlage", "unit": "05158", "on": "2012-09-27", "kind": "resolution"}
STANDARD = {
    "code": "erstberatung",
    "edition": "1",
    "title": "Erstberatung",
    "kind": "concept",
    "unit": "05158",
    "valid_from": "2012-01-01",
}
PROPOSAL = {**PARTY, "revision": 1, "reason": "besser so", "head": {"title": "Vereinbarung"}}
ANSWER = {**PARTY, "taken_over": True}
ATTACHED = "name=Anlage.pdf&kind=annex&unit=05158"
ATTACHERS = ["unit_lead", "supervisor", "office", "controller"]
PDF = ("application/pdf", b"%PDF-1.7\n%%EOF\n")
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
    content: tuple[str, bytes] | None = None


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
        Row("list_conditions", "GET", f"{A}/goals/x/conditions", IDENTIFIED),
        Row("get_pyramid", "GET", f"{A}/pyramid", IDENTIFIED),
        Row("get_lineage", "GET", "/v1/lineages/housing", IDENTIFIED),
        Row("list_contradictions", "GET", "/v1/contradictions?year=2014", IDENTIFIED),
        Row("compare_revisions", "GET", f"{A}/revisions/1/diff/2", IDENTIFIED),
        Row("list_sightings", "GET", f"{A}/sightings", IDENTIFIED),
        Row("list_proposals", "GET", f"{A}/proposals", IDENTIFIED),
        Row("propose_change", "POST", f"{A}/proposals", NEGOTIATORS, PROPOSAL),
        Row("get_proposal", "GET", f"{A}/proposals/{ID}", IDENTIFIED),
        Row("answer_proposal", "POST", f"{A}/proposals/{ID}/answers", NEGOTIATORS, ANSWER),
        Row("withdraw_proposal", "POST", f"{A}/proposals/{ID}/withdrawal", NEGOTIATORS, PARTY),
        Row("attach_file", "POST", f"{A}/attachments?{ATTACHED}", ATTACHERS, content=PDF),
        Row("list_attachments", "GET", f"{A}/attachments", IDENTIFIED),
        Row("get_content", "GET", f"{A}/attachments/{ID}/content", IDENTIFIED),
        Row("get_document", "GET", f"{A}/document", IDENTIFIED),
        Row("get_evidence", "GET", f"{A}/evidence", IDENTIFIED),
        Row("sign_by_pdf", "POST", f"{A}/signatures/pdf?party=05158&revision=1", IDENTIFIED, content=PDF),
        Row("get_signing", "GET", f"{A}/signing", IDENTIFIED),
        Row("arrange_signing", "PUT", f"{A}/signing", NEGOTIATORS, {}),
        Row("remind_party", "POST", f"{A}/signing/reminders", NEGOTIATORS, PARTY),
        Row("list_revisions", "GET", f"{A}/revisions", IDENTIFIED),
        Row("get_revision", "GET", f"{A}/revisions/1", IDENTIFIED),
        Row("get_canonical", "GET", f"{A}/revisions/1/canonical", IDENTIFIED),
        Row("sign_agreement", "POST", f"{A}/signatures", IDENTIFIED, SIGNATURE),
        Row("list_signatures", "GET", f"{A}/signatures", IDENTIFIED),
        Row("list_statements", "GET", f"{A}/statements", IDENTIFIED),
        Row("make_statement", "POST", f"{A}/statements", ATTACHERS, STATEMENT),
        Row("list_escalations", "GET", f"{A}/escalations", IDENTIFIED),
        Row("raise_point", "POST", f"{A}/escalations", ATTACHERS, POINT),
        Row("decide_point", "POST", f"{A}/escalations/{ID}/decision", NEGOTIATORS, DECIDED),
        Row("list_conferences", "GET", f"{R}/conferences", IDENTIFIED),
        Row("hold_conference", "POST", f"{R}/conferences", ATTACHERS, CONFERENCE),
        Row("change_conference", "PUT", f"{R}/conferences/{ID}", ATTACHERS, CONFERENCE),
        Row("list_consultations", "GET", f"{A}/consultations", IDENTIFIED),
        Row("plan_consultation", "POST", f"{A}/consultations", ATTACHERS, STEP),
        Row("change_consultation", "PUT", f"{A}/consultations/{ID}", ATTACHERS, STEP),
        Row("list_agreement_mandates", "GET", f"{A}/mandates", IDENTIFIED),
        Row("grant_mandate", "POST", f"{A}/mandates", ATTACHERS, MANDATE),
        Row("use_mandate", "POST", f"{A}/mandates/{ID}/use", NEGOTIATORS, USED),
        Row("report_mandate", "POST", f"{A}/mandates/{ID}/report", ATTACHERS, REPORTED),
        Row("list_mandates", "GET", "/v1/mandates", IDENTIFIED),
        Row("list_papers", "GET", "/v1/papers", IDENTIFIED),
        Row("add_paper", "POST", "/v1/papers", ATTACHERS, PAPER),
        Row("get_paper", "GET", f"/v1/papers/{ID}", IDENTIFIED),
        Row("change_paper", "PUT", f"/v1/papers/{ID}", ATTACHERS, PAPER),
        Row("list_standards", "GET", "/v1/standards", IDENTIFIED),
        Row("register_standard", "POST", "/v1/standards", [*ATTACHERS, "operator"], STANDARD),
        Row("get_standard", "GET", "/v1/standards/x/1", IDENTIFIED),
        Row("get_oparl_system", "GET", "/v1/oparl/system", IDENTIFIED),
        Row("list_oparl_bodies", "GET", "/v1/oparl/bodies", IDENTIFIED),
        Row("list_oparl_organizations", "GET", "/v1/oparl/organizations", IDENTIFIED),
        Row("get_oparl_organization", "GET", "/v1/oparl/organizations/rat", IDENTIFIED),
        Row("list_oparl_meetings", "GET", "/v1/oparl/meetings", IDENTIFIED),
        Row("get_oparl_meeting", "GET", "/v1/oparl/meetings/rat.2012-12-12", IDENTIFIED),
        Row("list_oparl_papers", "GET", "/v1/oparl/papers", IDENTIFIED),
        Row("get_oparl_paper", "GET", f"/v1/oparl/papers/{ID}", IDENTIFIED),
        Row("get_oparl_consultation", "GET", f"/v1/oparl/consultations/{ID}", IDENTIFIED),
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
    ],
}
AUDITORS = ["auditor", "operator"]
for rows in MATRIX.values():
    rows += [
        Row("list_keys", "GET", "/v1/keys", EVERYBODY),
        Row("list_events", "GET", "/v1/events", FEED),
        Row("list_audit", "GET", "/v1/audit", AUDITORS),
        Row("list_checkpoints", "GET", "/v1/audit/checkpoints", AUDITORS),
        Row("seal_checkpoint", "POST", "/v1/audit/checkpoints", AUDITORS),
        Row("prove", "GET", "/v1/audit/proofs?position=0", AUDITORS),
        Row("recount", "GET", "/v1/integrity", AUDITORS),
    ]
OPEN = ["is_alive", "is_ready", "tell_metrics"]
