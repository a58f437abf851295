"""Wire models of another service, generated from its contract by `make clients`; not edited by hand."""
from __future__ import annotations
from enum import StrEnum
from pydantic import BaseModel, Field
from datetime import date


class Direction(StrEnum):
    """
    Which side of a target is the good one.
    """

    at_least = "at_least"
    at_most = "at_most"
    within = "within"


class Measure(StrEnum):
    """
    The unit in which a quantity is told.
    """

    persons = "persons"
    cases = "cases"
    contacts = "contacts"
    EUR = "EUR"
    FTE = "FTE"
    percent = "percent"
    contacts_per_year = "contacts_per_year"
    EUR_per_person = "EUR_per_person"
    persons_per_post = "persons_per_post"
    one = "one"


class View(StrEnum):
    """
    How a series is looked at in a month.
    """

    month = "month"
    year_to_date = "year_to_date"
    rolling_12 = "rolling_12"
    change_previous_year = "change_previous_year"


class DefinitionOut(BaseModel):
    """
    One version of an indicator.
    """

    checked_against: str = Field(..., title="Checked Against")
    default_view: View
    direction: Direction | None
    formula: str = Field(..., title="Formula")
    indicator: str = Field(..., title="Indicator")
    label: str = Field(..., title="Label")
    label_en: str = Field(..., title="Label En")
    name: str = Field(..., title="Name")
    note: str = Field(..., title="Note")
    note_en: str = Field(..., title="Note En")
    places: int = Field(..., title="Places")
    shown_as_change: bool = Field(..., title="Shown As Change")
    source: str = Field(..., title="Source")
    unit_of_measure: Measure
    valid_from: date = Field(..., title="Valid From")
    valid_until: date | None = Field(..., title="Valid Until")
    variant: str = Field(..., title="Variant")
    version: int = Field(..., title="Version")


class DefinitionPage(BaseModel):
    """
    Versions of indicators in the order of code and version.
    """

    items: list[DefinitionOut] = Field(..., title="Items")
    next: str | None = Field(..., title="Next")
