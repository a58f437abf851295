"""Definitions of indicators."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from domain.formula.errors import NotThisMeasure
from domain.indicator import ChangeNeedsRatio, ValidityBackward, held_against, in_force, named, standing
from domain.period import View
from domain.quantity import Measure
from support.measuring import CATALOGUE, a_definition


def test_a_version_has_a_name() -> None:
    assert a_definition("integrations ÷ elb_stock").name == "K2/1"


@pytest.mark.parametrize(
    ("day", "version"), [(date(2019, 3, 21), 1), (date(2019, 3, 22), 2), (date(2009, 12, 31), None)]
)
def test_the_version_in_force_on_the_day_counts(day: date, version: int | None) -> None:
    first = a_definition("integrations ÷ elb_stock")
    second = replace(first, version=2, valid_from=date(2019, 3, 22))
    found = in_force([second, first], day)
    assert (found.version if found else None) == version


def test_a_version_holds_until_its_end_and_not_on_that_day() -> None:
    ended = replace(a_definition("integrations ÷ elb_stock"), valid_until=date(2019, 3, 22))
    assert in_force([ended], date(2019, 3, 21)) == ended
    assert in_force([ended], date(2019, 3, 22)) is None


def test_a_version_ends_after_it_begins() -> None:
    with pytest.raises(ValidityBackward, match="K2/1"):
        replace(a_definition("integrations ÷ elb_stock"), valid_until=date(2010, 1, 1))


def test_a_variant_is_read_only_where_it_is_asked_for() -> None:
    usual = a_definition("integrations ÷ elb_stock")
    varied = replace(usual, variant="ordinance", valid_from=date(2012, 1, 1))
    day = date(2014, 12, 31)
    assert in_force([varied, usual], day) == usual
    assert in_force([usual, varied], day, "ordinance") == varied
    assert in_force([usual], day, "ordinance") is None
    assert varied.name == "K2/1/ordinance"


@pytest.mark.parametrize(
    ("day", "version", "ended"),
    [
        (date(2001, 1, 1), 1, False),
        (date(2012, 1, 1), 1, False),
        (date(2014, 6, 30), 1, True),
        (date(2016, 1, 1), 2, False),
        (date(2019, 3, 22), 2, True),
    ],
)
def test_the_first_version_stands_in_for_the_time_before_it_and_one_that_ended_answers_that_there_is_no_figure(
    day: date, version: int, *, ended: bool
) -> None:
    first = replace(a_definition("integrations ÷ elb_stock"), valid_until=date(2014, 1, 1))
    last = replace(first, version=2, valid_from=date(2015, 1, 1), valid_until=date(2019, 3, 22))
    found = standing([last, first], day)
    assert found is not None
    assert (found.version, found.ended(day)) == (version, ended)
    assert standing([last, first], day, "ordinance") is None


FIRST = a_definition("integrations ÷ elb_stock")
SECOND = replace(FIRST, version=2, valid_from=date(2014, 12, 1))
ORDINANCE = replace(FIRST, variant="ordinance")
NOVEMBER_30 = date(2014, 11, 30)


def test_a_version_is_named_by_its_number_its_variant_or_in_full() -> None:
    versions = [FIRST, SECOND, ORDINANCE]
    meant = {name: named(versions, name) for name in ("2", "K2/2", "ordinance", "K2/1/ordinance")}
    assert meant == {"2": [SECOND], "K2/2": [SECOND], "ordinance": [ORDINANCE], "K2/1/ordinance": [ORDINANCE]}
    assert named(versions, "1") == [FIRST, ORDINANCE]
    assert [named(versions, name) for name in ("3", "K2", "")] == [[], [], []]


def test_an_official_figure_that_names_no_version_is_held_against_the_one_that_answers_for_its_day() -> None:
    assert held_against([SECOND, FIRST, ORDINANCE], NOVEMBER_30) is FIRST
    assert held_against([SECOND], NOVEMBER_30) is SECOND
    assert held_against([ORDINANCE], NOVEMBER_30) is ORDINANCE
    ended = replace(FIRST, valid_until=date(2014, 1, 1))
    assert held_against([ended], NOVEMBER_30).ended(NOVEMBER_30)


def test_an_official_figure_is_held_against_the_version_it_names_also_before_its_begin_and_behind_its_end() -> None:
    ended = replace(FIRST, valid_until=date(2014, 1, 1))
    assert held_against([ended, SECOND], NOVEMBER_30, "1") == FIRST
    assert held_against([ended, SECOND], NOVEMBER_30, "K2/2") == SECOND


def test_of_several_versions_that_a_name_stands_for_the_one_that_began_last_is_meant() -> None:
    later = replace(ORDINANCE, version=3, valid_from=date(2014, 6, 1))
    assert held_against([FIRST, ORDINANCE, later], NOVEMBER_30, "ordinance") == later
    assert held_against([FIRST, ORDINANCE, later], date(2014, 5, 31), "ordinance") == ORDINANCE


def test_a_number_means_the_federal_version_before_a_variant_of_the_same_number() -> None:
    for versions in ([FIRST, ORDINANCE], [ORDINANCE, FIRST]):
        assert held_against(versions, NOVEMBER_30, "1") == FIRST


def test_a_definition_is_checked_against_its_unit() -> None:
    with pytest.raises(NotThisMeasure):
        a_definition("benefits_living", Measure.PERCENT).check(CATALOGUE)


def test_only_a_percentage_is_shown_as_a_change() -> None:
    with pytest.raises(ChangeNeedsRatio):
        a_definition("benefits_living", Measure.EUR, shown_as_change=True)


@pytest.mark.parametrize(
    ("measure", "shown_as_change", "view", "told"),
    [
        (Measure.PERCENT, False, View.MONTH, "20.6"),
        (Measure.PERCENT, True, View.MONTH, "-79.4"),
        (Measure.CONTACTS_PER_YEAR, False, View.ROLLING_12, "0.206"),
        (Measure.CONTACTS_PER_YEAR, False, View.CHANGE_PREVIOUS_YEAR, "-79.4"),
    ],
)
def test_a_figure_is_told_in_percent_or_as_a_change(
    measure: Measure, shown_as_change: bool, view: View, told: str
) -> None:
    definition = a_definition("integrations ÷ elb_stock", measure, shown_as_change=shown_as_change)
    assert definition.told(Decimal("0.206"), view) == Decimal(told)


def test_a_change_of_euros_is_told_in_percent() -> None:
    definition = a_definition("benefits_living", Measure.EUR)
    assert (definition.measure_in(View.MONTH), definition.measure_in(View.CHANGE_PREVIOUS_YEAR)) == (
        Measure.EUR,
        Measure.PERCENT,
    )
