"""What the reporting service is told by its environment."""

from chassis.settings import ServiceSettings
from pydantic import AliasChoices, Field


class Settings(ServiceSettings):
    """Port, database, and where the other two services are."""

    port: int = Field(8003, validation_alias=AliasChoices("ZIELWERK_REPORTING_PORT", "port"))
    database_url: str | None = Field(
        None, validation_alias=AliasChoices("ZIELWERK_REPORTING_DATABASE_URL", "DATABASE_URL", "database_url")
    )
    agreements_url: str = "http://127.0.0.1:8001"
    indicators_url: str = "http://127.0.0.1:8002"
