"""Who may call what of quality rules and what they doubt."""

from support.asking import ID, KEEPERS, RULE, TRIAL
from support.roles import IDENTIFIED, MEASURERS, Row

QUALITY = [
    Row("list_quality_rules", "GET", "/v1/quality-rules", IDENTIFIED),
    Row("get_quality_rule", "GET", "/v1/quality-rules/outlier", IDENTIFIED),
    Row("list_quality_rule_versions", "GET", "/v1/quality-rules/outlier/versions", IDENTIFIED),
    Row("put_quality_rule", "PUT", "/v1/quality-rules/own", ["operator"], RULE),
    Row("try_quality_rule", "POST", "/v1/quality-rules/trial", ["operator", "controller", "supervisor"], TRIAL),
    Row("list_soft_findings", "GET", "/v1/soft-findings", MEASURERS),
    Row("get_soft_finding", "GET", f"/v1/soft-findings/{ID}", MEASURERS),
    Row("acknowledge_soft_finding", "POST", f"/v1/soft-findings/{ID}/acknowledgement", KEEPERS, {"reason": "x"}),
    Row("list_soft_findings_of_delivery", "GET", f"/v1/deliveries/{ID}/soft-findings", MEASURERS),
]
