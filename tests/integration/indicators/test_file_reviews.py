"""File reviews by HTTP: planned, drawn by the rule, answered, closed, and out of reach for others."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest
from domain.sampling import draw
from indicators.usecases.forgetting import forget_old_samples
from support.apps import Stack
from support.reviewing import (
    ENDED,
    OFFICE,
    POPULATION,
    STRANGER,
    Told,
    answered,
    answers,
    drawn,
    kind,
    planned,
    prepared,
    reviewer,
)
from support.tokens import bearer


@pytest.fixture(scope="module")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with prepared(stack) as client:
        yield client


async def test_a_sample_is_drawn_by_the_rule_and_the_population_is_not_kept(http: httpx.AsyncClient) -> None:
    made = await planned(http, "2012-01")
    assert (made.status_code, made.json()["sample_size"], made.json()["draw"]) == (201, 10, None)
    path = made.headers["location"]
    content = "\n".join(["reference", *reversed(POPULATION)]).encode()
    once = reviewer(**{"Content-Type": "text/csv", "Idempotency-Key": "january"})
    sent = await http.post(f"{path}/population?seed=6 aus 49", content=content, headers=once)
    repeated = await http.post(f"{path}/population?seed=6 aus 49", content=content, headers=once)
    assert (repeated.status_code, repeated.json()) == (200, sent.json())
    told = sent.json()["draw"]
    kept, sample = draw(POPULATION, 10, "6 aus 49")
    assert (told["population_digest"], told["population_size"]) == (kept.population_digest, 60)
    assert (told["seed"], told["reserve_left"]) == ("6 aus 49", 10)
    files = (await http.get(f"{path}/files", headers=reviewer())).json()["items"]
    assert [(file["rank"], file["reference"]) for file in files] == list(enumerate(sample, start=1))
    everything = json.dumps([sent.json(), files], ensure_ascii=False)
    assert [one for one in POPULATION if f'"{one}"' in everything] == sorted(sample, key=POPULATION.index)
    again = await http.post(f"{path}/population", json={"references": POPULATION}, headers=reviewer())
    assert (again.status_code, kind(again)) == (409, "review-not-in-state")


async def test_bad_references_are_named_by_row_and_nothing_is_drawn(http: httpx.AsyncClient) -> None:
    path = (await planned(http, "2012-02")).headers["location"]
    headers = reviewer(**{"Content-Type": "text/csv", "Accept-Language": "de"})
    sent = await http.post(f"{path}/population", content=b"reference\na\n\nb\na\n", headers=headers)
    assert (sent.status_code, kind(sent)) == (422, "population-refused")
    assert [(e["row"], e["column"], e["code"]) for e in sent.json()["errors"]] == [
        (3, "reference", "blank"),
        (5, "reference", "duplicate"),
    ]
    assert "Zeile 2" in sent.json()["errors"][1]["detail"]
    assert (await http.get(path, headers=reviewer())).json()["status"] == "planned"
    xlsx = await http.post(f"{path}/population", content=b"x", headers=reviewer(**{"Content-Type": "image/png"}))
    assert (xlsx.status_code, kind(xlsx)) == (415, "not-this-format")


async def test_an_office_has_one_round_for_a_month_and_grid_until_it_is_withdrawn(http: httpx.AsyncClient) -> None:
    path = await drawn(http, "2012-03")
    again = await planned(http, "2012-03")
    assert (again.status_code, kind(again)) == (409, "on-file-already")
    held = reviewer(**{"If-Match": '"2"'})
    gone = await http.post(f"{path}/withdrawal", json={"reason": "falscher Monat"}, headers=held)
    assert (gone.json()["status"], gone.json()["draw"]["reserve_left"]) == ("withdrawn", 0)
    assert (await planned(http, "2012-03")).status_code == 201
    listed = await http.get("/v1/file-reviews", params={"month": "2012-03"}, headers=reviewer())
    assert [(one["status"], one["reason"]) for one in listed.json()["items"]] == [
        ("withdrawn", "falscher Monat"),
        ("planned", None),
    ]
    at_once = await asyncio.gather(*(planned(http, "2012-04") for _ in range(4)))
    assert sorted(one.status_code for one in at_once) == [201, 409, 409, 409]


async def test_answers_change_until_the_round_is_closed_and_nobody_overwrites_unseen(http: httpx.AsyncClient) -> None:
    path = await drawn(http, "2012-05", sample_size=1)
    one = f"{path}/files/1"
    assert (await http.put(one, json=answers(), headers=reviewer())).status_code == 428
    some = {"answers": [{"checkpoint": 2, "answer": "not_applicable", "note": "kein Einkommen"}]}
    first = await http.put(one, json=some, headers=reviewer(**{"If-Match": '"1"'}))
    assert (first.status_code, first.headers["etag"]) == (200, '"2"')
    assert kind(await http.put(one, json=some, headers=reviewer(**{"If-Match": '"1"'}))) == "version-stale"
    early = await http.post(f"{path}/closing", headers=reviewer(**{"If-Match": '"2"'}))
    assert (kind(early), early.json()["errors"][0]["pointer"]) == ("review-incomplete", "/files/1/answers")
    wrong = await http.put(one, json=answers(3, amount="-1"), headers=reviewer(**{"If-Match": '"2"'}))
    assert wrong.json()["errors"][0]["pointer"] == "/answers/2/amount"
    await http.put(one, json=answers(3, amount="184.00"), headers=reviewer(**{"If-Match": '"2"'}))
    done = await http.post(f"{path}/closing", headers=reviewer(**{"If-Match": '"2"'}))
    results = done.json()["results"]
    assert (results["reviewed_files"], results["files_with_errors"]) == (1, 1)
    assert results["checkpoints"][2]["amount"] == {"amount": "184.00", "currency": "EUR"}
    late = await http.put(one, json=answers(), headers=reviewer(**{"If-Match": '"3"'}))
    assert (late.status_code, kind(late)) == (409, "review-not-in-state")


async def test_a_missing_file_is_replaced_by_the_next_in_rank_and_stays_to_be_seen(http: httpx.AsyncClient) -> None:
    path = await drawn(http, "2012-06", sample_size=2)
    kept, sample = draw(POPULATION, 2)
    reason = {"reason": "beim Sozialgericht"}
    told = await http.post(f"{path}/files/1/not-found", json=reason, headers=reviewer(**{"If-Match": '"1"'}))
    assert (told.json()["missing"]["state"], told.json()["missing"]["reference"]) == ("not_found", sample[0])
    replacement = told.json()["replacement"]
    assert (replacement["rank"], replacement["reference"]) == (3, kept.reserve[0])
    for rank in (2, 3):
        held = reviewer(**{"If-Match": '"1"'})
        await http.post(f"{path}/files/{rank}/not-found", json=reason, headers=held)
    last = await http.post(f"{path}/files/4/not-found", json=reason, headers=reviewer(**{"If-Match": '"1"'}))
    assert last.json()["replacement"] is None
    states = [file["state"] for file in (await http.get(f"{path}/files", headers=reviewer())).json()["items"]]
    assert states == ["not_found"] * 4
    round_now = await http.get(path, headers=reviewer())
    done = await http.post(f"{path}/closing", headers=reviewer(**{"If-Match": round_now.headers["etag"]}))
    assert (done.json()["results"]["reviewed_files"], done.json()["results"]["files_not_found"]) == (0, 4)
    assert kind(await http.get(f"{path}/files/9", headers=reviewer())) == "unknown-file"


async def test_files_are_answered_at_the_same_time_and_the_closing_waits(http: httpx.AsyncClient) -> None:
    path = await drawn(http, "2012-07", sample_size=6)
    held = reviewer(**{"If-Match": '"1"'})
    sent = await asyncio.gather(*(http.put(f"{path}/files/{n}", json=answers(), headers=held) for n in range(1, 7)))
    assert {one.status_code for one in sent} == {200}
    files = (await http.get(f"{path}/files", headers=reviewer())).json()["items"]
    assert {file["version"] for file in files} == {2}


async def test_sums_hold_every_answer_that_was_taken_before_the_closing_and_none_after(http: httpx.AsyncClient) -> None:
    path = await drawn(http, "2012-08", sample_size=3)
    await answered(http, path)
    held = reviewer(**{"If-Match": '"2"'})
    late = [http.put(f"{path}/files/{rank}", json=answers(1), headers=held) for rank in (1, 2, 3)]
    *changed, done = await asyncio.gather(*late, http.post(f"{path}/closing", headers=held))
    assert {one.status_code for one in changed} <= {200, 409}
    taken = sum(one.status_code == 200 for one in changed)
    assert done.json()["results"]["files_with_errors"] == taken


async def test_what_is_out_of_reach_is_not_there(http: httpx.AsyncClient) -> None:
    path = await drawn(http, "2013-09")
    stranger = reviewer(STRANGER, **{"If-Match": '"1"'})
    hidden = await http.get(path, headers={**stranger, "Accept-Language": "de"})
    assert (kind(hidden), "nicht in Ihrem Bereich: Prüfrunde" in hidden.json()["detail"]) == ("not-on-file", True)
    assert kind(await http.get(f"{path}/files", headers=stranger)) == "not-on-file"
    assert kind(await http.put(f"{path}/files/1", json=answers(), headers=stranger)) == "not-on-file"
    assert kind(await http.post(f"{path}/closing", headers=stranger)) == "not-on-file"
    assert kind(await http.post(f"{path}/population", json={"references": ["a"]}, headers=stranger)) == "not-on-file"
    refused = await http.post(
        "/v1/file-reviews",
        json={"unit": OFFICE, "month": "2013-09", "grid": "leistung", "grid_version": 1},
        headers=bearer("controller", "auditor", units=(STRANGER,)),
    )
    assert kind(refused) == "unknown-unit"
    asked = {"from": "2013-01", "to": "2013-12"}
    assert (await http.get("/v1/file-reviews/aggregate", params=asked, headers=stranger)).json()["items"] == []
    named = await http.get("/v1/file-reviews/aggregate", params={**asked, "unit": OFFICE}, headers=stranger)
    assert kind(named) == "unknown-unit"


async def test_a_round_needs_a_month_that_has_begun_and_a_grid_that_is_there(http: httpx.AsyncClient) -> None:
    assert kind(await planned(http, "2999-01")) == "month-ahead"
    assert kind(await planned(http, "2013-10", grid_version=7)) == "unknown-grid"
    assert kind(await planned(http, "2013-10", unit="nirgends")) == "unknown-unit"
    assert kind(await planned(http, "2013-10", unit=ENDED["code"])) == "office-not-there"


async def test_rounds_are_read_in_pages_without_gaps(http: httpx.AsyncClient) -> None:
    for month in ("2014-01", "2014-02", "2014-03"):
        await planned(http, month)
    asked: Told = {"month": ["2014-01", "2014-02", "2014-03"], "limit": "2"}
    first = (await http.get("/v1/file-reviews", params=asked, headers=reviewer())).json()
    last = (await http.get("/v1/file-reviews", params={**asked, "cursor": first["next"]}, headers=reviewer())).json()
    months = [one["month"] for one in (*first["items"], *last["items"])]
    assert (months, last["next"]) == (["2014-01", "2014-02", "2014-03"], None)


async def test_a_grid_of_eighteen_checkpoints_comes_with_the_service(http: httpx.AsyncClient) -> None:
    grid = (await http.get("/v1/review-grids/passive-leistungen/1", headers=reviewer())).json()
    assert [one["number"] for one in grid["checkpoints"]] == list(range(1, 19))
    made = await planned(http, "2012-12", grid="passive-leistungen")
    assert made.status_code == 201, made.text


async def test_old_files_go_and_the_log_says_which(stack: Stack, http: httpx.AsyncClient) -> None:
    path = await drawn(http, "2011-03")
    held = reviewer(**{"If-Match": '"2"'})
    over = await http.post(f"{path}/withdrawal", json={"reason": "falsche Grundgesamtheit"}, headers=held)
    assert over.status_code == 200
    ports = stack.indicators.state.ports
    (gone,) = [one for one in await forget_old_samples(ports, 36) if path.endswith(str(one.review))]
    assert gone.files == 10
    assert (await http.get(f"{path}/files", headers=reviewer())).json()["items"] == []
    entries = (await http.get("/v1/audit?limit=1000", headers=bearer("auditor"))).json()["items"]
    (logged,) = [one for one in entries if str(gone.review) in one["resource"] and one["by"] == "retention"]
    assert (logged["action"], logged["before"]) == ("review_files.deleted", gone.digest)
