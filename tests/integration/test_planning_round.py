"""A planning round by HTTP: its calendar, its phases, and its reference values from a table."""

import io
from collections.abc import AsyncIterator

import httpx
import openpyxl
import pytest
from support.apps import Stack
from support.planning_scene import (
    ELSEWHERE,
    HEADER,
    METTMANN,
    MINISTRY,
    MUENSTER,
    TABLE,
    UNNA,
    begun,
    kind,
    lead,
    loaded,
    negotiating,
    supervisor,
)
from support.tokens import bearer

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BAD = f"{HEADER}\n{METTMANN};K2;at_least;20,6;20;21;;;\n99999;K2;upwards;fifty;;21;;;\n{ELSEWHERE};K2;at_least;1;1;1;;;"


@pytest.fixture(scope="module")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with stack.client("agreements") as client:
        yield await loaded(client)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(HEADER.split(";"))
    book.active.append([METTMANN, "K2", "at_least", 20.6, 20, 21, 100, "Referenzrahmen", None])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def test_a_round_with_muensters_calendar_tells_what_is_overdue_until_it_is_done(http: httpx.AsyncClient) -> None:
    round = await begun(http, "Kalender", 2013, "?calendar=muenster", budget_law_on="2012-11-23")
    known = await http.get(round.path, headers=lead(METTMANN))
    assert (known.json()["phase"], known.json()["budget_law_on"], known.headers["etag"]) == (
        "reference_values",
        "2012-11-23",
        '"1"',
    )
    late = await http.get(f"{round.path}/overdue?on=2012-05-01", headers=lead(METTMANN))
    assert [step["code"] for step in late.json()["items"]] == ["planning_conference", "goal_concept"]
    sent = {"evidence": "Protokoll der Planungskonferenz", "done_on": "2012-03-28"}
    done_path = f"{round.path}/steps/planning_conference/done"
    held = {"If-Match": '"1"'}
    assert kind(await http.post(done_path, json=sent, headers=lead(METTMANN, **held))) == "forbidden"
    assert (await http.post(done_path, json=sent, headers=supervisor())).status_code == 428
    assert (await http.post(done_path, json=sent, headers=supervisor(**held))).json()["version"] == 2
    assert (await http.post(done_path, json=sent, headers=supervisor(**held))).status_code == 412
    late = await http.get(f"{round.path}/overdue?on=2012-05-01", headers=lead(METTMANN))
    assert [step["code"] for step in late.json()["items"]] == ["goal_concept"]
    assert len((await http.get(f"{round.path}/overdue", headers=supervisor())).json()["items"]) == 10


async def test_the_unit_that_owns_a_step_says_that_it_is_done(http: httpx.AsyncClient) -> None:
    steps = [{"code": "offer", "title": "Planungsangebot", "owner": METTMANN, "due": "2013-11-30"}]
    round = await begun(http, "Schritte", steps=steps)
    path, sent = f"{round.path}/steps/offer/done", {"evidence": "Schreiben vom 28.11.2013"}
    assert kind(await http.post(path, json=sent, headers=lead(MUENSTER, **{"If-Match": '"1"'}))) == "forbidden"
    done = await http.post(path, json=sent, headers=lead(METTMANN, **{"If-Match": '"1"'}))
    assert done.json()["steps"][0]["evidence"] == sent["evidence"]
    missing = await http.post(f"{round.path}/steps/x/done", json=sent, headers=supervisor(**{"If-Match": '"2"'}))
    assert kind(missing) == "unknown-step"


async def test_only_who_acts_for_the_lead_plans_and_moves_a_round(http: httpx.AsyncClient) -> None:
    sent = {"year": 2014, "lead": MINISTRY, "title": "Fremd"}
    assert kind(await http.post("/v1/planning-rounds", json=sent, headers=supervisor(METTMANN))) == "forbidden"
    assert kind(await http.post("/v1/planning-rounds", json=sent, headers=lead(MINISTRY))) == "forbidden"
    round = await begun(http, "Leitung")
    again = await http.post("/v1/planning-rounds", json={**sent, "title": "Leitung"}, headers=supervisor())
    assert kind(again) == "already-filed"
    held = {"If-Match": '"1"'}
    changed = {**sent, "title": "Neu", "trial": True}
    assert kind(await http.put(round.path, json=changed, headers=supervisor(METTMANN, **held))) == "forbidden"
    given_away = await http.put(round.path, json={**changed, "lead": METTMANN}, headers=supervisor(**held))
    assert kind(given_away) == "forbidden"
    assert (await http.put(round.path, json=changed, headers=supervisor(**held))).json()["trial"] is True
    for phase in ("negotiation", "conclusion", "closed"):
        assert (await round.advance()).json()["phase"] == phase
    assert kind(await round.advance()) == "round-is-closed"


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"year": 10**9}, "number-out-of-range"),
        ({"steps": [{"code": "a", "title": "a", "owner": "a", "due": "2014-01-01"}] * 2}, "step-twice"),
        ({"colour": "red"}, "bad-input"),
    ],
)
async def test_bad_rounds_are_refused(http: httpx.AsyncClient, sent: dict[str, object], problem: str) -> None:
    body = {"year": 2014, "lead": MINISTRY, "title": "Schlecht", **sent}
    assert kind(await http.post("/v1/planning-rounds", json=body, headers=supervisor())) == problem


async def test_rounds_are_listed_by_year_lead_and_phase_in_pages(http: httpx.AsyncClient) -> None:
    first, second = await begun(http, "Eins", 2030), await begun(http, "Zwei", 2030)
    await second.advance()
    query = f"/v1/planning-rounds?year=2030&lead={MINISTRY}"
    page = (await http.get(f"{query}&limit=1", headers=lead(METTMANN))).json()
    rest = (await http.get(f"{query}&limit=1&cursor={page['next']}", headers=lead(METTMANN))).json()
    assert [item["id"] for item in (*page["items"], *rest["items"])] == [first.id, second.id]
    assert rest["next"] is None
    moved = (await http.get(f"{query}&phase=negotiation", headers=lead(METTMANN))).json()
    assert [item["id"] for item in moved["items"]] == [second.id]
    assert (await http.get("/v1/planning-rounds?calendar=x", headers=supervisor())).status_code == 422


async def test_a_table_is_taken_in_as_a_set_and_the_same_again_changes_nothing(http: httpx.AsyncClient) -> None:
    round = await begun(http, "Tabelle")
    first, again = (await round.upload()).json(), (await round.upload()).json()
    assert (first["read"], first["created"], first["errors"]) == (4, 4, [])
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 4)
    corrected = (await round.upload(workbook(), **{"Content-Type": WORKBOOK})).json()
    assert (corrected["read"], corrected["unchanged"]) == (1, 1)
    rows = [{**value, "value": "20.8"} for value in await round.values(supervisor(), f"?unit={METTMANN}&indicator=K2")]
    sent = {"rows": [{name: row[name] for name in HEADER.split(";")} for row in rows]}
    answer = await http.post(f"{round.path}/reference-values", json=sent, headers=supervisor())
    assert answer.json()["changed"] == 1


async def test_bad_rows_are_told_row_by_row_and_nothing_is_kept(http: httpx.AsyncClient) -> None:
    round = await begun(http, "Fehler")
    refused = await round.upload(BAD, **{"Accept-Language": "de"})
    assert (refused.status_code, kind(refused)) == (422, "rows-refused")
    errors = refused.json()["errors"]
    assert [(error["row"], error["column"], error["code"], error["value"]) for error in errors] == [
        (3, "low", "empty_value", ""),
        (3, "unit", "unknown_unit", "99999"),
        (3, "direction", "bad_direction", "upwards"),
        (3, "value", "not_a_decimal", "fifty"),
        (4, "unit", "unit_not_below", ELSEWHERE),
    ]
    assert "führende Nullen" in errors[1]["detail"]
    assert await round.values(supervisor()) == []
    kept = (await round.upload(BAD, "?on_error=accept_valid")).json()
    assert (kept["read"], kept["created"], kept["rejected"], len(kept["errors"])) == (3, 1, 2, 5)
    assert [value["unit"] for value in await round.values(supervisor())] == [METTMANN]


async def test_what_is_no_table_is_refused_and_so_is_who_may_not_upload(http: httpx.AsyncClient) -> None:
    round = await begun(http, "Kein Zutritt")
    assert kind(await round.upload("a;b\n1;2\n")) == "wrong-columns"
    assert kind(await round.upload(TABLE, **{"Content-Type": WORKBOOK})) == "table-broken"
    assert kind(await round.upload(TABLE, **{"Content-Type": "text/plain"})) == "not-this-media-type"
    assert kind(await round.upload("")) == "table-empty"
    assert kind(await round.upload(TABLE, **supervisor(METTMANN))) == "forbidden"
    assert kind(await round.upload(TABLE, **lead(MINISTRY))) == "forbidden"


async def test_a_unit_sees_its_own_values_and_the_supervisor_all_below(http: httpx.AsyncClient) -> None:
    round = await negotiating(http, "Sicht")
    assert {value["unit"] for value in await round.values(lead(METTMANN))} == {METTMANN}
    assert await round.values(lead(METTMANN), f"?unit={MUENSTER}") == []
    assert {value["unit"] for value in await round.values(supervisor())} == {METTMANN, MUENSTER, UNNA}
    assert await round.values(lead(ELSEWHERE)) == []
    page = (await http.get(f"{round.path}/reference-values?limit=3", headers=supervisor())).json()
    rest = (await http.get(f"{round.path}/reference-values?limit=3&cursor={page['next']}", headers=supervisor())).json()
    assert [(v["unit"], v["indicator"]) for v in rest["items"]] == [(UNNA, "K2")]


async def test_a_list_as_csv_can_be_uploaded_again(http: httpx.AsyncClient) -> None:
    round = await begun(http, "Rundreise")
    await round.upload(TABLE.replace("Referenzrahmen", "=SUM(A1)"))
    told = await http.get(f"{round.path}/reference-values", headers=supervisor(Accept="text/csv"))
    assert told.headers["content-type"].startswith("text/csv")
    assert "'=SUM" in told.text
    assert (await round.upload(told.content)).json()["unchanged"] == 4
    german = await http.get(f"{round.path}/reference-values?format=excel-de", headers=supervisor())
    assert ";17283,5;" in german.text
    assert (await round.upload(german.content)).json()["unchanged"] == 4


async def test_after_the_negotiation_only_outcomes_change(http: httpx.AsyncClient) -> None:
    round = await negotiating(http, "Ergebnis")
    await round.advance()
    moved = await round.upload(TABLE.replace("20,6;20;21", "20,6;19;21"))
    assert [error["code"] for error in moved.json()["errors"]] == ["corridor_fixed"]
    outcome = await round.upload(TABLE.replace("100;Referenzrahmen;", "100;Referenzrahmen;19,9"))
    assert outcome.json()["changed"] == 1
    (value,) = await round.values(lead(METTMANN), "?indicator=K2")
    assert value["outcome"] == "19.9"


async def test_an_upload_that_changes_something_is_recorded(http: httpx.AsyncClient) -> None:
    round = await begun(http, "Protokoll")
    for _ in range(2):
        assert (await round.upload()).status_code == 200
    query = f"/v1/audit?resource=reference_values:{round.id}"
    recorded = (await http.get(query, headers=bearer("auditor"))).json()["items"]
    assert [(entry["by"], entry["action"]) for entry in recorded] == [("tester", "reference_values.changed")]


async def test_rounds_and_uploads_are_told_as_events(http: httpx.AsyncClient) -> None:
    round = await negotiating(http, "Ereignisse")
    events = (await http.get("/v1/events?limit=1000", headers=bearer("auditor"))).json()["items"]
    own = [event["type"] for event in events if event["subject"] == round.id]
    assert own == ["planning_round.added", "reference_values.changed", "planning_round.advanced"]


async def test_a_text_that_cannot_be_kept_is_refused_wherever_it_stands(http: httpx.AsyncClient) -> None:
    round = await begun(http, "Zeichen")
    sent = {"year": 2014, "lead": MINISTRY, "title": "\x00"}
    assert kind(await http.post("/v1/planning-rounds", json=sent, headers=supervisor())) == "bad-input"
    steps = {**sent, "title": "a", "steps": [{"code": "\x00", "title": "a", "owner": "a", "due": "2014-01-01"}]}
    assert kind(await http.post("/v1/planning-rounds", json=steps, headers=supervisor())) == "bad-input"
    assert kind(await http.get(f"{round.path}/reference-values?unit=%00", headers=supervisor())) == "bad-input"
