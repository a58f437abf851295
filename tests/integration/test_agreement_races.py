"""Whatever is asked of an agreement, in any order and all at once: one consistent state of the domain's table."""

import asyncio
from dataclasses import replace
from itertools import pairwise
from typing import Any

import httpx
import pytest
from agreements.ports import Ports
from agreements.usecases import signing
from chassis.caller import Caller, Role
from chassis.clock import now
from domain.identity import AgreementId
from domain.negotiation import TRANSITIONS
from domain.refusal import Act
from domain.signing import SignatureMade
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.agreeing_online import (
    AGENCY,
    DISTRICT,
    JOBCENTER,
    PARTIES,
    agreed,
    digest_of,
    drafted,
    kind,
    lead,
    moved,
    signed,
)
from support.apps import Stack
from support.tokens import bearer

CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
RACING = st.tuples(
    st.sampled_from(["agree", "sign", "sign", "decline", "amend", "withdraw"]),
    st.sampled_from(PARTIES),
    st.integers(0, 2),
)
MOVES = ("propose", "agree", "decline", "withdraw", "activate", "close", "sign")
FORWARD = ["propose", *["agree"] * 3, *["sign"] * 3, "activate"]
STEPS = st.lists(st.tuples(st.sampled_from([*MOVES, *FORWARD * 2]), st.sampled_from(PARTIES)), max_size=14)
REFUSALS = {"not-allowed-now", "already-accepted", "already-signed"}


async def stood(http: httpx.AsyncClient, told: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = (await http.get(f"/v1/agreements/{told['id']}", headers=lead(DISTRICT))).json()
    return answer


async def stepped(http: httpx.AsyncClient, told: dict[str, Any], act: str, unit: str) -> httpx.Response:
    if act == "sign":
        return await signed(http, told, unit)
    return await moved(http, told, act, unit, reason="so entschieden")


@settings(max_examples=20, suppress_health_check=CALM)
@given(steps=STEPS)
async def test_every_transition_is_in_the_table_or_refused_with_what_is_possible(
    http: httpx.AsyncClient, steps: list[tuple[str, str]]
) -> None:
    told = await drafted(http)
    for act, unit in steps:
        before = await stood(http, told)
        answer = await stepped(http, told, act, unit)
        after = await stood(http, told)
        if answer.is_success:
            reached = TRANSITIONS[before["status"], Act(act)]
            passed = {reached, before["status"], TRANSITIONS.get((reached, Act.SEAL), reached)}
            assert after["status"] in passed
            assert after["version"] > before["version"]
        else:
            assert kind(answer) in REFUSALS
            assert answer.json()["detail"]
            assert after == before


@settings(max_examples=4, suppress_health_check=CALM)
@given(calls=st.lists(RACING, min_size=100, max_size=100), accepted=st.booleans())
async def test_a_hundred_calls_at_once_end_in_one_consistent_state(
    http: httpx.AsyncClient, calls: list[tuple[str, str, int]], *, accepted: bool
) -> None:
    told = await agreed(http) if accepted else await drafted(http)
    if not accepted:
        await moved(http, told, "propose")
    version = (await stood(http, told))["version"]
    digest = await digest_of(http, told)

    async def call(act: str, unit: str, behind: int) -> httpx.Response:
        path = f"/v1/agreements/{told['id']}"
        if act == "sign":
            made = {"party": unit, "revision": told["revision"], "digest": digest}
            return await http.post(f"{path}/signatures", json=made, headers=lead(unit))
        held = f'"{version + behind}"'
        sent = {"transition": act, "party": unit, "revision": told["revision"], "reason": "so entschieden"}
        return await http.post(f"{path}/transitions", json=sent, headers=lead(unit, **{"If-Match": held}))

    answers = await asyncio.gather(*(call(*one) for one in calls))
    assert {answer.status_code for answer in answers} <= {200, 201, 409, 412}
    after = await stood(http, told)
    parties = [signature["party"] for signature in after["signatures"]]
    assert len(parties) == len(set(parties))
    assert after["status"] in {"proposed", "agreed", "signed", "declined", "withdrawn"}
    log = await http.get(
        "/v1/audit", params={"resource": f"agreement:{told['id']}", "limit": 1000}, headers=bearer("auditor")
    )
    items = log.json()["items"]
    assert len(items) == after["version"]
    assert all(later["before"] == earlier["after"] for earlier, later in pairwise(items))


class FailingSeal:
    """A seal whose key went away before the last step: it still signs for parties, and seals nothing."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def sign(self, content: bytes, header: dict[str, Any]) -> str:
        if "party" not in header:
            raise ConnectionError("the key service went away")
        return str(self._inner.sign(content, header))


async def test_a_crash_before_the_seal_leaves_it_visible_binds_nobody_and_is_repaired(
    http: httpx.AsyncClient, stack: Stack
) -> None:
    told = await agreed(http)
    for unit in (AGENCY, JOBCENTER):
        assert (await signed(http, told, unit)).status_code == 201
    ports: Ports = stack.agreements.state.ports
    caller = Caller(subject="lead", name="", roles=frozenset({Role.UNIT_LEAD}), units=frozenset({DISTRICT}))
    made = SignatureMade(party=DISTRICT, revision=told["revision"], digest=await digest_of(http, told))  # type: ignore[arg-type]
    broken = replace(ports, seal=FailingSeal(ports.seal))  # type: ignore[arg-type]
    with pytest.raises(ConnectionError):
        await signing.sign(broken, caller, AgreementId(told["id"]), made, now())
    assert (await stood(http, told))["status"] == "sealing"
    assert kind(await moved(http, told, "activate")) == "not-allowed-now"
    evidence = await http.get(f"/v1/agreements/{told['id']}/evidence", headers=lead(DISTRICT))
    assert kind(evidence) == "not-sealed-yet"
    assert await signing.repair_seals(ports, now()) == 1
    assert (await stood(http, told))["status"] == "signed"
    assert await signing.repair_seals(ports, now()) == 0
    evidence = await http.get(f"/v1/agreements/{told['id']}/evidence", headers=lead(DISTRICT))
    assert evidence.status_code == 200


@pytest.mark.parametrize("act", ["seal", "supersede", "revise", "take_over", "fly"])
async def test_what_follows_by_itself_is_no_transition_for_anybody(http: httpx.AsyncClient, act: str) -> None:
    told = await agreed(http)
    answer = await moved(http, told, act)
    assert (kind(answer), answer.json()["errors"][0]["pointer"]) == ("bad-input", "/transition")
    assert (await stood(http, told))["status"] == "agreed"


async def test_signing_is_a_transition_too_and_names_the_digest(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    assert kind(await moved(http, told, "sign", AGENCY)) == "party-needed"
    digest = await digest_of(http, told)
    assert kind(await moved(http, told, "sign", AGENCY, digest="0" * 64)) == "other-digest"
    for unit in PARTIES:
        answer = await moved(http, told, "sign", unit, digest=digest)
        assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "signed"
