"""Comparison groups: carried with the units, read as the ratio of the sums over who is in them in a figure's month."""

from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import httpx
import pytest
from chassis.event import Event
from indicators.usecases.following import take_news
from support.apps import Stack
from support.succession import (
    AFTER,
    AUDITOR,
    BEFORE,
    OPERATOR,
    TURN,
    Q,
    asked,
    figures_told,
    refused,
    succession_beside,
)
from support.tokens import bearer

STAYS, LEAVES, ALONE = "jc-stays", "jc-leaves", "jc-alone"
UNITS = succession_beside(STAYS, LEAVES, ALONE)
GROUPS = [
    {"scheme": "types", "unit": STAYS, "group": "IIIe"},
    {"scheme": "types", "unit": LEAVES, "group": "IIIe"},
    {"scheme": "types", "unit": LEAVES, "group": "IIc", "since": TURN},
    {"scheme": "types", "unit": BEFORE, "group": "IIIe", "valid_until": TURN},
    {"scheme": "types", "unit": AFTER, "group": "IIIe", "since": TURN},
    {"scheme": "quartets", "unit": STAYS, "group": "IIc"},
]
STOCKS = {STAYS: 1000, LEAVES: 5000, BEFORE: 300, AFTER: 360}


async def classified(http: httpx.AsyncClient, memberships: list[dict[str, str]]) -> None:
    answer = await http.post("/v1/comparison-groups", json={"memberships": memberships}, headers=OPERATOR)
    assert answer.status_code == 200, answer.text


@pytest.fixture(scope="module")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with stack.client("agreements") as agreements, stack.client("indicators") as client:
        assert (await agreements.post("/v1/units", json=UNITS, headers=OPERATOR)).status_code == 200
        await classified(agreements, GROUPS)
        await figures_told(client, STOCKS)
        yield client


async def test_a_group_is_the_ratio_of_the_sums_of_its_members_in_the_month(http: httpx.AsyncClient) -> None:
    found = await asked(http, unit=[STAYS, LEAVES, BEFORE, AFTER], comparison_group="IIIe")
    for month, members in (("2014-03", [STAYS, LEAVES, BEFORE]), ("2014-05", [STAYS, AFTER])):
        group, alone = found[f"group:IIIe {month}"], [found[f"{member} {month}"] for member in members]
        assert Decimal(group["numerator"]) == sum(Decimal(item["numerator"]) for item in alone)
        assert Decimal(group["denominator"]) == sum(Decimal(item["denominator"]) for item in alone)
        assert (
            Decimal(group["value"])
            == round(Decimal(group["numerator"]) / Decimal(group["denominator"]) * 100, 10).normalize()
        )


async def test_the_past_of_a_group_ends_in_what_it_is_now(http: httpx.AsyncClient) -> None:
    now = await asked(http, comparison_group="IIIe")
    past = await asked(http, comparison_group="IIIe", include_history="true")
    assert {key: {**item, "recorded_at": None, "changed_by": []} for key, item in past.items()} == now
    assert all(item["changed_by"] for item in past.values())


async def test_without_changes_a_group_reads_as_the_set_of_its_members(http: httpx.AsyncClient) -> None:
    until: dict[str, Any] = {"to": "2014-03", "view": ["month", "rolling_12"]}
    group = await asked(http, comparison_group="types:IIIe", **until)
    chosen = await asked(http, set=f"x:{STAYS},{LEAVES},{BEFORE}", **until)
    assert [{**item, "unit": "set:x"} for item in group.values()] == list(chosen.values())


async def test_who_left_counts_on_neither_side_of_a_change_and_who_is_succeeded_on_both(
    http: httpx.AsyncClient,
) -> None:
    group = (await asked(http, comparison_group="IIIe", indicator="K1E2"))["group:IIIe 2014-05"]
    assert (group["numerator"], group["denominator"]) == (
        str(STOCKS[STAYS] + STOCKS[AFTER] + 2 * 16),
        str(STOCKS[STAYS] + STOCKS[BEFORE] + 2 * 4),
    )
    window = await asked(http, comparison_group="IIIe", view="year_to_date")
    assert {item["state"] for item in window.values()} == {"final"}


async def test_a_group_that_lacks_an_input_says_whose(http: httpx.AsyncClient) -> None:
    july: dict[str, Any] = {"from": "2014-07", "to": "2014-07"}
    (late,) = (await asked(http, comparison_group="IIIe", **july)).values()
    assert (late["value"], late["reason"]) == (None, "missing_input")
    assert [(lack["unit"], lack["variable"]) for lack in late["missing"]] == [
        (AFTER, "integrations"),
        (STAYS, "integrations"),
    ]


async def test_a_member_is_told_that_another_lacks_something_and_not_who_could_bring_it(
    http: httpx.AsyncClient,
) -> None:
    sent = {"unit": None, "sender": "amt", "variable": "integrations", "from_month": "2014-07"}
    named = {"responsibilities": [{**sent, "unit": unit} for unit in (AFTER, STAYS)]}
    assert (await http.post("/v1/sender-responsibilities", json=named, headers=bearer("operator"))).is_success
    july: dict[str, Any] = {"from": "2014-07", "to": "2014-07", "comparison_group": "IIIe"}
    for caller, senders in ((AUDITOR, [["amt"], ["amt"]]), (bearer("controller", units=(STAYS,)), [[], ["amt"]])):
        (late,) = (await asked(http, caller, **july)).values()
        assert [lack["senders"] for lack in late["missing"]] == senders
        assert {lack["why"] for lack in late["missing"]} == {"not_delivered"}


async def test_a_group_of_several_schemes_is_named_by_its_own(http: httpx.AsyncClient) -> None:
    assert await refused(http, comparison_group="IIc") == (422, "group-of-several-schemes")
    assert [*await asked(http, comparison_group="quartets:IIc", to="2014-01")] == ["group:quartets:IIc 2014-01"]
    moved = await asked(http, comparison_group="types:IIc")
    assert [item["reason"] for item in moved.values()] == ["no_data"] * 3 + [None] * 3
    assert await refused(http, comparison_group="types:IIc", to="2014-03") == (404, "unknown-comparison-group")
    assert await refused(http, comparison_group="IVz") == (404, "unknown-comparison-group")


async def test_a_unit_sees_its_group_and_still_nobody_in_it(http: httpx.AsyncClient) -> None:
    own = bearer("controller", units=(STAYS,))
    everybody = await asked(http, comparison_group="IIIe")
    assert await asked(http, own, comparison_group="IIIe") == everybody
    reformed: dict[str, Any] = {"comparison_group": "IIIe", "indicator": "K1E2", "from": "2014-04"}
    found = await asked(http, own, **reformed)
    assert found == await asked(http, **reformed)
    assert {item["reason"] for item in found.values()} == {None}
    assert await refused(http, own, comparison_group="IIIe", unit=LEAVES) == (404, "unknown-unit")
    elsewhere = bearer("controller", units=(ALONE,))
    assert await refused(http, elsewhere, comparison_group="IIIe") == (404, "unknown-comparison-group")
    tried = "0199a3c2-7f4e-7b1a-9c55-3d2f8e6a1b40"
    assert await refused(http, own, comparison_group="IIIe", with_dry_run=tried) == (422, "contradictory")


async def test_a_table_has_a_group_beside_the_unit(http: httpx.AsyncClient) -> None:
    params = {**Q, "indicator": "K2", "unit": STAYS, "comparison_group": "IIIe", "to": "2014-01", "format": "csv"}
    table = (await http.get("/v1/readings", params=params, headers=AUDITOR)).text.splitlines()
    assert [row.split(",")[0] for row in table] == ["unit", "group:IIIe", STAYS]


async def test_units_carry_their_groups_each_for_its_time(stack: Stack) -> None:
    async with stack.client("agreements") as agreements:
        tree = (await agreements.get("/v1/units/tree", headers=AUDITOR)).json()
        assert len(tree["comparison_groups"]) == len(GROUPS)
        on = (await agreements.get("/v1/units/tree", params={"on": TURN}, headers=AUDITOR)).json()
        assert [(m["scheme"], m["unit"], m["group"]) for m in on["comparison_groups"]] == [
            ("quartets", STAYS, "IIc"),
            ("types", AFTER, "IIIe"),
            ("types", LEAVES, "IIc"),
            ("types", STAYS, "IIIe"),
        ]
        unit = (await agreements.get(f"/v1/units/{LEAVES}", headers=AUDITOR)).json()
        assert [(m["group"], m["since"]) for m in unit["comparison_groups"]] == [("IIIe", None), ("IIc", TURN)]


async def test_a_group_that_changed_is_read_by_its_new_members(stack: Stack, http: httpx.AsyncClient) -> None:
    async with stack.client("agreements") as agreements:
        await classified(agreements, [{"scheme": "types", "unit": STAYS, "group": "Ia", "since": "2014-06-01"}])
    before = await asked(http, comparison_group="IIIe")
    assert before["group:IIIe 2014-06"]["numerator"] == str(1000 // 20 + 360 // 20 + 2 * (17 % 5))
    told = Event(type="comparison_groups.changed", subject="comparison-groups", data={})
    await take_news(stack.indicators.state.ports, [told], "there")
    after = await asked(http, comparison_group="IIIe")
    assert after["group:IIIe 2014-06"]["numerator"] == str(360 // 20 + 17 % 5)
    assert {**after, "group:IIIe 2014-06": None} == {**before, "group:IIIe 2014-06": None}
