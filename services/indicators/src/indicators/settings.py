"""What the indicators service is told by its environment."""

from typing import Self

from chassis.settings import ServiceSettings
from domain.case_record import LtrVariant
from domain.reminder import DAYS_BEFORE
from pydantic import AliasChoices, Field, SecretStr, model_validator

SHORTEST_KEY = 32


class Settings(ServiceSettings):
    """Port, database, where the agreements service is, and how persons are protected."""

    port: int = Field(8002, validation_alias=AliasChoices("ZIELWERK_INDICATORS_PORT", "port"))
    database_url: str | None = Field(
        None, validation_alias=AliasChoices("ZIELWERK_INDICATORS_DATABASE_URL", "DATABASE_URL", "database_url")
    )
    agreements_url: str = "http://127.0.0.1:8001"
    largest_file: int = 4_000_000_000
    largest_official_table: int = 64_000_000
    """As many rows as are compared, of 128 bytes each."""
    most_official_figures: int = Field(500_000, ge=1)
    """Twice the national table: 404 jobcenters × 15 indicators × 12 months × all, women, men are 218,160."""
    reminder_days: int = Field(DAYS_BEFORE, ge=0, le=20)
    records_key: SecretStr | None = None
    records_executor: str = Field("inline", pattern=r"^(inline|processes:[1-9][0-9]?|dask:.+)$")
    ltr_variant: LtrVariant = LtrVariant.ORDINANCE
    records_months: int = Field(36, ge=26)
    review_months: int = Field(36, ge=1)

    @property
    def pseudonym_key(self) -> bytes:
        """Give the key that persons are re-keyed with; a laptop's is known to everybody."""
        return b"development" if self.records_key is None else self.records_key.get_secret_value().encode()

    @model_validator(mode="after")
    def _persons_are_protected(self) -> Self:
        if self.development:
            return self
        if self.records_key is None or len(self.records_key.get_secret_value()) < SHORTEST_KEY:
            raise ValueError("production needs ZIELWERK_RECORDS_KEY: at least 32 characters, the same for ever")
        return self
