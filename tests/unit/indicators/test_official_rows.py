"""Rows of official tables: which definition a figure is held against."""

from dataclasses import replace
from datetime import date

from domain.indicator import Definition
from indicators.usecases.official_rows import definition_of, named
from support.measuring import a_definition
from support.standing import an_official

FIRST = a_definition("integrations ÷ elb_stock")
SECOND = replace(FIRST, version=2, valid_from=date(2014, 12, 1))
VERSIONS: list[Definition] = [FIRST, SECOND]


def test_without_a_name_the_version_in_force_in_the_month_counts() -> None:
    assert definition_of(VERSIONS, an_official()) is FIRST
    assert definition_of([SECOND], an_official()) is SECOND


def test_a_version_is_named_by_its_number_or_in_full() -> None:
    assert [named(VERSIONS, name) for name in ("2", "K2/2", "3", "K2")] == [[SECOND], [SECOND], [], []]
    assert definition_of(VERSIONS, replace(an_official(), variant="2")) == SECOND
