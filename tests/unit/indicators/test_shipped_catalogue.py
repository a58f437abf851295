"""The catalogue that ships: whole, dated, with its variants."""

from datetime import date

import pytest
from domain.formula.printing import written
from domain.indicator import Direction, in_force
from domain.period import View
from domain.quantity import RATIOS
from support.catalogue_page import PAGE, page
from support.shipped import DEFINITIONS, SHIPPED, STATUTORY, versions

VARIED = ["K2", "K2E1", "K2E2", "K2E4", "K3E1"]


def test_all_fifteen_statutory_indicators_ship_with_their_source() -> None:
    assert len(STATUTORY) == 15
    for code in STATUTORY:
        for definition in versions(code):
            assert "§ 48a SGB II" in definition.source
            assert "12.06.2026" in definition.checked_against
            assert (definition.places, definition.direction is None) == (1, False)


def test_nothing_ships_under_a_name_twice() -> None:
    names = [definition.name for definition in DEFINITIONS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("code", "day", "name", "label"),
    [
        ("K2E3", date(2019, 3, 21), "K2E3/1", "Nachhaltigkeit der Integrationen"),
        ("K2E3", date(2019, 3, 22), "K2E3/2", "Kontinuierliche Beschäftigung nach Integration"),
        ("K1E2", date(2010, 12, 31), "K1E2/1", "Veränderung der Zahl der erwerbsfähigen Hilfebedürftigen"),
        ("K1E2", date(2011, 1, 1), "K1E2/2", "Veränderung der Zahl der erwerbsfähigen Leistungsberechtigten"),
        ("K3", date(2014, 12, 31), "K3/1", "Veränderung des Bestands an Langzeitleistungsbeziehern"),
        ("K3", date(2020, 1, 1), "K3/2", "Veränderung des Bestands an Langzeitleistungsbeziehenden"),
    ],
)
def test_the_version_of_the_day_counts_with_its_name(code: str, day: date, name: str, label: str) -> None:
    found = in_force(versions(code), day)
    assert found is not None
    assert (found.name, found.label) == (name, label)


@pytest.mark.parametrize("code", STATUTORY)
def test_on_every_day_since_2010_one_version_holds_and_its_variants_come_out_alike(code: str) -> None:
    all_of_it = [definition for definition in DEFINITIONS if definition.indicator == code]
    for day in (date(2010, 1, 1), date(2011, 1, 1), date(2019, 3, 21), date(2019, 3, 22), date(2026, 11, 21)):
        federal, ordinance = in_force(all_of_it, day), in_force(all_of_it, day, "ordinance")
        assert federal is not None
        assert (ordinance is not None) == (code in VARIED)
        if ordinance is not None:
            assert written(ordinance.formula) == written(federal.formula).replace("previous_month(", "")[:-1]
            assert (ordinance.default_view, ordinance.measure) == (federal.default_view, federal.measure)


def test_the_stock_under_a_rate_is_that_of_the_month_before() -> None:
    assert [written(version.formula) for version in versions("K2")] == ["integrations ÷ previous_month(elb_stock)"]
    assert [written(version.formula) for version in versions("K2", "ordinance")] == ["integrations ÷ elb_stock"]


def test_less_is_better_where_people_come_and_more_where_they_leave() -> None:
    directions = {code: versions(code)[-1].direction for code in STATUTORY}
    assert (directions["K1E3"], directions["K1E4"]) == (Direction.AT_MOST, Direction.AT_LEAST)
    assert versions("K1E3")[-1].default_view is View.ROLLING_12


def test_no_ratio_is_delivered() -> None:
    assert [variable.code for variable in SHIPPED if variable.measure in RATIOS] == []


def test_whatever_the_formula_does_not_say_is_said_in_both_languages() -> None:
    assert [definition.name for definition in DEFINITIONS if bool(definition.note) != bool(definition.note_en)] == []


def test_the_page_of_the_catalogue_is_fresh() -> None:
    assert PAGE.read_text() == page()
