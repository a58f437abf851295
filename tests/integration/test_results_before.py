"""The result of last year's agreement stands beside the next negotiation."""

import httpx
from support.agreeing_online import AGENCY, DISTRICT, JOBCENTER, all_signed, drafted, kind, lead, moved
from support.tokens import bearer

LAST_YEAR = {"title": "Zielvereinbarung 2013", "year": 2013, "valid_from": "2013-01-01", "valid_until": "2014-01-01"}
VALUES = f"""unit,indicator,direction,value,low,high,outcome
{JOBCENTER},K2,at_least,21.0,20.4,21.6,20.2
"""


async def test_what_was_agreed_what_happened_and_what_was_declared_are_carried_over(http: httpx.AsyncClient) -> None:
    before = await all_signed(http, await drafted(http, **LAST_YEAR))
    assert (await moved(http, before, "activate")).status_code == 200
    said = {"kind": "better", "on": "2013-12-01", "party": JOBCENTER, "narrative": "mehr Plätze"}
    path = f"/v1/agreements/{before['id']}/goals/child_care_places/declarations"
    assert (await http.post(path, json=said, headers=lead(JOBCENTER))).status_code == 201
    agency = bearer("supervisor", units=(AGENCY,))
    planned = {"year": 2013, "lead": AGENCY, "title": "Planungsrunde 2013"}
    made = (await http.post("/v1/planning-rounds", json=planned, headers=agency)).json()
    values = f"/v1/planning-rounds/{made['id']}/reference-values"
    sent = await http.post(values, content=VALUES, headers=agency | {"Content-Type": "text/csv"})
    assert sent.status_code == 200, sent.text

    now = await drafted(http)
    told = await http.get(f"/v1/agreements/{now['id']}/results-before", headers=lead(DISTRICT))
    results = {result["goal"]: result for result in told.json()["items"]}
    integration, places = results["integration"], results["child_care_places"]
    assert (integration["previous"]["goal"]["target"], integration["outcome"]) == ("20.6", "20.2")
    assert integration["previous"]["agreement"] == before["id"]
    assert (places["declared"]["kind"], places["declared"]["narrative"]) == ("better", "mehr Plätze")
    assert results["housing_costs"]["previous"]["year"] == 2013


async def test_a_stranger_learns_nothing_of_results(http: httpx.AsyncClient) -> None:
    now = await drafted(http)
    answer = await http.get(f"/v1/agreements/{now['id']}/results-before", headers=lead("03002"))
    assert kind(answer) == "unknown-agreement"
