"""What the indicators service is told by its environment."""

from chassis.settings import ServiceSettings
from domain.reminder import DAYS_BEFORE
from pydantic import AliasChoices, Field


class Settings(ServiceSettings):
    """Port, database, where the agreements service is, and how many working days before the due day it reminds."""

    port: int = Field(8002, validation_alias=AliasChoices("ZIELWERK_INDICATORS_PORT", "port"))
    database_url: str | None = Field(
        None, validation_alias=AliasChoices("ZIELWERK_INDICATORS_DATABASE_URL", "DATABASE_URL", "database_url")
    )
    agreements_url: str = "http://127.0.0.1:8001"
    reminder_days: int = Field(DAYS_BEFORE, ge=0, le=20)
