"""Every known attack on a token is refused."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from chassis.auth import NotIdentified, Verifier
from chassis.caller import Role
from chassis.development.issuer import DevelopmentIssuer
from chassis.settings import DEVELOPMENT_ISSUER, ServiceSettings
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey
from support import tokens

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


class Settings(ServiceSettings):
    port: int = 8000
    database_url: str | None = None


@pytest.fixture
def verifier() -> Verifier:
    return Verifier(Settings(environment="development", home=tokens.home()), "indicators")


def claims(**changed: object) -> dict[str, Any]:
    seconds = int(NOW.timestamp())
    usual: dict[str, object] = {
        "iss": DEVELOPMENT_ISSUER,
        "aud": ["indicators"],
        "sub": "somebody",
        "roles": ["controller"],
        "units": ["36402"],
        "exp": seconds + 600,
    }
    return {key: value for key, value in {**usual, **changed}.items() if value is not None}


def own_key() -> ECKey:
    path = tokens.home() / "issuer" / "key.json"
    DevelopmentIssuer(tokens.home())
    return ECKey.import_key(json.loads(path.read_text()))


def signed(**changed: object) -> str:
    key = own_key()
    return jwt.encode({"alg": "ES256", "kid": key.kid}, claims(**changed), key)


async def test_a_valid_token_names_its_bearer(verifier: Verifier) -> None:
    caller = await verifier.caller(signed(), NOW)
    assert caller.roles == {Role.CONTROLLER}
    assert caller.units == {"36402"}
    assert await verifier.caller(signed(), NOW) == caller


async def test_a_role_nobody_knows_gives_no_right(verifier: Verifier) -> None:
    caller = await verifier.caller(signed(roles=["emperor", "public", "reader"]), NOW)
    assert caller.roles == {Role.READER}


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://somebody.else"},
        {"aud": "reporting"},
        {"aud": None},
        {"exp": int(NOW.timestamp()) - 61},
        {"exp": None},
        {"exp": "tomorrow"},
        {"nbf": int(NOW.timestamp()) + 61},
        {"sub": None},
        {"roles": "controller"},
        {"units": "36402"},
    ],
)
async def test_wrong_claims_are_refused(verifier: Verifier, changed: dict[str, object]) -> None:
    with pytest.raises(NotIdentified):
        await verifier.caller(signed(**changed), NOW)


async def test_a_remembered_token_expires_all_the_same(verifier: Verifier) -> None:
    token = signed()
    await verifier.caller(token, NOW)
    with pytest.raises(NotIdentified):
        await verifier.caller(token, NOW + timedelta(seconds=661))


def foreign_key() -> str:
    key = ECKey.generate_key("P-256", auto_kid=True)
    return jwt.encode({"alg": "ES256", "kid": key.kid}, claims(), key)


def shared_secret() -> str:
    key = OctKey.import_key(b"0" * 32, {"kid": str(own_key().kid)})
    return jwt.encode({"alg": "HS256", "kid": own_key().kid}, claims(), key)


def no_signature() -> str:
    head, body, _ = signed().split(".")
    return f"{head}.{body}."


def algorithm_none() -> str:
    return f"eyJhbGciOiJub25lIn0.{signed().split('.')[1]}."


def other_body() -> str:
    head, _, signature = signed().split(".")
    return f"{head}.{signed(roles=['operator']).split('.')[1]}.{signature}"


@pytest.mark.parametrize(
    "forged",
    [foreign_key, shared_secret, no_signature, algorithm_none, other_body, lambda: "", lambda: "a.b.c", lambda: "ä"],
)
async def test_a_forged_token_is_refused(verifier: Verifier, forged: Callable[[], str]) -> None:
    with pytest.raises(NotIdentified):
        await verifier.caller(forged(), NOW)


def test_the_issuers_key_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    DevelopmentIssuer(tmp_path)
    assert (tmp_path / "issuer" / "key.json").stat().st_mode & 0o077 == 0
