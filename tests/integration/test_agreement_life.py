"""An agreement's life by HTTP, and everything that must not happen to it."""

import asyncio
import base64
from typing import Any

import httpx
import pytest
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet, OKPKey
from support.agreeing_online import (
    AGENCY,
    CONTENT,
    DISTRICT,
    JOBCENTER,
    PARTIES,
    agreed,
    drafted,
    kind,
    lead,
    moved,
    signed,
)


def said(node: dict[str, Any]) -> dict[str, Any]:
    """Leave out what says nothing."""
    return {
        name: said(value) if isinstance(value, dict) else value
        for name, value in node.items()
        if value not in (None, [], {}, False)
    }


async def test_all_goals_of_the_agreement_are_read_back_as_they_were_sent(http: httpx.AsyncClient) -> None:
    told = await drafted(http)
    for sent, kept in zip(CONTENT["goals"], told["goals"], strict=True):
        assert said(sent).items() <= said(kept).items()


async def test_signed_by_all_it_comes_into_force_and_an_amendment_takes_its_place(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    for unit in PARTIES:
        assert (await signed(http, told, unit)).status_code == 201
    assert (await moved(http, told, "activate")).json()["status"] == "in_force"
    amendment = (await moved(http, told, "amend")).json()
    assert (amendment["revision"], amendment["predecessor"]) == (2, told["id"])
    assert (await moved(http, amendment, "propose")).status_code == 200
    for unit in PARTIES:
        assert (await moved(http, amendment, "agree", unit)).status_code == 200
    for unit in PARTIES:
        assert (await signed(http, amendment, unit)).status_code == 201
    assert (await moved(http, amendment, "activate")).json()["status"] == "in_force"
    earlier = await http.get(f"/v1/agreements/{told['id']}", headers=lead(DISTRICT))
    assert earlier.json()["status"] == "amended"


async def test_a_signature_verifies_with_a_stock_library_and_a_flipped_byte_does_not(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    signature = (await signed(http, told, AGENCY)).json()
    content = (await http.get(f"/v1/agreements/{told['id']}/revisions/1/canonical", headers=lead(AGENCY))).content
    keys = KeySet.import_key_set((await http.get("/v1/keys")).json())
    registry = jws.JWSRegistry(strict_check_header=False, algorithms=["Ed25519"])
    head, _, tail = signature["jws"].split(".")

    def whole(payload: bytes) -> str:
        return f"{head}.{base64.urlsafe_b64encode(payload).decode().rstrip('=')}.{tail}"

    assert jws.deserialize_compact(whole(content), keys, registry=registry).payload == content
    with pytest.raises(BadSignatureError):
        jws.deserialize_compact(whole(content[:-2] + b"x}"), keys, registry=registry)


async def test_a_signature_made_elsewhere_is_verified_and_called_advanced(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    content = (await http.get(f"/v1/agreements/{told['id']}/revisions/1/canonical", headers=lead(AGENCY))).content
    key, foreign = OKPKey.generate_key("Ed25519"), OKPKey.generate_key("Ed25519")
    own = jws.detach_content(jws.serialize_compact({"alg": "Ed25519"}, content, key, algorithms=["Ed25519"]))
    public = {name: str(value) for name, value in key.as_dict(private=False).items()}
    other = {name: str(value) for name, value in foreign.as_dict(private=False).items()}
    assert kind(await signed(http, told, AGENCY, jws=own, jwk=other)) == "bad-signature"
    assert kind(await signed(http, told, AGENCY, jws="a..b", jwk=public)) == "bad-signature"
    assert kind(await signed(http, told, AGENCY, jws=own)) == "key-needed"
    assert (await signed(http, told, AGENCY, jws=own, jwk=public)).json()["level"] == "advanced"


async def test_what_must_not_be_signed_is_refused_each_for_its_own_reason(http: httpx.AsyncClient) -> None:
    draft = await drafted(http)
    assert kind(await signed(http, draft, AGENCY)) == "not-allowed-now"
    told = await agreed(http)
    assert kind(await signed(http, told, AGENCY, lead(DISTRICT))) == "forbidden"
    assert kind(await signed(http, told, AGENCY, digest="0" * 64)) == "other-digest"
    assert kind(await signed(http, told, AGENCY, revision=7)) == "other-revision"
    assert (await signed(http, told, AGENCY)).status_code == 201
    assert kind(await signed(http, told, AGENCY)) == "already-signed"
    assert (await moved(http, told, "decline", DISTRICT, reason="Mittel fehlen")).json()["status"] == "declined"
    assert kind(await signed(http, told, JOBCENTER)) == "not-allowed-now"
    kept = await http.get(f"/v1/agreements/{told['id']}/signatures", headers=lead(AGENCY))
    assert [signature["party"] for signature in kept.json()["items"]] == [AGENCY]


async def test_three_parties_sign_at_once_and_each_signature_is_there_once(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    answers = await asyncio.gather(*(signed(http, told, unit) for unit in PARTIES * 3))
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 6
    now = (await http.get(f"/v1/agreements/{told['id']}", headers=lead(AGENCY))).json()
    assert (now["status"], sorted(s["party"] for s in now["signatures"])) == ("signed", sorted(PARTIES))


async def test_of_two_who_change_the_same_version_one_is_told(http: httpx.AsyncClient) -> None:
    told = await drafted(http)
    headers = lead(DISTRICT, **{"If-Match": '"1"'})
    changes = [{**CONTENT, "title": f"Fassung {number}"} for number in range(5)]
    path = f"/v1/agreements/{told['id']}"
    answers = await asyncio.gather(*(http.put(path, json=change, headers=headers) for change in changes))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412]
    assert (await http.put(path, json=CONTENT, headers=lead(DISTRICT))).status_code == 428


async def test_a_goal_outside_responsibility_or_incomplete_blocks_with_its_place(
    http: httpx.AsyncClient,
) -> None:
    goals = [{**CONTENT["goals"][0], "carrier": DISTRICT, "target": None}]
    told = await drafted(http, goals=goals)
    headers = lead(DISTRICT, **{"If-Match": '"1"', "Accept-Language": "de"})
    answer = await http.post(
        f"/v1/agreements/{told['id']}/transitions", json={"transition": "propose"}, headers=headers
    )
    assert (answer.status_code, kind(answer)) == (409, "findings-block")
    assert {place["pointer"] for place in answer.json()["errors"]} == {"/goals/0/target", "/goals/0/carrier"}
    assert "nicht zuständig" in answer.text


async def test_a_change_after_acceptance_asks_everybody_again(http: httpx.AsyncClient) -> None:
    told = await drafted(http)
    await moved(http, told, "propose")
    await moved(http, told, "agree", AGENCY)
    path = f"/v1/agreements/{told['id']}"
    now = await http.get(path, headers=lead(DISTRICT))
    headers = lead(DISTRICT, **{"If-Match": now.headers["etag"]})
    assert kind(await http.put(path, json={**CONTENT, "title": "Neu"}, headers=headers)) == "not-allowed-now"
    made = {"party": DISTRICT, "revision": 1, "reason": "treffender", "head": {"title": "Neu"}}
    proposal = (await http.post(f"{path}/proposals", json=made, headers=lead(DISTRICT))).json()
    for unit, version in ((AGENCY, 1), (JOBCENTER, 2)):
        yes = {"party": unit, "taken_over": True}
        answered = await http.post(
            f"{path}/proposals/{proposal['id']}/answers", json=yes, headers=lead(unit, **{"If-Match": f'"{version}"'})
        )
    assert answered.json()["status"] == "taken_over"
    changed = (await http.get(path, headers=lead(DISTRICT))).json()
    assert (changed["revision"], changed["title"], changed["awaited"]) == (2, "Neu", sorted(PARTIES))
    assert kind(await moved(http, told, "agree", AGENCY, revision=1)) == "other-revision"


async def test_strangers_learn_nothing_and_unknown_members_are_refused(http: httpx.AsyncClient) -> None:
    told = await drafted(http)
    assert (await http.get(f"/v1/agreements/{told['id']}", headers=lead("03002"))).status_code == 404
    assert (await http.get(f"/v1/agreements/{told['id']}")).status_code == 401
    answer = await http.post("/v1/agreements", json={**CONTENT, "colour": "red"}, headers=lead(DISTRICT))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/colour")


async def test_the_same_key_gives_the_first_answer_and_happens_once(http: httpx.AsyncClient) -> None:
    headers = lead(DISTRICT, **{"Idempotency-Key": "draft-1"})
    first = await http.post("/v1/agreements", json=CONTENT, headers=headers)
    again = await http.post("/v1/agreements", json=CONTENT, headers=headers)
    assert (again.status_code, again.content, again.headers["idempotency-replayed"]) == (201, first.content, "true")
    other = await http.post("/v1/agreements", json={**CONTENT, "title": "Anders"}, headers=headers)
    assert (other.status_code, kind(other)) == (422, "key-reused")
