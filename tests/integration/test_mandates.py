"""A target outside its corridor is signed by a mandate that was used, and then a report is owed."""

import httpx
from support.agreeing_online import AGENCY, CONTENT, DISTRICT, JOBCENTER, agreed, drafted, kind, lead, signed
from support.council import office, planned, seat
from support.tokens import bearer

VALUES = f"unit,indicator,direction,value,low,high\n{JOBCENTER},K2,at_least,21.0,20.8,21.6\n"


async def test_a_deviation_waits_for_its_mandate_and_the_mandate_for_its_report(http: httpx.AsyncClient) -> None:
    await seat(http)
    agency = bearer("supervisor", units=(AGENCY,))
    sent = {"year": 2014, "lead": AGENCY, "title": "Runde mit Ermächtigung"}
    made = (await http.post("/v1/planning-rounds", json=sent, headers=agency)).json()
    values = f"/v1/planning-rounds/{made['id']}/reference-values"
    await http.post(values, content=VALUES, headers=agency | {"Content-Type": "text/csv"})
    told = await drafted(http, round=made["id"], goals=CONTENT["goals"][:1])
    step = await planned(http, told, position=1, body="rat", meeting_on="2013-12-12", kind="decision")
    path = f"/v1/agreements/{told['id']}"
    resolved = {key: step[key] for key in ("position", "body", "meeting_on", "kind")} | {"outcome": "approved"}
    headers = office(DISTRICT, **{"If-Match": f'"{step["version"]}"'})
    await http.put(f"{path}/consultations/{step['id']}", json=resolved, headers=headers)
    granted = {"consultation": step["id"], "holder": DISTRICT, "text": "20,6", "report_to": "soziales"}
    limits = {"indicators": ["K2"], "low": "20.5", "high": "20.7"}
    mandate = (await http.post(f"{path}/mandates", json=granted | limits, headers=office(DISTRICT))).json()
    told = await agreed(http, told)
    stopped = await signed(http, told, AGENCY)
    assert (kind(stopped), stopped.json()["errors"][0]["code"]) == ("findings-block", "outside_corridor")
    used = {"on": "2014-01-15", "report_due": "2014-03-31"}
    one = f"{path}/mandates/{mandate['id']}/use"
    assert (await http.post(one, json=used, headers=lead(DISTRICT, **{"If-Match": '"1"'}))).status_code == 200
    assert (await signed(http, told, AGENCY)).status_code == 201
    owed = (await http.get("/v1/mandates?status=used", headers=lead(DISTRICT))).json()["items"]
    assert [item["id"] for item in owed] == [mandate["id"]]


async def test_who_is_only_consulted_moves_and_changes_nothing(http: httpx.AsyncClient) -> None:
    parties = [*CONTENT["parties"], {"unit": "05158004", "role": "associated", "scope": "municipal", "signs_as": "Rat"}]
    told = await drafted(http, parties=parties)
    town = lead("05158004", **{"If-Match": f'"{told["version"]}"'})
    path = f"/v1/agreements/{told['id']}"
    for act in ("withdraw", "propose"):
        move = {"transition": act, "reason": "so", "party": "05158004", "revision": 1}
        assert kind(await http.post(f"{path}/transitions", json=move, headers=town)) == "forbidden"
    assert kind(await http.put(path, json={**CONTENT, "title": "anders"}, headers=town)) == "forbidden"
    assert (await http.get(path, headers=town)).status_code == 200
