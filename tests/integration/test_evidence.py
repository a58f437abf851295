"""Evidence that proves itself: verified offline by the script in docs, refused after any flipped bit."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pikepdf
import pytest
import sqlalchemy as sa
from chassis.canonical import canonical, sha256
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.agreeing_online import AGENCY, DISTRICT, JOBCENTER, agreed, all_signed, drafted, kind, lead
from support.apps import Stack
from support.paper import PNG

SCRIPT = Path(__file__).parents[2] / "docs" / "verify_evidence.py"
AS_OLDER = """
    UPDATE revisions SET body = body - 'meetings' - 'standards' - 'attachments', digest = :digest
    WHERE agreement_id = :id
"""
LETTER = b"Sehr geehrte Damen und Herren,\nanbei das Planungsangebot.\n"


def verify(*arguments: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


async def attached(http: httpx.AsyncClient, told: dict[str, Any], **asked: str) -> httpx.Response:
    query = {"name": "Anschreiben.txt", "kind": "accompanying_letter", "unit": DISTRICT, **asked}
    headers = lead(DISTRICT, **{"Content-Type": "text/plain"})
    return await http.post(f"/v1/agreements/{told['id']}/attachments", params=query, content=LETTER, headers=headers)


async def archive_of(http: httpx.AsyncClient, told: dict[str, Any]) -> bytes:
    answer = await http.get(f"/v1/agreements/{told['id']}/evidence", headers=lead(DISTRICT))
    assert answer.headers["content-type"] == "application/zip", answer.text
    return answer.content


@pytest.fixture(scope="module")
async def evidence(http: httpx.AsyncClient) -> bytes:
    told = await drafted(http)
    assert (await attached(http, told, signed="true")).status_code == 201
    return await archive_of(http, await all_signed(http, told))


def test_the_evidence_verifies_offline_with_keys_obtained_elsewhere(evidence: bytes, tmp_path: Path) -> None:
    archive, keys = tmp_path / "evidence.zip", tmp_path / "keys.json"
    archive.write_bytes(evidence)
    with zipfile.ZipFile(archive) as files:
        keys.write_bytes(files.read("keys.json"))
        assert {"attachments/Anschreiben.txt", "agreement.pdf", "README.md"} <= set(files.namelist())
    for done in (verify(archive), verify(archive, keys)):
        assert done.returncode == 0, done.stderr
        assert f"signed by {DISTRICT}, {JOBCENTER}, {AGENCY}" in done.stdout


def test_keys_of_somebody_else_verify_nothing(evidence: bytes, tmp_path: Path) -> None:
    archive, keys = tmp_path / "evidence.zip", tmp_path / "keys.json"
    archive.write_bytes(evidence)
    keys.write_text(json.dumps({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "A" * 43, "kid": "other"}]}))
    assert verify(archive, keys).returncode != 0


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_flipped_bit_anywhere_is_found(evidence: bytes, tmp_path: Path, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(evidence) * 8 - 1))
    flipped = bytearray(evidence)
    flipped[place // 8] ^= 1 << place % 8
    archive = tmp_path / "flipped.zip"
    archive.write_bytes(bytes(flipped))
    done = verify(archive)
    assert done.returncode != 0
    assert "NOT GENUINE" in done.stderr, done.stderr


@pytest.mark.parametrize("name", ["agreement.json", "attachments/Anschreiben.txt", "agreement.pdf", "seal.json"])
def test_a_changed_file_is_named_also_when_it_is_packed_again_with_care(
    evidence: bytes, tmp_path: Path, name: str
) -> None:
    with zipfile.ZipFile(io.BytesIO(evidence)) as archive:
        files = {entry: archive.read(entry) for entry in archive.namelist()}
    files[name] = files[name].replace(b"1", b"7", 1) if b"1" in files[name] else files[name] + b" "
    target = tmp_path / "changed.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for entry in sorted(files):
            info = zipfile.ZipInfo(entry, (1980, 1, 1, 0, 0, 0))
            info.external_attr, info.create_system = 0o644 << 16, 3
            archive.writestr(info, files[entry])
    assert f"NOT GENUINE: {name}" in verify(target).stderr


def test_the_verifier_is_short_enough_to_be_read() -> None:
    code = [
        line for line in SCRIPT.read_text().splitlines() if line.strip() and not line.startswith(("import", "from"))
    ]
    assert len(code) <= 55


async def test_there_is_no_evidence_before_everything_is_sealed(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    answer = await http.get(f"/v1/agreements/{told['id']}/evidence", headers=lead(DISTRICT))
    assert (answer.status_code, kind(answer)) == (409, "not-sealed-yet")


async def test_the_document_is_accessible_archivable_carries_what_is_signed_and_never_changes(
    http: httpx.AsyncClient,
) -> None:
    told = await drafted(http)
    path = f"/v1/agreements/{told['id']}"
    first, again = [(await http.get(f"{path}/document", headers=lead(DISTRICT))).content for _ in range(2)]
    canonical = (await http.get(f"{path}/revisions/1/canonical", headers=lead(DISTRICT))).content
    assert first == again
    with pikepdf.open(io.BytesIO(first)) as pdf:
        metadata = str(pdf.open_metadata())
        assert "pdfaid:part>3<" in metadata
        assert "pdfuaid:part>1<" in metadata
        assert str(pdf.Root.Lang).startswith("de")
        assert pdf.attachments["agreement.json"].get_file().read_bytes() == canonical


async def test_an_attachment_beside_the_agreement_changes_no_revision_and_comes_back_as_it_was(
    http: httpx.AsyncClient,
) -> None:
    told = await drafted(http)
    filed = (await attached(http, told, name="Stellungnahme Jugendamt – Städte.txt")).json()
    path = f"/v1/agreements/{told['id']}"
    answer = await http.get(f"{path}/attachments/{filed['id']}/content", headers=lead(DISTRICT))
    assert (answer.content, answer.headers["content-type"]) == (LETTER, "text/plain; charset=utf-8")
    assert "St%C3%A4dte.txt" in answer.headers["content-disposition"]
    assert (await http.get(path, headers=lead(DISTRICT))).json()["revision"] == 1
    listed = (await http.get(f"{path}/attachments", headers=lead(DISTRICT))).json()
    assert [item["sha256"] for item in listed["items"]] == [filed["sha256"]]


async def test_a_signature_on_paper_names_its_scan_and_is_called_what_it_is(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    path = f"/v1/agreements/{told['id']}"
    query = {"name": "Seite 4.png", "kind": "paper_scan", "unit": DISTRICT}
    headers = lead(DISTRICT, **{"Content-Type": "image/png"})
    scan = (await http.post(f"{path}/attachments", params=query, content=PNG, headers=headers)).json()
    letter = (await attached(http, told)).json()
    revision = (await http.get(f"{path}/revisions/1", headers=lead(DISTRICT))).json()
    made = {"party": DISTRICT, "revision": 1, "digest": revision["digest"]}
    wrong = await http.post(f"{path}/signatures", json={**made, "scan": letter["id"]}, headers=lead(DISTRICT))
    assert kind(wrong) == "not-a-scan"
    right = await http.post(f"{path}/signatures", json={**made, "scan": scan["id"]}, headers=lead(DISTRICT))
    assert (right.json()["level"], right.json()["evidence"]) == ("paper_scan", scan["sha256"])


@pytest.mark.parametrize(
    ("asked", "media_type", "content", "problem"),
    [
        ({"name": "../etc/passwd"}, "text/plain", b"x", "unsafe-name"),
        ({"name": "a\\b.txt"}, "text/plain", b"x", "unsafe-name"),
        ({"name": ".."}, "text/plain", b"x", "unsafe-name"),
        ({}, "text/plain", b"", "attachment-too-large"),
        ({}, "application/pdf", b"no pdf", "not-what-it-says"),
        ({}, "application/pdf", b"%PDF-1.7 cut off", "not-what-it-says"),
        ({}, "image/png", b"\x89PNX", "not-what-it-says"),
        ({}, "text/plain", b"\x00\x01", "not-what-it-says"),
        ({}, "text/plain", b"\xff\xfe", "not-what-it-says"),
        ({}, "application/x-msdownload", b"MZ", "not-this-format"),
        ({"kind": "joke"}, "text/plain", b"x", "bad-input"),
        ({"unit": "03002"}, "text/plain", b"x", "forbidden"),
    ],
)
async def test_what_must_not_be_attached_is_refused_each_for_its_own_reason(
    http: httpx.AsyncClient, asked: dict[str, str], media_type: str, content: bytes, problem: str
) -> None:
    told = await drafted(http)
    query = {"name": "Anlage", "kind": "annex", "unit": DISTRICT, **asked}
    headers = lead(DISTRICT, **{"Content-Type": media_type})
    answer = await http.post(f"/v1/agreements/{told['id']}/attachments", params=query, content=content, headers=headers)
    assert kind(answer) == problem
    listed = await http.get(f"/v1/agreements/{told['id']}/attachments", headers=lead(DISTRICT))
    assert listed.json()["items"] == []


async def test_a_file_that_arrived_otherwise_than_announced_is_refused(http: httpx.AsyncClient) -> None:
    told = await drafted(http)
    headers = lead(DISTRICT, **{"Content-Type": "text/plain", "Content-Digest": f"sha-256=:{'A' * 43}=:"})
    query = {"name": "Anlage", "kind": "annex", "unit": DISTRICT}
    answer = await http.post(f"/v1/agreements/{told['id']}/attachments", params=query, content=LETTER, headers=headers)
    assert kind(answer) == "digest-differs"


async def test_what_was_written_before_a_member_existed_is_signed_and_proved_as_it_was_written(
    http: httpx.AsyncClient, stack: Stack, tmp_path: Path
) -> None:
    told = await drafted(http)
    path = f"/v1/agreements/{told['id']}/revisions/1"
    now = (await http.get(f"{path}/canonical", headers=lead(DISTRICT))).json()
    for younger in ("meetings", "standards", "attachments"):
        del now["revision"][younger]
    older = canonical(now)
    async with stack.agreements.state.database.engine.begin() as connection:
        await connection.execute(sa.text(AS_OLDER), {"id": told["id"], "digest": sha256(older)})
    assert (await http.get(f"{path}/canonical", headers=lead(DISTRICT))).content == older
    archive = tmp_path / "evidence.zip"
    archive.write_bytes(await archive_of(http, await all_signed(http, told)))
    done = verify(archive)
    assert sha256(older) in done.stdout, done.stderr
