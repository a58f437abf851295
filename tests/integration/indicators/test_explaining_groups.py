"""*Why* of figures read of several units as one: who brings what, and that it adds up."""

from decimal import Decimal
from typing import Any

import httpx
import pytest
from support.explaining import (
    ALONE,
    CHOSEN,
    FAR,
    LASTING,
    NEAR,
    NEIGHBOURS,
    OWN,
    QUESTIONS,
    STOCKS,
    TOWNS,
    WHOLE,
    added_up,
    refused,
    why,
)
from support.succession import AFTER, BEFORE, asked
from support.tokens import bearer


@pytest.mark.parametrize("view", ["month", "rolling_12", "year_to_date"])
@pytest.mark.parametrize("indicator", ["K2", "K1E2", "K1E3"])
@pytest.mark.parametrize("code", [*QUESTIONS])
async def test_what_members_bring_adds_up_to_the_figure_of_the_list(
    groups: httpx.AsyncClient, code: str, indicator: str, view: str
) -> None:
    listed = await asked(groups, indicator=indicator, view=view, **QUESTIONS[code])
    for month in ("2014-03", "2014-05"):
        told = await why(groups, code, month, indicator=indicator, view=view)
        reading = told["reading"]
        assert reading == listed[f"{code} {month}"]
        assert {one["shown"] for one in told["members"]} == {"inputs"}
        if reading["value"] is not None:
            assert added_up(told, "numerator") == Decimal(reading["numerator"])
            assert added_up(told, "denominator") == Decimal(reading["denominator"])
        assert {one["delivery"] for one in told["inputs"]} == {*reading["deliveries"]}


async def test_the_inputs_of_the_members_are_the_sides_of_the_figure(groups: httpx.AsyncClient) -> None:
    told = await why(groups, LASTING, "2014-05")
    for side, variable, month in (("numerator", "integrations", "2014-05"), ("denominator", "elb_stock", "2014-04")):
        found = [one for one in told["inputs"] if (one["variable"], one["month"]) == (variable, month)]
        assert {(one["unit"], one["member"]) for one in found} == {
            (OWN, OWN),
            (NEAR, NEAR),
            (AFTER, AFTER),
            *((town, WHOLE) for town in TOWNS),
        }
        assert sum(Decimal(one["value"]) for one in found) == Decimal(told["reading"][side])
        for member in told["members"]:
            own = [Decimal(one["value"]) for one in found if one["member"] == member["unit"]]
            assert sum(own) == Decimal(member[side])
    assert {one["sender"] for one in told["inputs"]} == {"tester"}


async def test_who_succeeds_another_counts_with_its_months(groups: httpx.AsyncClient) -> None:
    told = await why(groups, LASTING, "2014-05", indicator="K1E2")
    assert [one["units"] for one in told["members"]] == [[AFTER, BEFORE], [NEAR], [OWN], [WHOLE]]
    (line, *_) = told["members"]
    assert (line["numerator"], line["denominator"]) == (str(STOCKS[AFTER] + 16), str(STOCKS[BEFORE] + 4))
    assert {one["unit"] for one in told["inputs"] if one["member"] == AFTER} == {AFTER, BEFORE}


async def test_neighbours_come_by_rank_and_a_rank_is_explained_by_itself(groups: httpx.AsyncClient) -> None:
    told = await why(groups, NEIGHBOURS, "2014-05")
    assert [(one["rank"], one["unit"]) for one in told["members"]] == [(1, WHOLE), (2, AFTER), (3, FAR)]
    nearest = await why(groups, NEIGHBOURS, "2014-05", neighbours=2)
    assert nearest["members"] == told["members"][:2]
    first = await why(groups, f"{NEIGHBOURS}#01", "2014-05", neighbours=2)
    assert (first["members"], first["reading"]["neighbour"]) == (told["members"][:1], WHOLE)
    assert {one["unit"] for one in first["inputs"]} == {*TOWNS}


async def test_a_units_own_figure_has_no_members(groups: httpx.AsyncClient) -> None:
    told = await why(groups, WHOLE, "2014-05")
    assert (told["members"], told["others"], told["next"]) == ([], None, None)
    assert {(one["unit"], one["member"]) for one in told["inputs"]} == {(town, None) for town in TOWNS}


async def test_a_group_that_lacks_an_input_says_whose_and_what_the_rest_brings(groups: httpx.AsyncClient) -> None:
    told = await why(groups, LASTING, "2014-07")
    assert (told["reading"]["value"], told["reading"]["reason"]) == (None, "missing_input")
    assert {(lack["unit"], lack["variable"]) for lack in told["missing"]} == {
        (unit, "integrations") for unit in (AFTER, NEAR, OWN, *TOWNS)
    }
    assert {one["numerator"] for one in told["members"]} == {None}
    assert added_up(told, "denominator") == Decimal(told["reading"]["denominator"])


async def test_a_group_is_explained_as_it_was_known_and_a_set_as_if_a_dry_run_were_kept(
    groups: httpx.AsyncClient,
) -> None:
    before = await why(groups, LASTING, "2014-05", as_of="2014-06-01T00:00:00Z")
    assert (before["reading"]["reason"], before["inputs"]) == ("no_data", [])
    trial = f"unit,variable,month,value\n{NEAR},integrations,2014-05,999\n".encode()
    sender = {**bearer("uploader", units=(NEAR,)), "Content-Type": "text/csv"}
    sent = await groups.post("/v1/deliveries?dry_run=true", content=trial, headers=sender)
    dry: dict[str, Any] = {"with_dry_run": sent.json()["id"]}
    kept, tried = await why(groups, "set:x", "2014-05"), await why(groups, "set:x", "2014-05", **dry)
    assert Decimal(tried["reading"]["numerator"]) == Decimal(kept["reading"]["numerator"]) - (1000 // 20 + 1) + 999
    assert added_up(tried, "numerator") == Decimal(tried["reading"]["numerator"])
    assert await refused(groups, LASTING, "2014-05", **dry) == (422, "contradictory")
    assert await refused(groups, NEIGHBOURS, "2014-05", **dry) == (422, "contradictory")


async def test_of_women_a_set_has_its_own_sides(groups: httpx.AsyncClient) -> None:
    lines = [
        f"{town},{variable},2012-0{month},{value},f"
        for town, value in ((OWN, 40), (NEAR, 60), (WHOLE, 1))
        for variable, month in (("integrations", 3), ("elb_stock", 2))
    ]
    sender = {**bearer("uploader", units=(OWN, NEAR, WHOLE)), "Content-Type": "text/csv"}
    body = "\n".join(["unit,variable,month,value,sex", *lines, ""]).encode()
    assert (await groups.post("/v1/deliveries", content=body, headers=sender)).json()["counts"]["rejected"] == 0
    women: dict[str, Any] = {"dimension.sex": "f"}
    told = await why(groups, "set:x", "2012-03", **women)
    assert {one["unit"]: one["numerator"] for one in told["members"]} == {OWN: "40", NEAR: "60", WHOLE: "1"}
    assert (told["reading"]["numerator"], told["reading"]["dimensions"]) == ("101", {"sex": "f"})


async def test_a_name_may_have_a_slash(groups: httpx.AsyncClient) -> None:
    told = await why(groups, "group:pairs:I/b", "2014-05")
    assert [one["unit"] for one in told["members"]] == [ALONE]


async def test_a_question_that_says_too_little_or_too_much_is_refused(groups: httpx.AsyncClient) -> None:
    assert await refused(groups, "set:y", "2014-05") == (422, "members-not-said")
    for code in ("set:y", OWN, LASTING):
        assert await refused(groups, code, "2014-05", set=CHOSEN) == (422, "members-not-said")
    assert await refused(groups, OWN, "2014-05", neighbours=3) == (422, "neighbours-of-nobody")
    assert await refused(groups, "group:IVz", "2014-05") == (404, "unknown-comparison-group")
    assert await refused(groups, f"neighbours:{ALONE}", "2014-05") == (404, "no-nearest-neighbours")
    for code in (f"{NEIGHBOURS}#04", f"{NEIGHBOURS}#x"):
        assert await refused(groups, code, "2014-05") == (404, "no-nearest-neighbours")
    assert await refused(groups, f"{NEIGHBOURS}#02", "2014-05", neighbours=1) == (404, "no-nearest-neighbours")
    assert await refused(groups, LASTING, "2014-05", limit=101) == (422, "bad-input")
    assert await refused(groups, LASTING, "2014-05", cursor="x") == (422, "bad-cursor")
