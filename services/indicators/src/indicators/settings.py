"""What the indicators service is told by its environment."""

from chassis.settings import ServiceSettings
from pydantic import AliasChoices, Field


class Settings(ServiceSettings):
    """Port, database, and where the agreements service is."""

    port: int = Field(8002, validation_alias=AliasChoices("ZIELWERK_INDICATORS_PORT", "port"))
    database_url: str | None = Field(
        None, validation_alias=AliasChoices("ZIELWERK_INDICATORS_DATABASE_URL", "DATABASE_URL", "database_url")
    )
    agreements_url: str = "http://127.0.0.1:8001"
