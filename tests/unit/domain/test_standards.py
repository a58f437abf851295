"""Editions of standards an agreement refers to."""

from dataclasses import replace
from datetime import date

import pytest
from domain.agreement import StandardRef
from domain.identity import UnitCode
from domain.standards import Standard, StandardKind, doubtful
from support.agreeing import a_revision

FIRST_DAY = date(2014, 1, 1)


def an_edition(edition: str, since: date, until: date | None = None) -> Standard:
    return Standard(
        code="first_contact",
        edition=edition,
        title="Erstberatung",
        kind=StandardKind.CONCEPT,
        unit=UnitCode("05158"),
        valid_from=since,
        valid_until=until,
    )


REGISTER = [
    an_edition("1", date(2012, 1, 1), FIRST_DAY),
    an_edition("2", FIRST_DAY, date(2015, 1, 1)),
    an_edition("3", date(2015, 1, 1)),
]


@pytest.mark.parametrize(
    ("edition", "code"),
    [("2", None), ("1", "standard_superseded"), ("3", "standard_superseded"), ("4", "standard_unknown")],
)
def test_an_edition_is_registered_and_holds_on_the_first_day(edition: str, code: str | None) -> None:
    named = StandardRef(code="first_contact", edition=edition)
    found = [(place.pointer, place.code) for place in doubtful(replace(a_revision(), standards=(named,)), REGISTER)]
    assert found == ([("/standards/0", code)] if code else [])
