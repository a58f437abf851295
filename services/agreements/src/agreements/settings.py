"""What the agreements service is told by its environment."""

from pathlib import Path

from chassis.settings import ServiceSettings
from pydantic import AliasChoices, Field


class Settings(ServiceSettings):
    """Port, database and the key that seals signatures."""

    port: int = Field(8001, validation_alias=AliasChoices("ZIELWERK_AGREEMENTS_PORT", "port"))
    database_url: str | None = Field(
        None, validation_alias=AliasChoices("ZIELWERK_AGREEMENTS_DATABASE_URL", "DATABASE_URL", "database_url")
    )
    trust_roots: Path | None = None
