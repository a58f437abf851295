"""Production is the default and refuses what is only safe on a laptop."""

import pytest
from chassis.settings import DEVELOPMENT_ISSUER, ServiceSettings
from pydantic import ValidationError

SAFE = {
    "issuer": "https://login.example",
    "jwks_url": "https://login.example/keys",
    "database_url": "postgresql://db/agreements",
    "signing_key": '{"kty": "OKP"}',
}


class Settings(ServiceSettings):
    port: int = 8000
    database_url: str | None = None


def test_safe_production_settings_are_accepted() -> None:
    assert not Settings(**SAFE).development  # type: ignore[arg-type]  # one mapping for fields of several types


@pytest.mark.parametrize(
    "unsafe",
    [
        {"issuer": DEVELOPMENT_ISSUER},
        {"issuer": "http://login.example"},
        {"jwks_url": None},
        {"jwks_url": "http://login.example/keys"},
        {"database_url": None},
        {"webhook_loopback": True},
        {"signing_key": None},
    ],
)
def test_production_refuses(unsafe: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings(**{**SAFE, **unsafe})  # type: ignore[arg-type]  # as above


def test_nothing_said_is_production_and_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZIELWERK_ENVIRONMENT", raising=False)
    with pytest.raises(ValidationError):
        Settings()
