"""The duty to deliver by HTTP: what is owed, what became of it, who is behind."""

import asyncio
from typing import Any

import httpx
from support.owing import (
    AUDITOR,
    DISTRICT,
    JOBCENTER,
    MINISTRY,
    OPERATOR,
    OTHER,
    TOWN,
    delivered,
    got,
    owing,
    status_of,
)
from support.tokens import bearer
from support.units import tree

PAST, FUTURE = "2015-01-31", "2999-12-31"


async def test_a_due_day_counts_the_working_days_of_the_units_land(http: httpx.AsyncClient) -> None:
    # In May 2014 North Rhine-Westphalia has a holiday on the 1st: the fifth working day is the 8th.
    await owing(http, TOWN, "2014-04", "ltr_stock", working_day=5)
    assert (await status_of(http, "2014-04"))["due"] == "2014-05-08"


async def test_a_month_goes_from_missing_over_incomplete_to_late(http: httpx.AsyncClient) -> None:
    await owing(http, TOWN, "2013-01", "ltr_inflow", "ltr_stock", due_on=PAST)
    missing = await status_of(http, "2013-01")
    assert (missing["status"], missing["missing"]) == ("missing", ["ltr_inflow", "ltr_stock"])
    assert missing["days_late"] > 1000
    await delivered(http, "2013-01", "ltr_stock:7")
    assert (await status_of(http, "2013-01"))["status"] == "incomplete"
    await delivered(http, "2013-01", "ltr_inflow:1")
    late = await status_of(http, "2013-01")
    assert (late["status"], late["missing"], late["completed_on"] is not None) == ("late", [], True)


async def test_a_rejected_row_keeps_a_month_incomplete_until_it_is_made_good(http: httpx.AsyncClient) -> None:
    await owing(http, TOWN, "2013-02", "ltr_inflow", "ltr_stock", due_on=FUTURE)
    await delivered(http, "2013-02", "ltr_stock:7", "ltr_stock:7", "ltr_inflow:3", "nonsense:1")
    found = await status_of(http, "2013-02")
    assert (found["status"], found["missing"], found["rejected_rows"]) == ("incomplete", [], 2)
    await delivered(http, "2013-02", "ltr_inflow:4")
    assert (await status_of(http, "2013-02"))["rejected_rows"] == 1
    await delivered(http, "2013-02", "ltr_stock:7")
    found = await status_of(http, "2013-02")
    assert (found["status"], found["rejected_rows"]) == ("on_time", 0)


async def test_rows_for_units_of_others_or_in_bad_months_spoil_nobodys_month(http: httpx.AsyncClient) -> None:
    await owing(http, OTHER, "2013-03", "ltr_stock", due_on=FUTURE)
    await delivered(http, "2013-03", "ltr_stock:7", unit=OTHER)
    rows = (f"{OTHER},ltr_stock,2013-03,x", f"{TOWN},ltr_stock,2013-3,1", f"{TOWN},elb_stock,2013-03,1")
    content = "\n".join(["unit,variable,month,value", *rows, ""])
    headers = {**bearer("uploader", units=(TOWN,)), "Content-Type": "text/csv", "Prefer": "wait=10"}
    answer = await http.post("/v1/deliveries", content=content.encode(), headers=headers)
    assert answer.json()["status"] == "partially_accepted"
    assert (await status_of(http, "2013-03", OTHER))["status"] == "on_time"


async def test_a_dry_run_and_a_refused_file_change_no_state(http: httpx.AsyncClient) -> None:
    await owing(http, TOWN, "2013-04", "ltr_stock", due_on=FUTURE)
    headers = {**bearer("uploader", units=(TOWN,)), "Content-Type": "text/csv", "Prefer": "wait=10"}
    rows = f"unit,variable,month,value\n{TOWN},ltr_stock,2013-04,7\n{TOWN},ltr_stock,2013-04,x\n".encode()
    for query in ("dry_run=true", "on_error=reject"):
        assert (await http.post(f"/v1/deliveries?{query}", content=rows, headers=headers)).is_success
        assert (await status_of(http, "2013-04"))["status"] == "expected"


async def test_what_is_taken_back_is_owed_again(http: httpx.AsyncClient) -> None:
    await owing(http, TOWN, "2013-05", "ltr_stock", due_on=PAST)
    id = await delivered(http, "2013-05", "ltr_stock:7")
    assert (await status_of(http, "2013-05"))["status"] == "late"
    sender = bearer("uploader", units=(TOWN,), subject=TOWN)
    taken = await http.post(f"/v1/deliveries/{id}/retraction", json={"reason": "falscher Monat"}, headers=sender)
    assert taken.is_success, taken.text
    assert (await status_of(http, "2013-05"))["status"] == "missing"


async def test_a_jobcenter_that_its_towns_deliver_for_is_whole_when_all_have(http: httpx.AsyncClient) -> None:
    await owing(http, JOBCENTER, "2013-06", "ltr_stock", due_on=FUTURE)
    towns = [unit["code"] for unit in tree()["units"] if unit["kind"] == "city"]
    await asyncio.gather(*(delivered(http, "2013-06", "ltr_stock:1", unit=town) for town in towns[1:]))
    found = await status_of(http, "2013-06", JOBCENTER)
    assert (found["status"], found["missing"], found["missing_units"]) == ("incomplete", ["ltr_stock"], [towns[0]])
    await delivered(http, "2013-06", "ltr_stock:1", unit=towns[0])
    assert (await status_of(http, "2013-06", JOBCENTER))["status"] == "on_time"


async def test_a_variable_is_owed_for_months_in_which_it_is_in_force(http: httpx.AsyncClient) -> None:
    known = {"label": "Termine", "label_en": "appointments", "measure": "cases", "kind": "flow", "dimensions": []}
    ended = await http.put("/v1/variables/own_ended", json={**known, "valid_until": "2011-08-01"}, headers=OPERATOR)
    assert ended.status_code == 200, ended.text
    await owing(http, TOWN, "2011-07", "ltr_stock", "own_ended", until="2011-08", due_on=PAST)
    assert (await status_of(http, "2011-07"))["missing"] == ["ltr_stock", "own_ended"]
    found = await status_of(http, "2011-08")
    assert (found["variables"], found["missing"]) == (["ltr_stock"], ["ltr_stock"])
    await delivered(http, "2011-08", "ltr_stock:7", "own_ended:1")
    late = await status_of(http, "2011-08")
    assert (late["status"], late["rejected_rows"]) == ("late", 0)
    await owing(http, OTHER, "2011-07", "own_ended", until="2011-08", due_on=PAST)
    owed = (await got(http, "/v1/delivery-status", unit=OTHER, month=["2011-07", "2011-08"]))["items"]
    assert [one["month"] for one in owed if "own_ended" in one["variables"]] == ["2011-07"]
    assert all(one["variables"] for one in owed)


async def test_the_dashboard_counts_units_and_names_who_is_behind(http: httpx.AsyncClient) -> None:
    for unit, day in ((TOWN, PAST), (OTHER, "2016-01-31"), (JOBCENTER, FUTURE)):
        await owing(http, unit, "2013-07", "ltr_stock", due_on=day)
    await delivered(http, "2013-07", "ltr_stock:1", unit=JOBCENTER)
    board = await got(http, "/v1/delivery-dashboard", month="2013-07")
    counts = {"expected": 0, "on_time": 1, "late": 0, "incomplete": 0, "missing": 2}
    assert board["counts"] == counts
    assert {one["unit"]: one["counts"] for one in board["supervisors"]} == {MINISTRY: counts}
    assert [(item["unit"], item["unit_name"], item["status"]) for item in board["items"]] == [
        (TOWN, "Erkrath", "missing"),
        (OTHER, "Haan", "missing"),
    ]
    only = await got(http, "/v1/delivery-dashboard", month="2013-07", unit=TOWN)
    assert (only["counts"]["missing"], only["supervisors"], len(only["items"])) == (1, [], 1)


async def test_a_unit_sees_itself_and_a_supervisor_what_is_below(http: httpx.AsyncClient) -> None:
    for unit in (TOWN, OTHER):
        await owing(http, unit, "2013-08", "ltr_stock", due_on=PAST)
    own = await got(http, "/v1/delivery-dashboard", bearer("controller", units=(TOWN,)), month="2013-08")
    assert ([item["unit"] for item in own["items"]], own["supervisors"]) == ([TOWN], [])
    above = await got(http, "/v1/delivery-dashboard", bearer("supervisor", units=(MINISTRY,)), month="2013-08")
    assert [item["unit"] for item in above["items"]] == [TOWN, OTHER]
    assert [one["unit"] for one in above["supervisors"]] == [MINISTRY]
    params = {"unit": OTHER}
    for path in ("dashboard", "punctuality"):
        hidden = await http.get(f"/v1/delivery-{path}", params=params, headers=bearer("controller", units=(TOWN,)))
        assert (hidden.status_code, hidden.json()["type"]) == (404, "/problems/unknown-unit")


async def test_two_who_oversee_the_same_units_hold_the_same_digest(http: httpx.AsyncClient) -> None:
    await owing(http, TOWN, "2013-09", "ltr_stock", due_on=PAST)
    asked = {"month": "2013-09", "unit": DISTRICT}
    one = await got(http, "/v1/delivery-dashboard", bearer("supervisor", units=(MINISTRY,)), **asked)
    two = await got(http, "/v1/delivery-dashboard", **asked)
    assert one["states_digest"] == two["states_digest"]
    await delivered(http, "2013-09", "ltr_stock:1")
    assert (await got(http, "/v1/delivery-dashboard", **asked))["states_digest"] != one["states_digest"]


async def test_the_dashboard_is_read_in_pages_and_again_for_nothing(http: httpx.AsyncClient) -> None:
    for unit in (TOWN, OTHER):
        await owing(http, unit, "2013-10", "ltr_stock", due_on=PAST)
    first = await http.get("/v1/delivery-dashboard", params={"month": "2013-10", "limit": 1}, headers=AUDITOR)
    cursor = first.json()["next"]
    second = await got(http, "/v1/delivery-dashboard", month="2013-10", limit=1, cursor=cursor)
    assert [first.json()["items"][0]["unit"], second["items"][0]["unit"], second["next"]] == [TOWN, OTHER, None]
    known = {**AUDITOR, "If-None-Match": first.headers["etag"]}
    again = await http.get("/v1/delivery-dashboard", params={"month": "2013-10", "limit": 1}, headers=known)
    assert again.status_code == 304


async def test_an_empty_month_is_an_empty_dashboard(http: httpx.AsyncClient) -> None:
    board = await got(http, "/v1/delivery-dashboard", month="1999-01")
    assert (set(board["counts"].values()), board["items"], board["next"]) == ({0}, [], None)
    assert (await got(http, "/v1/delivery-punctuality", **{"from": "1999-01", "to": "1999-02"}))["items"] == []
    backwards = await http.get("/v1/delivery-punctuality?from=2014-02&to=2014-01", headers=AUDITOR)
    assert (backwards.status_code, backwards.json()["type"]) == (422, "/problems/span-too-long")
    assert (await http.get("/v1/delivery-dashboard?month=2014-13", headers=AUDITOR)).status_code == 422


async def test_a_record_tells_months_days_and_the_streak(http: httpx.AsyncClient) -> None:
    await owing(http, TOWN, "2010-01", "ltr_stock", due_on=PAST)
    await owing(http, TOWN, "2010-02", "ltr_stock", until="2010-03", due_on=FUTURE)
    for month in ("2010-01", "2010-02", "2010-03"):
        await delivered(http, month, "ltr_stock:1")
    await owing(http, OTHER, "2010-01", "ltr_stock", until="2010-02", due_on=PAST)
    asked = {"from": "2010-01", "to": "2010-06"}
    town, other = (await got(http, "/v1/delivery-punctuality", unit=[TOWN, OTHER], **asked))["items"]
    assert (town["months"], town["on_time"], town["late"], town["streak"]) == (3, 2, 1, 2)
    assert town["mean_days_late"] == f"{town['longest_days_late']}.0"
    assert [month["status"] for month in town["history"]] == ["late", "on_time", "on_time"]
    assert (other["missing"], other["mean_days_late"], other["streak"]) == (2, None, 0)
    page = await got(http, "/v1/delivery-punctuality", limit=1, **asked)
    rest = await got(http, "/v1/delivery-punctuality", limit=1, cursor=page["next"], **asked)
    assert [page["items"][0]["unit"], rest["items"][0]["unit"], rest["next"]] == [TOWN, OTHER, None]


async def test_tables_open_in_german_spreadsheets(http: httpx.AsyncClient) -> None:
    await owing(http, TOWN, "2010-07", "ltr_inflow", "ltr_stock", due_on=PAST)
    board = await http.get("/v1/delivery-dashboard?month=2010-07&format=csv", headers=AUDITOR)
    header, row = board.text.splitlines()
    assert header.startswith("unit,unit_name,month,variables,due,status")
    assert row.startswith(f"{TOWN},Erkrath,2010-07,ltr_inflow ltr_stock,{PAST},missing")
    await delivered(http, "2010-07", "ltr_stock:1", "ltr_inflow:1")
    path = f"/v1/delivery-punctuality?unit={TOWN}&from=2010-07&to=2010-07&format=excel-de"
    record = await http.get(path, headers=AUDITOR)
    assert record.content.startswith(b"\xef\xbb\xbfunit;unit_name;months;")
    assert ",0;" in record.text.splitlines()[1]
    status = await http.get(f"/v1/delivery-status?unit={TOWN}&month=2010-07", headers={**AUDITOR, "Accept": "text/csv"})
    assert status.headers["content-type"].startswith("text/csv")
    assert len(status.text.splitlines()) == 2


async def test_states_are_read_in_pages_without_gaps(http: httpx.AsyncClient) -> None:
    await owing(http, TOWN, "2009-01", "ltr_stock", until="2009-07", due_on=PAST)
    await delivered(http, "2009-03", "ltr_stock:1")
    months = [f"2009-{number:02}" for number in range(1, 8)]
    seen: list[str] = []
    asked: dict[str, Any] = {"month": months, "status": "missing", "limit": 2}
    while True:
        page = await got(http, "/v1/delivery-status", **asked)
        seen += [item["month"] for item in page["items"]]
        if page["next"] is None:
            break
        asked["cursor"] = page["next"]
    assert seen == [month for month in months if month != "2009-03"]
