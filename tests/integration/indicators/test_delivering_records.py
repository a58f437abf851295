"""Case records by HTTP: persons in, figures out, and nobody is named anywhere."""

import io
from collections.abc import Iterable

import httpx
import polars as pl
from support.tokens import bearer

JOBCENTER, TOWN, OTHER = "36402", "05158004", "05158008"
HEADER = (
    "unit,person,month,town,sex,birth_year,household_type,lone_parent,employable,in_need,"
    "benefit_living,benefit_housing,integration,marginal_entry,subsidised_entry,in_measure"
)
SENDER = bearer("uploader", units=(JOBCENTER, OTHER), subject="fachverfahren")
CSV = {**SENDER, "Content-Type": "text/csv"}


def row(person: str, month: str, unit: str = JOBCENTER, integration: str = "none", need: str = "ja") -> str:
    return f"{unit},{person},{month},{TOWN},f,1990,single,nein,ja,{need},563.00,410.50,{integration},nein,nein,nein"


def file(rows: Iterable[str]) -> bytes:
    return "\n".join([HEADER, *rows, ""]).encode()


async def delivered(http: httpx.AsyncClient, rows: Iterable[str], query: str = "") -> httpx.Response:
    return await http.post(f"/v1/deliveries?kind=case_records&mode=complete{query}", content=file(rows), headers=CSV)


async def figures(http: httpx.AsyncClient, variable: str, unit: str = JOBCENTER) -> dict[str, str]:
    asked = {"unit": unit, "variable": variable, "from": "2012-01", "to": "2012-12"}
    items = (await http.get("/v1/observations", params=asked, headers=bearer("auditor"))).json()["items"]
    return {one["month"]: one["value"] for one in items if not one["dimensions"]}


async def test_records_become_figures_of_the_unit_and_its_town(http: httpx.AsyncClient) -> None:
    rows = [row(person, month) for month in ("2012-01", "2012-02") for person in ("p1", "p2", "p3")]
    rows += [row("p1", "2012-03"), row("p2", "2012-03", integration="employment", need="nein")]
    answer = await delivered(http, rows)
    told = answer.json()
    assert (answer.status_code, told["status"], told["counts"]["accepted"]) == (202, "accepted", 8), told
    assert told["ltr_variant"] == "ordinance"
    assert await figures(http, "elb_stock") == {"2012-01": "3", "2012-02": "3", "2012-03": "1"}
    assert await figures(http, "elb_stock", TOWN) == {"2012-01": "3", "2012-02": "3", "2012-03": "1"}
    assert (await figures(http, "elb_outflow"))["2012-03"] == "2"
    assert (await figures(http, "integrations"))["2012-03"] == "1"
    assert (await figures(http, "benefits_living"))["2012-02"] == "1689.00"


async def test_a_corrected_month_changes_what_depends_on_it_and_nothing_else(http: httpx.AsyncClient) -> None:
    before = await figures(http, "elb_stock")
    corrected = await delivered(http, [row(person, "2012-02") for person in ("p1", "p2", "p3", "p4")])
    assert corrected.json()["status"] == "accepted"
    assert await figures(http, "elb_stock") == {**before, "2012-02": "4"}
    assert (await figures(http, "elb_inflow"))["2012-02"] == "1"
    assert (await figures(http, "elb_outflow"))["2012-03"] == "3"


async def test_nobody_is_named_in_findings_and_the_file_does_not_come_back(http: httpx.AsyncClient) -> None:
    person = "geheim-4711"
    rows = [row(person, "2012-13"), row(person, "2012-04"), row(person, "2012-04", unit=OTHER), row("p9", "2012-04")]
    answer = await delivered(http, rows)
    found = await http.get(f"{answer.headers['location']}/findings", headers=SENDER)
    codes = sorted(one["code"] for one in found.json()["items"])
    assert codes == ["bad_month", "person_in_two_units", "person_in_two_units"]
    assert person not in found.text + answer.text
    back = await http.get(f"{answer.headers['location']}/returned-file", headers=SENDER)
    assert (back.status_code, back.json()["type"]) == (404, "/problems/file-gone")
    refused = await http.post(f"{answer.headers['location']}/retraction", json={"reason": "x"}, headers=SENDER)
    assert refused.status_code == 409


async def test_a_record_that_another_unit_had_is_taken_once_that_one_has_corrected_its_month(
    http: httpx.AsyncClient,
) -> None:
    mine = [row(person, "2012-06") for person in ("z1", "z2")]
    assert (await delivered(http, [row(person, "2012-06", OTHER) for person in ("z1", "z3")])).status_code == 202
    assert (await delivered(http, mine)).json()["counts"]["rejected"] == 1
    await delivered(http, [row("z3", "2012-06", OTHER)])
    again = await delivered(http, mine)
    assert (again.status_code, again.json()["status"]) == (202, "accepted")
    assert (await figures(http, "elb_stock"))["2012-06"] == "2"


async def test_a_dry_run_of_records_shows_what_figures_would_change(http: httpx.AsyncClient) -> None:
    before = await figures(http, "elb_stock")
    dry = await delivered(http, [row("p1", "2012-01")], "&dry_run=true")
    told = (await http.get(f"{dry.headers['location']}/differences", headers=SENDER)).json()["items"]
    stock = [
        one for one in told if one["variable"] == "elb_stock" and one["unit"] == JOBCENTER and not one["dimensions"]
    ]
    assert [(one["month"], one["old"], one["new"]) for one in stock] == [("2012-01", "3", "1")]
    assert await figures(http, "elb_stock") == before


async def test_parquet_with_its_own_types_is_taken_too(http: httpx.AsyncClient) -> None:
    kinds = {"unit": pl.String, "town": pl.String}
    plain = row("q1", "2013-01").replace("nein", "false").replace("ja", "true")
    frame = pl.read_csv(file([plain]), schema_overrides=kinds)
    assert frame.schema["in_need"] == pl.Boolean
    out = io.BytesIO()
    frame.write_parquet(out)
    headers = {**SENDER, "Content-Type": "application/vnd.apache.parquet"}
    answer = await http.post("/v1/deliveries?kind=case_records", content=out.getvalue(), headers=headers)
    assert answer.json()["counts"] == {**answer.json()["counts"], "accepted": 1, "rejected": 0}, answer.text


async def test_follow_ups_tell_whether_work_lasted(http: httpx.AsyncClient) -> None:
    names = ",".join(f"insured_{number}" for number in range(1, 13))
    months = ",".join(["ja"] * 12)
    content = f"unit,person,month,{names}\n{JOBCENTER},p2,2012-03,{months}\n".encode()
    answer = await http.post("/v1/deliveries?kind=follow_up", content=content, headers=CSV)
    assert answer.json()["status"] == "accepted", answer.text
    assert (await figures(http, "integrations_continuous")).get("2012-03") == "1"
