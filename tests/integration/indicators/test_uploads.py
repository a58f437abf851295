"""Uploads by pieces: resumed after a break, checked piece by piece, and then a delivery like any other."""

import asyncio
import base64
import hashlib
from uuid import UUID

import httpx
import pytest
from chassis.caller import Caller, Role
from chassis.clock import new_id, now
from domain.identity import DeliveryId
from hypothesis import given
from hypothesis import strategies as st
from indicators.ports import Ports
from indicators.usecases import delivering, uploading
from indicators.usecases.arriving import once
from indicators.usecases.upload_errors import UploadUnreadable
from indicators.usecases.working_off import work_off
from pydantic import TypeAdapter, ValidationError
from support.apps import Stack
from support.tokens import bearer

TOWN = "05158004"
CALLER = Caller(
    subject="fachverfahren", name="fachverfahren", roles=frozenset({Role.UPLOADER}), units=frozenset({TOWN})
)
CONTENT = f"unit,variable,month,value\n{TOWN},ltr_stock,2013-01,17\n{TOWN},ltr_stock,2013-02,18\n".encode()
SENDER = bearer("uploader", units=(TOWN,), subject="fachverfahren")
PIECE = {**SENDER, "Content-Type": "application/offset+octet-stream", "Tus-Resumable": "1.0.0"}


def metadata(**options: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in options.items())


async def begun(http: httpx.AsyncClient, content: bytes = CONTENT, **options: str) -> str:
    headers = {**SENDER, "Upload-Length": str(len(content)), "Upload-Metadata": metadata(**options)}
    answer = await http.post("/v1/uploads", headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.headers["location"]


async def sent(http: httpx.AsyncClient, at: str, offset: int, piece: bytes, **headers: str) -> httpx.Response:
    return await http.patch(at, content=piece, headers={**PIECE, "Upload-Offset": str(offset), **headers})


async def test_an_upload_goes_on_where_it_stopped_and_becomes_a_delivery(http: httpx.AsyncClient) -> None:
    at = await begun(http, media_type="text/csv", mode="partial", sha256=hashlib.sha256(CONTENT).hexdigest())
    first = await sent(http, at, 0, CONTENT[:40])
    assert (first.status_code, first.headers["upload-offset"]) == (204, "40")
    asked = await http.head(at, headers=SENDER)
    assert (asked.headers["upload-offset"], asked.headers["upload-length"]) == ("40", str(len(CONTENT)))
    last = await sent(http, at, 40, CONTENT[40:])
    for _ in range(100):
        delivery = (await http.get(last.headers["upload-delivery"], headers=SENDER)).json()
        if delivery["status"] not in {"received", "processing"}:
            break
        await asyncio.sleep(0.05)
    assert (delivery["status"], delivery["counts"]["accepted"]) == ("accepted", 2)
    again = await sent(http, at, len(CONTENT), b"")
    assert again.headers["upload-delivery"] == last.headers["upload-delivery"]


async def test_a_last_piece_that_is_told_again_leaves_the_delivery_its_file(
    stack: Stack, http: httpx.AsyncClient
) -> None:
    ports: Ports = stack.indicators.state.ports
    at = await begun(http, other := CONTENT.replace(b"2013", b"2012"))
    id = DeliveryId(UUID(at.split("/")[-2]))
    await ports.spool.extend(id, 0, once(other), len(other))
    wanted = uploading.wanted_of(id, {})
    (first, job), (again, none) = [
        await delivering.accept(ports, CALLER, wanted, await ports.spool.whole(id), now()) for _ in range(2)
    ]
    assert (first.id, again.id, none) == (id, id, None)
    assert job is not None
    assert ports.spool.path(id).read_bytes() == other
    last = await sent(http, at, len(other), b"")
    assert last.headers["upload-delivery"] == f"/v1/deliveries/{id}"
    await work_off(ports, job)
    done = (await http.get(last.headers["upload-delivery"], headers=SENDER)).json()
    assert (done["status"], done["counts"]["accepted"]) == ("accepted", 2)


async def test_a_piece_that_does_not_fit_is_refused_with_where_to_go_on(http: httpx.AsyncClient) -> None:
    at = await begun(http)
    await sent(http, at, 0, CONTENT[:10])
    refused = await sent(http, at, 5, CONTENT[5:])
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/offset-differs")
    assert "there are 10" in refused.json()["detail"]
    beyond = await sent(http, at, 10, CONTENT)
    assert (beyond.status_code, beyond.json()["type"]) == (422, "/problems/too-much-sent")


async def test_a_piece_must_be_what_its_checksum_says(http: httpx.AsyncClient) -> None:
    at = await begun(http)
    right = base64.b64encode(hashlib.sha256(CONTENT[:10]).digest()).decode()
    wrong = await sent(http, at, 0, CONTENT[:11], **{"Upload-Checksum": f"sha256 {right}"})
    assert wrong.status_code == 460
    assert (await http.head(at, headers=SENDER)).headers["upload-offset"] == "0"
    assert (await sent(http, at, 0, CONTENT[:10], **{"Upload-Checksum": f"sha256 {right}"})).status_code == 204


async def test_a_file_that_changed_between_its_pieces_is_refused_whole(http: httpx.AsyncClient) -> None:
    at = await begun(http, sha256=hashlib.sha256(CONTENT).hexdigest())
    await sent(http, at, 0, CONTENT[:50])
    refused = await sent(http, at, 50, CONTENT[50:].replace(b"18", b"19"))
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/file-changed")
    assert (await http.head(at, headers=SENDER)).status_code == 404


async def test_an_upload_belongs_to_its_sender(http: httpx.AsyncClient) -> None:
    at = await begun(http)
    other = bearer("uploader", units=(TOWN,), subject="jemand anderes")
    assert (await http.head(at, headers=other)).status_code == 404


async def test_an_upload_can_be_given_up(http: httpx.AsyncClient) -> None:
    at = await begun(http)
    assert (await http.delete(at, headers=SENDER)).status_code == 204
    assert (await sent(http, at, 0, CONTENT)).status_code == 404


@pytest.mark.parametrize("wish", ["true", "True", "1", "yes", "on", "T", "Y"])
async def test_a_dry_run_by_pieces_keeps_nothing_however_it_says_so(http: httpx.AsyncClient, wish: str) -> None:
    at = await begun(http, CONTENT.replace(b"2013", b"2009"), dry_run=wish)
    last = await sent(http, at, 0, CONTENT.replace(b"2013", b"2009"))
    assert (await http.get(last.headers["upload-delivery"], headers=SENDER)).json()["dry_run"] is True
    asked = {"unit": TOWN, "variable": "ltr_stock", "from": "2009-01", "to": "2009-02"}
    assert (await http.get("/v1/observations", params=asked, headers=SENDER)).json()["items"] == []


@pytest.mark.parametrize(
    "options",
    [
        {"media_type": "text/plain"},
        {"mode": "whole"},
        {"colour": "red"},
        {"dry_run": "maybe"},
        {"dry_run": ""},
        {"kind": "retraction"},
    ],
)
async def test_what_is_wanted_is_checked_before_anything_is_sent(
    http: httpx.AsyncClient, options: dict[str, str]
) -> None:
    headers = {**SENDER, "Upload-Length": "9", "Upload-Metadata": metadata(**options)}
    refused = await http.post("/v1/uploads", headers=headers)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/upload-unreadable")


@given(st.sampled_from([*uploading.YES, *uploading.NO, "", "maybe", "2", "ja", " true"]), st.booleans())
def test_an_upload_reads_yes_and_no_as_a_query_does(word: str, loud: bool) -> None:
    options = {"dry_run": word.upper() if loud else word}
    try:
        read = TypeAdapter(bool).validate_python(options["dry_run"])
    except ValidationError:
        with pytest.raises(UploadUnreadable):
            uploading.wanted_of(DeliveryId(new_id()), options)
    else:
        assert uploading.wanted_of(DeliveryId(new_id()), options).dry_run is read


async def test_metadata_that_is_no_base64_is_refused(http: httpx.AsyncClient) -> None:
    for written in ("media_type äö", "media_type ?", "media_type w6"):
        headers = {**SENDER, "Upload-Length": "9", "Upload-Metadata": written}
        encoded = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        refused = await http.post("/v1/uploads", headers=encoded)
        assert (refused.status_code, refused.json()["type"]) == (422, "/problems/upload-unreadable")


async def test_a_profile_that_is_not_there_is_told_before_anything_is_sent(http: httpx.AsyncClient) -> None:
    headers = {**SENDER, "Upload-Length": "9", "Upload-Metadata": metadata(profile="nirgends")}
    refused = await http.post("/v1/uploads", headers=headers)
    assert (refused.status_code, refused.json()["type"]) == (404, "/problems/unknown-profile")


async def test_a_piece_says_that_it_is_one(http: httpx.AsyncClient) -> None:
    at = await begun(http)
    for said in ({"Content-Type": "text/csv"}, {}):
        refused = await http.patch(at, content=CONTENT, headers={**SENDER, **said, "Upload-Offset": "0"})
        assert (refused.status_code, refused.json()["type"]) == (415, "/problems/not-this-format")
    assert (await http.head(at, headers=SENDER)).headers["upload-offset"] == "0"


async def test_another_version_of_tus_is_refused_with_the_one_that_is_spoken(http: httpx.AsyncClient) -> None:
    headers = {**SENDER, "Upload-Length": "9", "Tus-Resumable": "0.2"}
    refused = await http.post("/v1/uploads", headers=headers)
    assert (refused.status_code, refused.headers["tus-version"]) == (412, "1.0.0")
    assert (await http.head(await begun(http), headers=headers)).status_code == 412


async def test_a_server_says_what_of_tus_it_understands_and_how_much_it_takes(http: httpx.AsyncClient) -> None:
    told = await http.options("/v1/uploads")
    assert (told.status_code, told.headers["tus-version"]) == (204, "1.0.0")
    most = int(told.headers["tus-max-size"])
    refused = await http.post("/v1/uploads", headers={**SENDER, "Upload-Length": str(most + 1)})
    assert (refused.status_code, refused.headers["tus-max-size"]) == (413, str(most))
    taken = await http.post("/v1/uploads", headers={**SENDER, "Upload-Length": str(most)})
    assert taken.status_code == 201
