"""What was really agreed loads completely and reads back without loss."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from demonstration.agreement import body
from demonstration.history import agreement_of_2012, city, goals_of_muenster
from support.agreeing_online import lead
from support.apps import Stack
from support.tokens import bearer
from support.units import tree

DOCUMENTS = {"Mettmann 2014": body(), "Mettmann 2012": agreement_of_2012(), "Münster": goals_of_muenster()}


@pytest.fixture(scope="module")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with stack.client("agreements") as client:
        for sent in (tree(), city()):
            assert (await client.post("/v1/units", json=sent, headers=bearer("operator"))).status_code == 200
        yield client


def without_empty(value: Any) -> Any:
    """Leave out what is nothing, as a document leaves it out."""
    if isinstance(value, dict):
        kept = {key: without_empty(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in (None, [], {}, False)}
    return [without_empty(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("sent", DOCUMENTS.values(), ids=DOCUMENTS)
async def test_a_real_agreement_reads_back_as_it_was_sent(http: httpx.AsyncClient, sent: dict[str, Any]) -> None:
    headers = lead(sent["parties"][-1]["unit"])
    made = await http.post("/v1/agreements", json=sent, headers=headers)
    assert made.status_code == 201, made.text
    path = f"/v1/agreements/{made.json()['id']}"
    told = (await http.get(path, headers=headers)).json()
    canonical = (await http.get(f"{path}/revisions/1/canonical", headers=headers)).json()["revision"]
    head = without_empty({key: value for key, value in sent.items() if key != "goals"})
    for read in (told, canonical):
        assert {key: without_empty(read[key]) for key in sent if key in head} == head
        for goal, wanted in zip(read["goals"], sent["goals"], strict=True):
            assert without_empty({key: goal[key] for key in wanted}) == without_empty(wanted)
    assert (await http.get(f"{path}/findings", headers=headers)).json()["items"] == []


async def test_a_goal_keeps_its_lineage_from_a_tendency_to_a_measured_change(http: httpx.AsyncClient) -> None:
    told = (await http.get("/v1/lineages/housing_costs", headers=lead("05158"))).json()["items"]
    assert [(one["year"], one["goal"]["kind"]) for one in told] == [(2012, "qualitative"), (2014, "change")]


async def test_the_examples_of_the_contract_can_be_sent_as_they_stand(http: httpx.AsyncClient) -> None:
    schemas = (await http.get("/openapi.json")).json()["components"]["schemas"]

    async def sent(name: str, path: str, unit: str) -> httpx.Response:
        return await http.post(path, json=schemas[name]["examples"][0], headers=lead(unit))

    made = await sent("AgreementIn", "/v1/agreements", "05158")
    assert made.status_code == 201, made.text
    path = f"/v1/agreements/{made.json()['id']}"
    held = lead("05158", **{"If-Match": made.headers["etag"]})
    move = {"transition": "propose", "party": "05158", "revision": 1}
    assert (await http.post(f"{path}/transitions", json=move, headers=held)).status_code == 200
    proposal = await sent("ProposalMadeIn", f"{path}/proposals", "AA-METTMANN")
    assert proposal.status_code == 201, proposal.text
    answered = await http.post(
        f"{path}/proposals/{proposal.json()['id']}/answers",
        json=schemas["AnswerGivenIn"]["examples"][0],
        headers=lead("36402", **{"If-Match": proposal.headers["etag"]}),
    )
    assert answered.json()["status"] == "declined"
