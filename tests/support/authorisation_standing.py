"""Who may attest, contest, reconcile and release: one row a route."""

from support.asking import (
    ATTESTATION,
    ID,
    OBJECTION,
    OBJECTION_ANSWER,
    OFFICIAL,
    RELEASE,
    WITHDRAWN,
)
from support.roles import MEASURERS, Row

CONTESTANTS = ["controller", "unit_lead"]
RECONCILERS = ["controller", "supervisor", "operator"]
ATTESTED, CONTESTED, RECONCILED = f"/v1/attestations/{ID}", f"/v1/objections/{ID}", f"/v1/reconciliations/{ID}"
STANDING = [
    Row("attest_month", "POST", "/v1/attestations", ["unit_lead"], ATTESTATION),
    Row("list_attestations", "GET", "/v1/attestations", MEASURERS),
    Row("get_attestation", "GET", ATTESTED, MEASURERS),
    Row("withdraw_attestation", "POST", f"{ATTESTED}/withdrawal", ["unit_lead"], WITHDRAWN),
    Row("list_standing", "GET", "/v1/standing?unit=05158&month=2014-11", MEASURERS),
    Row("raise_objection", "POST", "/v1/objections", CONTESTANTS, OBJECTION),
    Row("list_objections", "GET", "/v1/objections", MEASURERS),
    Row("get_objection", "GET", CONTESTED, MEASURERS),
    Row("answer_objection", "POST", f"{CONTESTED}/answer", ["supervisor"], OBJECTION_ANSWER),
    Row("withdraw_objection", "POST", f"{CONTESTED}/withdrawal", CONTESTANTS, WITHDRAWN),
    Row("reconcile_figures", "POST", "/v1/reconciliations", RECONCILERS, content=OFFICIAL),
    Row("list_reconciliations", "GET", "/v1/reconciliations", MEASURERS),
    Row("get_reconciliation", "GET", RECONCILED, MEASURERS),
    Row("follow_reconciliation", "GET", f"{RECONCILED}/events", MEASURERS),
    Row("list_figure_differences", "GET", f"{RECONCILED}/differences", MEASURERS),
    Row("list_official_findings", "GET", f"{RECONCILED}/findings", MEASURERS),
    Row("publish_release", "POST", "/v1/releases", ["operator"], RELEASE),
    Row("list_releases", "GET", "/v1/releases", MEASURERS),
    Row("get_release", "GET", "/v1/releases/x", MEASURERS),
    Row("list_release_changes", "GET", "/v1/releases/x/changes?since=y", MEASURERS),
]
