"""Who may try formulas, weigh changes and hold collection rounds."""

from support.asking import ID, INDICATOR
from support.roles import IDENTIFIED, MEASURERS, Row

COLLECTORS = ["controller", "supervisor", "operator"]
IMPACT = {"definition": {**INDICATOR, "indicator": "X2"}, "from_month": "2014-01", "to_month": "2014-02"}
COLLECTION = {
    "title": "Benchmarking",
    "quarter": "2014-Q1",
    "variables": ["elb_stock"],
    "units": ["05158"],
    "due_on": "2014-04-20",
}
CATALOGUE_ROUTES = [
    Row("list_variable_versions", "GET", "/v1/variables/elb_stock/versions", IDENTIFIED),
    Row("check_formula", "POST", "/v1/formulas/check", IDENTIFIED, {"formula": "elb_stock"}),
    Row("evaluate_formula", "POST", "/v1/formulas/evaluate", IDENTIFIED, {"formula": "elb_stock", "month": "2014-11"}),
    Row("weigh_change", "POST", "/v1/indicators/impact", MEASURERS, IMPACT),
    Row("list_collection_rounds", "GET", "/v1/collection-rounds", MEASURERS),
    Row("hold_collection_round", "POST", "/v1/collection-rounds", COLLECTORS, COLLECTION),
    Row("get_collection_round", "GET", f"/v1/collection-rounds/{ID}", MEASURERS),
    Row("change_collection_round", "PUT", f"/v1/collection-rounds/{ID}", COLLECTORS, COLLECTION),
    Row("list_collection_states", "GET", f"/v1/collection-rounds/{ID}/states", MEASURERS),
]
