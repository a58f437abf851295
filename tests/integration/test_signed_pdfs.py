"""PDFs signed outside are taken for what they prove, and for nothing more."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from agreements.app import create_app
from support import databases
from support.agreeing_online import AGENCY, DISTRICT, JOBCENTER, agreed, drafted, kind, lead, moved, signed
from support.apps import settings_of
from support.paper import Authority
from support.tokens import bearer
from support.units import tree

OURS, STRANGER = Authority(), Authority("Fremde CA")


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("agreements")


@pytest.fixture(scope="module")
async def http(template: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    url = await databases.fresh(template)
    roots = OURS.roots(tmp_path_factory.mktemp("roots"))
    app = create_app(settings_of("agreements", url, trust_roots=roots))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://agreements") as client:
        sent = tree()
        assert (await client.post("/v1/units", json=sent, headers=bearer("operator"))).status_code == 200
        yield client
    await app.state.database.close()
    await databases.drop(url)


async def document_of(http: httpx.AsyncClient, told: dict[str, Any]) -> bytes:
    return (await http.get(f"/v1/agreements/{told['id']}/document", headers=lead(DISTRICT))).content


async def sent(http: httpx.AsyncClient, told: dict[str, Any], pdf: bytes, unit: str = AGENCY) -> httpx.Response:
    query = {"party": unit, "revision": told["revision"]}
    headers = lead(unit, **{"Content-Type": "application/pdf"})
    return await http.post(f"/v1/agreements/{told['id']}/signatures/pdf", params=query, content=pdf, headers=headers)


async def test_a_signed_pdf_signs_is_kept_and_belongs_to_the_evidence(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    pdf = await OURS.sign(await document_of(http, told))
    answer = await sent(http, told, pdf)
    assert (answer.status_code, answer.json()["level"]) == (201, "advanced"), answer.text
    for unit in (DISTRICT, JOBCENTER):
        await signed(http, told, unit)
    evidence = await http.get(f"/v1/agreements/{told['id']}/evidence", headers=lead(DISTRICT))
    assert f"signed/{answer.json()['evidence']}".encode() in evidence.content


async def test_a_qualified_certificate_makes_a_qualified_signature(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    pdf = await OURS.sign(await document_of(http, told), qualified=True)
    assert (await sent(http, told, pdf)).json()["level"] == "qualified"


async def test_two_parties_sign_the_same_pdf_one_after_the_other(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    first = await OURS.sign(await document_of(http, told))
    second = await OURS.sign(first, "Zweite")
    assert (await sent(http, told, first)).status_code == 201
    assert (await sent(http, told, second, DISTRICT)).status_code == 201


async def test_what_does_not_hold_is_refused_with_the_reason(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    document = await document_of(http, told)
    genuine = await OURS.sign(document)
    changed = genuine.replace(b"Zielvereinbarung", b"Zahlvereinbarung", 1)
    for pdf, reason in (
        (document, "no signature"),
        (await STRANGER.sign(document), "trusted root"),
        (genuine[:-40], "signed PDF"),
        (b"%PDF-1.7 nothing %%EOF", "signed PDF"),
        (genuine + b"\n% added behind", "whole file"),
        (changed if changed != genuine else genuine[:3000] + b"x" + genuine[3001:], ""),
    ):
        answer = await sent(http, told, pdf)
        assert kind(answer) == "bad-signed-pdf"
        assert reason in answer.json()["detail"], answer.text


async def test_a_pdf_of_another_agreement_signs_nothing_here(http: httpx.AsyncClient) -> None:
    told, other = await agreed(http), await drafted(http)
    assert kind(await sent(http, told, await OURS.sign(await document_of(http, other)))) == "other-digest"


async def test_who_does_not_act_for_the_party_signs_by_no_pdf_either(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    pdf = await OURS.sign(await document_of(http, told))
    query = {"party": AGENCY, "revision": told["revision"]}
    headers = lead(DISTRICT, **{"Content-Type": "application/pdf"})
    path = f"/v1/agreements/{told['id']}/signatures/pdf"
    assert kind(await http.post(path, params=query, content=pdf, headers=headers)) == "forbidden"
    assert (await moved(http, told, "decline", DISTRICT, reason="Mittel fehlen")).status_code == 200
    assert kind(await sent(http, told, pdf)) == "not-allowed-now"
