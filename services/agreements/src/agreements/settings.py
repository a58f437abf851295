"""What the agreements service is told by its environment."""

from pathlib import Path

from chassis.settings import ServiceSettings
from pydantic import AliasChoices, Field


class Settings(ServiceSettings):
    """Port, database, where the indicators service is, and the roots that signatures made outside are trusted by."""

    port: int = Field(8001, validation_alias=AliasChoices("ZIELWERK_AGREEMENTS_PORT", "port"))
    database_url: str | None = Field(
        None, validation_alias=AliasChoices("ZIELWERK_AGREEMENTS_DATABASE_URL", "DATABASE_URL", "database_url")
    )
    indicators_url: str = "http://127.0.0.1:8002"
    trust_roots: Path | None = None
