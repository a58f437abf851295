"""Nearest neighbours by HTTP: loaded row by row or as a list of a day, told by rank, each for its time."""

from typing import Any

import httpx
import pytest
from support.tokens import bearer

OPERATOR, READER = bearer("operator"), bearer("reader", units=("jc-a",))
CSV = {"Content-Type": "text/csv"}
TURN = "2014-04-01"
CODES = ("jc-a", "jc-b", "jc-c", "jc-d")
UNITS = {
    "units": [
        *({"code": code, "name": code, "kind": "jobcenter_municipal"} for code in CODES),
        {"code": "jc-ended", "name": "jc-ended", "kind": "jobcenter_joint", "valid_until": TURN},
    ]
}
Out = dict[str, Any]


def placed(unit: str, rank: int, neighbour: str, **more: str) -> Out:
    return {"unit": unit, "rank": rank, "neighbour": neighbour, **more}


SENT = [
    placed("jc-a", 2, "jc-c", valid_from=TURN),
    placed("jc-a", 2, "jc-ended", valid_until=TURN),
    placed("jc-a", 1, "jc-b"),
    placed("jc-b", 1, "jc-a"),
]


@pytest.fixture
async def http(http: httpx.AsyncClient) -> httpx.AsyncClient:
    assert (await http.post("/v1/units", json=UNITS, headers=OPERATOR)).status_code == 200
    assert (await load(http, *SENT)).status_code == 200
    return http


async def load(http: httpx.AsyncClient, *sent: Out) -> httpx.Response:
    return await http.post("/v1/nearest-neighbours", json={"nearest_neighbours": list(sent)}, headers=OPERATOR)


async def rank(http: httpx.AsyncClient, day: str, content: str) -> httpx.Response:
    path = "/v1/nearest-neighbours/rankings"
    return await http.post(path, params={"as_of": day}, content=content, headers=OPERATOR | CSV)


async def told(http: httpx.AsyncClient, **asked: Any) -> list[Out]:
    answer = await http.get("/v1/nearest-neighbours", params=asked, headers=READER)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_neighbours_are_told_by_rank_each_for_its_time(http: httpx.AsyncClient) -> None:
    assert (await load(http, *SENT)).json() == {"created": 0, "changed": 0, "unchanged": 4}
    unit = (await http.get("/v1/units/jc-a", headers=READER)).json()
    assert [(one["rank"], one["neighbour"], one["valid_from"]) for one in unit["nearest_neighbours"]] == [
        (1, "jc-b", None),
        (2, "jc-ended", None),
        (2, "jc-c", TURN),
    ]
    before = await told(http, unit="jc-a", on="2014-03-31")
    assert [one["neighbour"] for one in before] == ["jc-b", "jc-ended"]
    assert [one["neighbour"] for one in await told(http, unit="jc-a", on=TURN)] == ["jc-b", "jc-c"]
    tree = (await http.get("/v1/units/tree", params={"on": TURN}, headers=READER)).json()
    assert [(one["unit"], one["rank"], one["neighbour"]) for one in tree["nearest_neighbours"]] == [
        ("jc-a", 1, "jc-b"),
        ("jc-a", 2, "jc-c"),
        ("jc-b", 1, "jc-a"),
    ]


async def test_what_does_not_fit_is_refused_whole_and_told_with_its_place(http: httpx.AsyncClient) -> None:
    kept = await told(http)
    answer = await load(
        http,
        placed("jc-d", 1, "jc-c"),
        placed("jc-d", 2, "jc-d"),
        placed("jc-a", 1, "jc-d"),
        placed("jc-d", 3, "jc-ended", valid_from=TURN),
    )
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/neighbours-do-not-fit")
    assert [(place["pointer"], place["code"]) for place in answer.json()["errors"]] == [
        ("/nearest_neighbours/1/neighbour", "own_neighbour"),
        ("/nearest_neighbours/3/neighbour", "not_there_then"),
        ("/nearest_neighbours/2/rank", "rank_taken"),
    ]
    assert await told(http) == kept
    nobody = await load(http, placed("jc-d", 1, "nowhere"))
    assert (nobody.json()["type"], nobody.json()["errors"][0]["pointer"]) == (
        "/problems/units-not-known",
        "/nearest_neighbours/0/neighbour",
    )
    assert (await load(http, placed("jc-d", 0, "jc-c"))).json()["errors"][0]["pointer"] == "/nearest_neighbours/0/rank"


async def test_a_list_of_a_day_ends_who_is_not_in_it_and_leaves_other_units_alone(http: httpx.AsyncClient) -> None:
    others = await told(http, unit=["jc-a", "jc-b"])
    first = "unit,rank,neighbour\njc-c,1,jc-a\njc-c,2,jc-b\n"
    assert (await rank(http, "2012-01-01", first)).json() == {"begun": 2, "ended": 0, "taken_out": 0, "unchanged": 0}
    second = "unit;rank;neighbour\njc-c;1;jc-a\njc-c;2;jc-d\n"
    assert (await rank(http, TURN, second)).json() == {"begun": 1, "ended": 1, "taken_out": 0, "unchanged": 1}
    assert (await rank(http, TURN, second)).json() == {"begun": 0, "ended": 0, "taken_out": 0, "unchanged": 2}
    assert [(one["rank"], one["neighbour"]) for one in await told(http, unit="jc-c", on="2014-03-31")] == [
        (1, "jc-a"),
        (2, "jc-b"),
    ]
    corrected = "unit,rank,neighbour\njc-c,1,jc-a\njc-c,2,jc-b\n"
    assert (await rank(http, TURN, corrected)).json() == {"begun": 1, "ended": 0, "taken_out": 1, "unchanged": 1}
    assert [(one["rank"], one["neighbour"]) for one in await told(http, unit="jc-c", on=TURN)] == [
        (1, "jc-a"),
        (2, "jc-b"),
    ]
    assert await told(http, unit=["jc-a", "jc-b"]) == others


async def test_a_wrong_row_of_a_table_is_told_by_its_number(http: httpx.AsyncClient) -> None:
    content = "unit,rank,neighbour\njc-d,1,jc-a\njc-d,1,jc-b\n"
    assert [place["pointer"] for place in (await rank(http, TURN, content)).json()["errors"]] == ["/rows/3/rank"]
    sent = await http.post("/v1/nearest-neighbours/table", content=content, headers=OPERATOR | CSV)
    assert [(place["pointer"], place["code"]) for place in sent.json()["errors"]] == [("/rows/3/rank", "rank_taken")]
    unread = await rank(http, TURN, "unit,rank,neighbour\njc-d,first,jc-a\n")
    assert [place["pointer"] for place in unread.json()["errors"]] == ["/rows/2/rank"]
    assert (await rank(http, TURN, "unit,rank\njc-d,1\n")).status_code == 422
    assert await told(http, unit="jc-d") == []


async def test_a_list_may_begin_on_the_first_day_there_is_and_be_corrected(http: httpx.AsyncClient) -> None:
    always = "unit,rank,neighbour\njc-ended,1,jc-a\njc-ended,2,jc-b\n"
    assert (await rank(http, "0001-01-01", always)).json()["begun"] == 2
    other = "unit,rank,neighbour\njc-ended,2,jc-a\n"
    assert (await rank(http, "0001-01-01", other)).json() == {"begun": 1, "ended": 0, "taken_out": 1, "unchanged": 0}


async def test_an_exported_table_can_be_loaded_again_and_pages_have_no_gaps(http: httpx.AsyncClient) -> None:
    exported = await http.get("/v1/nearest-neighbours", params={"format": "csv"}, headers=READER)
    rows = exported.text.splitlines()[1:]
    sent = await http.post("/v1/nearest-neighbours/table", content=exported.content, headers=OPERATOR | CSV)
    assert sent.json() == {"created": 0, "changed": 0, "unchanged": len(rows)}
    whole, seen, query = await told(http), list[Out](), {"limit": "2"}
    while True:
        page = (await http.get("/v1/nearest-neighbours", params=query, headers=READER)).json()
        seen += page["items"]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert seen == whole
    assert len(seen) == len(rows)


async def test_neighbours_give_no_authority(http: httpx.AsyncClient) -> None:
    below = await http.get("/v1/units", params={"below": "jc-a"}, headers=READER)
    assert [unit["code"] for unit in below.json()["items"]] == ["jc-a"]


async def test_a_change_is_told_once_and_stands_in_the_log(http: httpx.AsyncClient) -> None:
    feed = {"limit": 1000}
    before = (await http.get("/v1/events", params=feed, headers=OPERATOR)).json()["items"]
    sent = placed("jc-d", 1, "jc-a")
    await load(http, sent)
    await load(http, sent)
    after = (await http.get("/v1/events", params=feed, headers=OPERATOR)).json()["items"]
    (event,) = after[len(before) :]
    assert (event["type"], event["data"]) == ("nearest_neighbours.changed", {"created": 1, "changed": 0})
    log = (await http.get("/v1/audit", params=feed, headers=OPERATOR)).json()["items"]
    assert log[-1]["action"] == "nearest_neighbours.changed"
