"""Nothing that is sent crashes the service, good rows are kept, nothing is written twice."""

import httpx
import pytest
from support.bad_files import TOWN, Bad
from support.bad_wholes import CORPUS
from support.tokens import bearer

ENOUGH = 120


def test_the_corpus_is_large_enough_and_every_file_has_a_name_of_its_own() -> None:
    assert len({bad.name for bad in CORPUS}) == len(CORPUS) >= ENOUGH


@pytest.mark.parametrize("bad", CORPUS, ids=lambda bad: bad.name)
async def test_what_is_bad_is_named_and_what_is_good_is_kept(http: httpx.AsyncClient, bad: Bad) -> None:
    sender = bearer("uploader", units=(TOWN,), subject=f"sender of {bad.name}")
    headers = {**sender, "Content-Type": bad.media_type, "Prefer": "wait=30", **bad.headers}
    answer = await http.post(f"/v1/deliveries{bad.query}", content=bad.bytes, headers=headers)
    told = answer.json()
    if bad.problem:
        assert (answer.status_code, told["type"]) == (bad.status, f"/problems/{bad.problem}"), told
        assert told["detail"]
        return
    assert answer.status_code == 202, told
    assert (told["counts"]["accepted"], told["status"] == "accepted") == (bad.good, not bad.codes), told
    found = (await http.get(f"{answer.headers['location']}/findings", headers=sender)).json()
    assert [one["code"] for one in found["items"]] == list(bad.codes)
    assert all(one["detail"] and len(one["value"]) <= 80 for one in found["items"])


async def test_the_good_row_of_all_these_files_was_written_once(http: httpx.AsyncClient) -> None:
    asked = {"unit": TOWN, "variable": "ltr_inflow", "from": "2009-01", "to": "2009-01", "include_history": "true"}
    told = (await http.get("/v1/observations", params=asked, headers=bearer("auditor"))).json()["items"]
    assert [one["value"] for one in told] in (["7"], ["7", "7.5"], ["7", "7.5", "7"])
