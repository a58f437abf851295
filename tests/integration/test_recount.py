"""A recount finds what was changed behind the service's back."""

import httpx
import pytest
import sqlalchemy as sa
from support.agreeing_online import DISTRICT, all_signed, drafted, lead
from support.apps import Stack
from support.tokens import bearer

LETTER = b"anbei das Planungsangebot\n"


@pytest.fixture(scope="module")
async def signed(http: httpx.AsyncClient) -> str:
    told = await drafted(http)
    query = {"name": "Anschreiben.txt", "kind": "accompanying_letter", "unit": DISTRICT, "signed": "true"}
    headers = lead(DISTRICT, **{"Content-Type": "text/plain"})
    path = f"/v1/agreements/{told['id']}/attachments"
    assert (await http.post(path, params=query, content=LETTER, headers=headers)).status_code == 201
    return str((await all_signed(http, told))["id"])


async def unsound(http: httpx.AsyncClient) -> list[str]:
    recount = (await http.get("/v1/integrity", headers=bearer("auditor"))).json()
    return [checked["name"] for checked in recount["checks"] if not checked["sound"]]


@pytest.mark.parametrize(
    ("check", "forge", "restore"),
    [
        (
            "revisions",
            "UPDATE revisions SET body = jsonb_set(body, '{year}', '2015') WHERE agreement_id = :id",
            "UPDATE revisions SET body = jsonb_set(body, '{year}', '2014') WHERE agreement_id = :id",
        ),
        (
            "contents",
            "UPDATE contents SET content = content || '.'::bytea",
            "UPDATE contents SET content = substr(content, 1, length(content) - 1)",
        ),
        (
            "signatures",
            "UPDATE signatures SET digest = repeat('0', 64) WHERE agreement_id = :id AND party = '05158'",
            (
                "UPDATE signatures s SET digest = r.digest FROM revisions r WHERE s.agreement_id = :id"
                " AND (r.agreement_id, r.number) = (s.agreement_id, s.revision)"
            ),
        ),
    ],
)
async def test_a_recount_names_what_was_forged_and_nothing_else(
    http: httpx.AsyncClient, stack: Stack, signed: str, check: str, forge: str, restore: str
) -> None:
    for statement, expected in ((forge, [check]), (restore, [])):
        async with stack.agreements.state.database.engine.begin() as connection:
            given = {"id": signed} if ":id" in statement else {}
            assert (await connection.execute(sa.text(statement), given)).rowcount
        assert await unsound(http) == expected
