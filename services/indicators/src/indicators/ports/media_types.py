"""The formats files come in, by their media types."""

from enum import StrEnum


class MediaType(StrEnum):
    """A format that is taken; each has one reader."""

    CSV = "text/csv"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    JSON = "application/json"
    NDJSON = "application/x-ndjson"
    PARQUET = "application/vnd.apache.parquet"
    SDMX_CSV = "application/vnd.sdmx.data+csv"
    XML = "application/xml"

    @property
    def suffix(self) -> str:
        """Say how such a file's name ends."""
        return "." + self.name.lower().replace("_csv", ".csv")
