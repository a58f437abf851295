"""*Why* of figures read of several units as one: to whom members are shown, and how much of them."""

from decimal import Decimal
from typing import Any

import httpx
from support.explaining import (
    FAR,
    LASTING,
    NEAR,
    NEIGHBOURS,
    OWN,
    PAIR,
    WHOLE,
    added_up,
    answered,
    refused,
    why,
)
from support.succession import AFTER, AUDITOR, asked
from support.tokens import bearer


async def test_of_others_in_the_group_a_unit_is_told_who_they_are_and_their_sum(groups: httpx.AsyncClient) -> None:
    everybody, own = await why(groups, LASTING, "2014-05"), bearer("controller", units=(OWN,))
    told = await why(groups, LASTING, "2014-05", own)
    assert told["reading"] == everybody["reading"]
    assert [(one["unit"], one["shown"]) for one in told["members"]] == [
        (AFTER, "name"),
        (NEAR, "name"),
        (OWN, "inputs"),
        (WHOLE, "name"),
    ]
    assert {(one["numerator"], one["denominator"]) for one in told["members"] if one["unit"] != OWN} == {(None, None)}
    assert {one["unit"] for one in told["inputs"]} == {OWN}
    assert told["others"]["count"] == 3
    for side in ("numerator", "denominator"):
        assert added_up(told, side) == Decimal(told["reading"][side])


async def test_what_one_other_brings_alone_is_not_told(groups: httpx.AsyncClient) -> None:
    both, own = await why(groups, PAIR, "2014-05"), bearer("controller", units=(OWN,))
    (far,) = [one for one in both["members"] if one["unit"] == FAR]
    told = await why(groups, PAIR, "2014-05", own)
    assert told["others"] == {"count": 1, "numerator": None, "denominator": None}
    assert f'"{far["denominator"]}"' not in (await answered(groups, PAIR, "2014-05", own)).text
    assert await refused(groups, PAIR, "2014-05", bearer("controller", units=(NEAR,))) == (
        404,
        "unknown-comparison-group",
    )


async def test_of_neighbours_a_unit_is_told_both_sides_and_not_what_they_are_made_of(groups: httpx.AsyncClient) -> None:
    own, far = bearer("controller", units=(OWN,)), bearer("controller", units=(OWN, FAR))
    everything = await why(groups, NEIGHBOURS, "2014-05")
    told = await why(groups, NEIGHBOURS, "2014-05", own)
    assert told == {
        **everything,
        "inputs": [],
        "members": [{**one, "shown": "sides"} for one in everything["members"]],
    }
    listed = await asked(groups, own, neighbours_of=OWN)
    for one in told["members"]:
        item = listed[f"{NEIGHBOURS}#{one['rank']:02} 2014-05"]
        assert (one["unit"], one["numerator"], one["denominator"]) == (
            item["neighbour"],
            item["numerator"],
            item["denominator"],
        )
    assert {one["unit"] for one in (await why(groups, NEIGHBOURS, "2014-05", far))["inputs"]} == {FAR}
    assert (await why(groups, f"{NEIGHBOURS}#01", "2014-05", own))["inputs"] == []
    assert await refused(groups, NEIGHBOURS, "2014-05", bearer("controller", units=(FAR,))) == (404, "unknown-unit")


async def test_a_set_is_explained_to_who_reaches_all_of_it(groups: httpx.AsyncClient) -> None:
    assert await refused(groups, "set:x", "2014-05", bearer("controller", units=(OWN,))) == (404, "unknown-unit")
    reaching = bearer("controller", units=(OWN, NEAR, WHOLE))
    assert await why(groups, "set:x", "2014-05", reaching) == await why(groups, "set:x", "2014-05")


async def test_members_and_their_inputs_come_page_by_page(groups: httpx.AsyncClient) -> None:
    for token in (AUDITOR, bearer("controller", units=(OWN,))):
        whole = await why(groups, LASTING, "2014-05", token, view="rolling_12")
        members, inputs, cursor = list[Any](), list[Any](), dict[str, Any]()
        while True:
            page = await why(groups, LASTING, "2014-05", token, view="rolling_12", limit=1, **cursor)
            assert {name: page[name] for name in ("reading", "missing", "others")} == {
                name: whole[name] for name in ("reading", "missing", "others")
            }
            members, inputs = [*members, *page["members"]], [*inputs, *page["inputs"]]
            if page["next"] is None:
                break
            cursor = {"cursor": page["next"]}
        assert (members, inputs) == (whole["members"], whole["inputs"])
