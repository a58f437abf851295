"""What is wrong with an input is told in the language asked for, with what would be right, and never repeated."""

import json
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

import pytest
from chassis.wire import DecimalText, Instant, Sent
from chassis.wording.faults import GERMAN, told
from pydantic import Field, ValidationError
from pydantic_core.core_schema import ErrorType


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


class Inner(Sent):
    kind: Literal["inner"]


class Other(Sent):
    kind: Literal["other"]


class Form(Sent):
    """A body with a field for each kind of fault."""

    text: Annotated[str, Field(min_length=2, max_length=4, pattern="^[a-z]+$")] = "ab"
    colour: Colour = Colour.RED
    sex: Literal["f", "m"] = "f"
    light: Literal[Colour.RED, Colour.GREEN] = Colour.RED
    count: Annotated[int, Field(ge=1, le=9)] = 1
    sure: bool = True
    names: Annotated[list[str], Field(min_length=1, max_length=2, default_factory=lambda: ["a"])]
    id: UUID = UUID(int=0)
    day: date = date(2014, 1, 31)
    at: Instant = datetime.fromisoformat("2014-01-31T00:00:00+00:00")
    value: DecimalText = Decimal(1)
    part: Annotated[Inner | Other, Field(discriminator="kind")] = Inner(kind="inner")
    fixed: Annotated[dict[str, int], Field(default_factory=dict)]


FAULTS = [
    ({"text": "SECRET"}, "darf höchstens 4 Zeichen haben"),
    ({"text": "S"}, "muss mindestens 2 Zeichen haben"),
    ({"text": "S3C"}, "muss dem Muster „^[a-z]+$“ entsprechen"),
    ({"text": 7}, "muss ein Text sein"),
    ({"colour": "SECRET"}, "muss einer dieser Werte sein: 'red' oder 'green'"),
    ({"sex": "SECRET"}, "muss einer dieser Werte sein: 'f' oder 'm'"),
    ({"light": "SECRET"}, "muss einer dieser Werte sein: 'red' oder 'green'"),
    ({"count": 0}, "muss mindestens 1 sein"),
    ({"count": 10}, "darf höchstens 9 sein"),
    ({"count": "SECRET"}, "muss eine ganze Zahl sein"),
    ({"count": 1.5}, "muss eine ganze Zahl sein"),
    ({"sure": "SECRET"}, "muss true oder false sein"),
    ({"names": []}, "braucht mindestens 1 Einträge"),
    ({"names": ["a", "b", "SECRET"]}, "darf höchstens 2 Einträge haben"),
    ({"names": "SECRET"}, "muss eine Liste sein"),
    ({"id": "SECRET"}, "muss eine UUID sein"),
    ({"day": "SECRET"}, "muss ein Tag sein, etwa 2014-01-31"),
    ({"day": "2014-01-31T12:00:00"}, "muss ein Tag sein, etwa 2014-01-31"),
    ({"at": "SECRET"}, "muss ein Zeitpunkt sein, etwa 2014-01-31T12:00:00Z"),
    ({"at": "2014-01-31T12:00:00"}, "muss ein Zeitpunkt mit Zeitzone sein, etwa '2026-01-31T12:00:00Z'"),
    ({"value": "SECRET"}, "muss eine Dezimalzahl als Text sein, etwa '12.5', ohne Exponent"),
    ({"part": {"kind": "SECRET"}}, "lässt an „'kind'“ nicht erkennen, was gemeint ist"),
    ({"part": {}}, "lässt an „'kind'“ nicht erkennen, was gemeint ist"),
    ({"part": "SECRET"}, "muss ein Objekt sein"),
    ({"fixed": "SECRET"}, "muss ein Objekt sein"),
    ({"SECRET": 1}, "ist hier unbekannt; bitte weglassen"),
]


def fault_of(body: dict[str, Any]) -> dict[str, Any]:
    with pytest.raises(ValidationError) as raised:
        Form.model_validate_json(json.dumps(body))
    (fault,) = raised.value.errors()
    return dict(fault)


@pytest.mark.parametrize(("body", "german"), FAULTS, ids=[german[:40] for _, german in FAULTS])
def test_a_fault_is_told_in_both_languages_without_what_was_sent(body: dict[str, Any], german: str) -> None:
    fault = fault_of(body)
    assert told(fault, "de") == german
    english = told(fault, "en")
    assert english != german
    assert "Value error" not in english
    assert "SECRET" not in german


def test_every_fault_that_has_a_german_text_is_one_of_the_library() -> None:
    assert set(GERMAN) <= set(get_args(ErrorType))
