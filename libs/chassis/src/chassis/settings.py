"""What every service is told by its environment; production is the default and refuses what is unsafe."""

from pathlib import Path
from typing import Literal, Self

from pydantic import SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from chassis.limiting.allowance import Rate

DEVELOPMENT_ISSUER = "https://issuer.zielwerk.invalid"


class ServiceSettings(BaseSettings):
    """Settings from `ZIELWERK_*`; each service adds its port, its database and its neighbours."""

    model_config = SettingsConfigDict(
        env_prefix="ZIELWERK_", frozen=True, populate_by_name=True, extra="ignore", hide_input_in_errors=True
    )

    environment: Literal["development", "production"] = "production"
    home: Path = Path(".zielwerk")
    host: str = "127.0.0.1"
    port: int
    database_url: str | None
    issuer: str = DEVELOPMENT_ISSUER
    jwks_url: str | None = None
    token_url: str | None = None
    client_id: str | None = None
    client_secret: SecretStr | None = None
    largest_body: int = 4_000_000
    largest_file: int = 300_000_000
    rate_limit: Rate = "6000/minute"
    public_rate_limit: Rate = "600/minute"
    signing_key: SecretStr | None = None
    retired_keys: str | None = None
    checkpoint_seconds: int = 3600
    webhook_hosts: str = ""
    webhook_loopback: bool = False

    @property
    def development(self) -> bool:
        """Say whether the conveniences of a laptop are allowed."""
        return self.environment == "development"

    @model_validator(mode="after")
    def _production_is_safe(self) -> Self:
        if self.development:
            return self
        if self.issuer == DEVELOPMENT_ISSUER or not self.issuer.startswith("https://"):
            raise ValueError("production needs ZIELWERK_ISSUER: an https issuer that is not the development issuer")
        if self.jwks_url is None or not self.jwks_url.startswith("https://"):
            raise ValueError("production needs ZIELWERK_JWKS_URL: the issuer's keys by https")
        if self.signing_key is None:
            raise ValueError("production needs ZIELWERK_SIGNING_KEY: the Ed25519 key (JWK) that seals")
        if self.webhook_loopback:
            raise ValueError("production pushes events to public addresses only: leave ZIELWERK_WEBHOOK_LOOPBACK out")
        if self.database_url is None:
            raise ValueError("production needs a database URL: the embedded PostgreSQL is for development")
        return self
