"""Base types of everything that goes over the wire."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from chassis.wording.faults import NO_DECIMAL, NO_ZONE, OUT_OF_TIME, Unfit

LARGEST = 18
FINEST = 10
_PATTERN = rf"^-?[0-9]{{1,{LARGEST}}}(\.[0-9]{{1,{FINEST}}})?$"
_DECIMAL = re.compile(_PATTERN)


KeyText = Annotated[
    str,
    Field(
        min_length=1,
        max_length=60,
        pattern=r"^[^\s./?#%\\]([^/?#%\\\x00-\x1f]*[^\s/?#%\\])?$",
        description="stands in addresses: no slash, no blank at its ends",
    ),
]
"""A business key that stands in an address."""
Prose = Annotated[str, Field(min_length=1, max_length=2_000, pattern=r"\S")]
"""What is said for somebody to read, such as a reason: never blank."""


class Sent(BaseModel):
    """What a client sends: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(BaseModel):
    """What a service tells: every field is always there."""

    model_config = ConfigDict(frozen=True)


def _decimal(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise Unfit(NO_DECIMAL)
    return Decimal(value)




def plain(number: Decimal) -> str:
    """Write a decimal without exponent, digits unchanged."""
    return f"{number:f}"


DecimalText = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    PlainSerializer(plain, return_type=str),
    WithJsonSchema({"type": "string", "format": "decimal", "pattern": _PATTERN, "examples": ["20.6"]}),
]
FigureText = Annotated[
    Decimal,
    PlainSerializer(plain, return_type=str),
    WithJsonSchema({"type": "string", "format": "decimal", "examples": ["20.13"]}),
]


def _utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise Unfit(NO_ZONE)
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise Unfit(OUT_OF_TIME) from error


Instant = Annotated[datetime, AfterValidator(_utc)]
MonthText = Annotated[
    str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$", examples=["2014-11"], description="a month, YYYY-MM")
]
