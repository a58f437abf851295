"""Vintages of a figure: each time it became another, by whom, and nothing in between."""

from datetime import datetime, timedelta

from domain.figures import Figures
from domain.observation import Key, Observation
from domain.reading import DataState, NoValue, Reading
from domain.value_status import ValueStatus
from domain.variable import Cell
from domain.vintage import Turn, Vintage, vintages
from support.measuring import (
    ALONE,
    JOBCENTER,
    NOON,
    NOVEMBER,
    TOWN_A,
    TOWN_B,
    TWO_TOWNS,
    a_definition,
    an_observation,
    delivery,
    reading_of,
)

RATE = a_definition("integrations ÷ elb_stock")
LATER, LAST = NOON + timedelta(days=1), NOON + timedelta(days=2)
STOCK = an_observation("elb_stock", 1000, by=1)
FIRST = an_observation("integrations", 206, by=1)
CORRECTED = an_observation("integrations", 210, recorded_at=LATER, by=2)


def nothing(_at: datetime) -> frozenset[Key]:
    return frozenset()


def read_at(figures: Figures, at: datetime) -> Reading:
    return reading_of(RATE, figures, on=at.date())


def over_time(*observations: Observation, behind: datetime | None = None) -> list[Vintage]:
    return [*vintages(observations, [], ALONE, nothing, read_at, behind)]


def told(found: list[Vintage]) -> list[tuple[str | None, datetime, set[object]]]:
    return [
        (
            None if one.reading.value is None else f"{one.reading.value.normalize():f}",
            one.recorded_at,
            {*one.changed_by},
        )
        for one in found
    ]


def test_each_instant_at_which_a_figure_became_another_is_a_vintage() -> None:
    gone = an_observation("integrations", None, recorded_at=LAST, by=3)
    assert told(over_time(CORRECTED, gone, STOCK, FIRST)) == [
        ("20.6", NOON, {delivery(1)}),
        ("21", LATER, {delivery(2)}),
        (None, LAST, {delivery(3)}),
    ]


def test_what_changes_nothing_of_a_figure_is_no_vintage_of_it() -> None:
    own = [an_observation("elb_stock", 9, by=1), an_observation("integrations", 3, by=1)]
    below = [an_observation("elb_stock", 5, unit=town, recorded_at=LATER, by=2) for town in (TOWN_A, TOWN_B)]
    found = vintages([*own, *below], [], TWO_TOWNS, nothing, read_at)
    assert [one.recorded_at for one in found] == [NOON]


def test_time_alone_makes_no_vintage_but_a_count_that_ends_an_extrapolation_does() -> None:
    late = NOON + timedelta(days=90)
    softly = an_observation("integrations", 206, by=1, status=ValueStatus.EXTRAPOLATED)
    counted = an_observation("integrations", 206, recorded_at=late, by=2)
    found = over_time(STOCK, softly, counted)
    assert [one.reading.state for one in found] == [DataState.EXTRAPOLATED, DataState.FINAL]
    again = an_observation("benefits_living", 1, recorded_at=late, by=2)
    assert len(over_time(STOCK, FIRST, again)) == 1


def test_only_those_behind_an_instant_are_told_and_what_stood_then_is_no_news() -> None:
    same = an_observation("elb_stock", 1000, recorded_at=LAST, by=1)
    assert told(over_time(STOCK, FIRST, CORRECTED, behind=NOON)) == [("21", LATER, {delivery(2)})]
    assert over_time(STOCK, FIRST, CORRECTED, behind=LATER) == []
    assert over_time(STOCK, FIRST, same, behind=NOON) == []


def test_what_is_kept_back_makes_a_vintage_though_it_tells_no_value() -> None:
    key = (JOBCENTER, Cell.of("integrations"), NOVEMBER)

    def kept_back_at(at: datetime) -> frozenset[Key]:
        return frozenset({key}) if at >= LATER else frozenset()

    found = [*vintages([STOCK], [Turn(LATER, delivery(2))], ALONE, kept_back_at, read_at)]
    assert [one.reading.reason for one in found] == [NoValue.MISSING_INPUT, NoValue.WITHHELD]
    assert found[1].changed_by == {delivery(2)}
