"""Budgets and measures by HTTP: Stuttgart's two plan years to the cent, the rule of a tenth, overlaps."""

import csv
from decimal import Decimal
from importlib.resources import files
from typing import Any

import httpx
import pytest
from support.agreeing_online import AGENCY, CONTENT, DISTRICT, JOBCENTER, drafted, kind, lead
from support.tokens import bearer

SOURCE = files("demonstration") / "data" / "stuttgart_integration_budget.csv"
ROWS = list(csv.DictReader(SOURCE.read_text("utf-8").splitlines()))
PLANNED = (2010, 2011)
SHARES = [{"since": "2010-01-01", "percent": "87.4"}, {"since": "2011-01-01", "percent": "84.8"}]
COURSE = {
    "unit": DISTRICT,
    "year": 2012,
    "title": "Sprachkurs mit Kinderbetreuung",
    "starts_on": "2012-01-01",
    "ends_on": "2012-06-30",
    "needs": [{"code": "language", "text": "Deutschkenntnisse"}],
    "target_groups": ["lone_parents", "under_25"],
    "goals": [{"goal": "integration_lone_parents"}],
    "cost": "48000.50",
}


def integration(year: int) -> dict[str, Any]:
    """Give the integration title of a plan year with its instruments."""
    column = f"plan_{year}_eur"
    plans = {row["instrument"]: row[column] for row in ROWS}
    return {
        "code": "integration",
        "name": "Eingliederung in Arbeit",
        "kind": "integration",
        "funding": "federal",
        "plan": plans.pop("total"),
        "instruments": [{"code": code, "name": code.replace("_", " "), "plan": plan} for code, plan in plans.items()],
    }


def administration() -> dict[str, Any]:
    shared = {"kind": "administration", "funding": "shared", "plan": "20000000", "federal_shares": SHARES}
    return {"code": "administration", "name": "Verwaltungskosten", **shared}


async def set_for(http: httpx.AsyncClient, year: int, unit: str = JOBCENTER, **more: Any) -> httpx.Response:
    titles = [integration(year), administration()] if year in PLANNED else [administration()]
    sent = {"unit": unit, "year": year, "titles": titles, **more}
    return await http.post("/v1/budgets", json=sent, headers=lead(unit))


@pytest.mark.parametrize(("year", "total"), [(2010, "32907075"), (2011, "25320840")])
async def test_both_plan_years_load_exactly_and_show_what_the_instruments_leave(
    http: httpx.AsyncClient, year: int, total: str
) -> None:
    filed = (await set_for(http, year)).json()
    again = (await http.get(f"/v1/budgets/{filed['id']}", headers=bearer("auditor"))).json()
    assert again == filed
    assert {i["code"]: i["plan"] for i in filed["titles"][0]["instruments"]} == {
        row["instrument"]: row[f"plan_{year}_eur"] for row in ROWS if row["instrument"] != "total"
    }
    path = f"/v1/budgets/{filed['id']}/summary?on={year}-06-30"
    summed = (await http.get(path, headers=bearer("auditor"))).json()
    parts = sum(Decimal(row[f"plan_{year}_eur"]) for row in ROWS if row["instrument"] != "total")
    own = summed["titles"][0]
    assert (own["plan"], Decimal(own["remainder"])) == (total, Decimal(total) - parts)
    shared = summed["titles"][1]
    assert shared["federal_part"] == ("17480000.00" if year == 2010 else "16960000.00")
    assert summed["totals"] == {"federal": total, "municipal": "0", "shared": "20000000"}


async def test_at_most_a_tenth_moves_between_integration_and_administration(http: httpx.AsyncClient) -> None:
    filed = (await set_for(http, 2010, DISTRICT)).json()
    path = f"/v1/budgets/{filed['id']}/reallocations"
    moved = {"giving": "integration", "taking": "administration", "on": "2010-06-01", "reason": "Personal"}

    async def move(amount: str, version: int, **more: str) -> httpx.Response:
        headers = lead(DISTRICT, **{"If-Match": f'"{version}"'})
        return await http.post(path, json={**moved, "amount": amount, **more}, headers=headers)

    assert (await move("3290707.50", 1)).status_code == 201
    late = await move("0.01", 2)
    assert (kind(late), "0.0" in late.json()["detail"]) == ("too-much-reallocated", True)
    assert kind(await move("1", 2, giving="nothing")) == "unknown-title"
    assert kind(await move("1", 2, reason=" ")) == "reason-needed"
    assert (await move("1", 1)).status_code == 412
    back = await move("2000000", 2, giving="administration", taking="integration")
    assert back.status_code == 201
    summed = (await http.get(f"/v1/budgets/{filed['id']}/summary", headers=lead(DISTRICT))).json()
    assert [title["available"] for title in summed["titles"]] == ["31616367.50", "21290707.50"]


async def test_care_ratios_stand_beside_their_norms(http: httpx.AsyncClient) -> None:
    posts = [
        {"profile": "Markt", "age_group": "under_25", "posts": "20", "cases": "1500"},
        {"profile": "Stabilisierung", "age_group": "from_25", "posts": "90.5", "cases": "14000"},
        {"profile": "unbesetzt", "age_group": "from_25", "posts": "0", "cases": "12"},
    ]
    filed = (await set_for(http, 2012, posts=posts)).json()
    ratios = (await http.get(f"/v1/budgets/{filed['id']}/summary", headers=lead(JOBCENTER))).json()["ratios"]
    assert [(r["ratio"], r["norm"], r["within_norm"]) for r in ratios] == [
        ("75.00", "75", True),
        ("154.70", "150", False),
        (None, "150", None),
    ]


async def test_what_cannot_be_set_is_refused_each_for_its_own_reason(http: httpx.AsyncClient) -> None:
    titles = [administration(), administration()]
    twice = {"unit": JOBCENTER, "year": 2015, "titles": titles}
    assert kind(await http.post("/v1/budgets", json=twice, headers=lead(JOBCENTER))) == "title-twice"
    assert kind(await http.post("/v1/budgets", json=twice, headers=lead(AGENCY))) == "title-twice"
    sound = {"unit": JOBCENTER, "year": 2015, "titles": [administration()]}
    assert kind(await http.post("/v1/budgets", json=sound, headers=lead(AGENCY))) == "forbidden"
    assert (await http.post("/v1/budgets", json=sound, headers=lead(JOBCENTER))).status_code == 201
    assert kind(await http.post("/v1/budgets", json=sound, headers=lead(JOBCENTER))) == "already-filed"
    negative = {**sound, "titles": [{**administration(), "plan": "-1"}]}
    assert kind(await http.post("/v1/budgets", json=negative, headers=lead(JOBCENTER))) == "number-out-of-range"


async def test_appropriations_above_their_title_are_found_when_they_are_agreed(http: httpx.AsyncClient) -> None:
    title = {"code": "debt", "name": "Schuldnerberatung", "kind": "municipal_services", "funding": "municipal"}
    sent = {"unit": JOBCENTER, "year": 2019, "titles": [{**title, "plan": "500000"}]}
    assert (await http.post("/v1/budgets", json=sent, headers=lead(JOBCENTER))).status_code == 201
    goal = next(goal for goal in CONTENT["goals"] if goal["code"] == "debt_counselling")
    tied = [{**goal, "code": code, "budget_title": "debt"} for code in ("first", "second")]
    lost = [{**goal, "code": "lost", "budget_title": "nowhere"}]
    told = await drafted(http, goals=[*tied, *lost], year=2019, valid_from="2019-01-01", valid_until="2020-01-01")
    found = (await http.get(f"/v1/agreements/{told['id']}/findings", headers=lead(DISTRICT))).json()["items"]
    assert [f["pointer"] for f in found if f["rule"] == "above_budget_title"] == [
        "/goals/1/amount",
        "/goals/2/budget_title",
    ]


async def test_measures_for_the_same_need_of_the_same_group_at_once_are_found(http: httpx.AsyncClient) -> None:
    def course(**changed: Any) -> dict[str, Any]:
        return {**COURSE, **changed}

    sent = [
        course(),
        course(title="Sprachcafé", target_groups=["lone_parents"], starts_on="2012-06-30", ends_on="2012-12-31"),
        course(title="Abendkurs", starts_on="2012-09-01", ends_on="2012-12-31", justification="anderer Träger"),
        course(title="Bewerbung", needs=[], goals=[]),
    ]
    ids = [(await http.post("/v1/measures", json=one, headers=lead(DISTRICT))).json()["id"] for one in sent]
    found = (await http.get(f"/v1/measures/overlaps?unit={DISTRICT}&year=2012", headers=lead(DISTRICT))).json()["items"]
    assert [({o["one"], o["other"]}, o["starts_on"], o["justification"]) for o in found] == [
        ({ids[0], ids[1]}, "2012-06-30", None),
        ({ids[1], ids[2]}, "2012-09-01", "anderer Träger"),
    ]
    path = f"/v1/measures/programme?unit={DISTRICT}&year=2012"
    programme = (await http.get(path, headers=lead(DISTRICT))).json()
    branch = programme["branches"][0]
    assert (branch["need"], branch["measures"], branch["goals"]) == ("language", ids[:3], ["integration_lone_parents"])
    assert (programme["without_need"], programme["without_goal"]) == ([ids[3]], [ids[3]])
    assert programme["cost"] == "192002.00"
    backwards = course(ends_on="2011-12-31")
    assert kind(await http.post("/v1/measures", json=backwards, headers=lead(DISTRICT))) == "measure-backwards"
    listed = await http.get("/v1/measures", headers=bearer("reader", units=("03002",)))
    assert listed.json()["items"] == []
