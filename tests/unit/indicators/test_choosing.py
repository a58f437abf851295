"""Choosing what is read: groups, sets of units, and the list in parts."""

from datetime import date
from itertools import product

import pytest
from domain.identity import IndicatorCode, UnitCode
from domain.period import Month, View
from domain.unit import Unit, UnitKind, Units
from domain.unit_relation import Relation, RelationKind
from indicators.usecases.chosen import ChosenSet, SetOverlaps, SetUnreadable, with_sets
from indicators.usecases.columns.structure import structure_of
from indicators.usecases.plan import Plan
from support.columns import sheet_over
from support.measuring import (
    CATALOGUE,
    JOBCENTER,
    LONG_AFTER,
    NOVEMBER,
    TOWN_A,
    TOWN_B,
    TWO_TOWNS,
    a_definition,
    an_observation,
)

STOCK = a_definition("elb_stock ÷ elb_stock")


def test_a_set_has_a_name_and_each_member_once() -> None:
    chosen = ChosenSet.parse("Süd West: 05158008 ,05158004,05158008")
    assert (chosen.code, chosen.members) == ("set:Süd West", (TOWN_A, TOWN_B))


@pytest.mark.parametrize(
    "text", ["", "north", ":05158004", "north:", "north:,", "x:" + ",".join(map(str, range(1001)))]
)
def test_a_set_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(SetUnreadable):
        ChosenSet.parse(text)


def test_a_set_does_not_count_a_part_beside_its_whole() -> None:
    with pytest.raises(SetOverlaps, match=TOWN_A):
        with_sets(TWO_TOWNS, [ChosenSet("x", (JOBCENTER, TOWN_A))], NOVEMBER, NOVEMBER)


def test_a_unit_that_is_part_of_itself_finds_nothing_there() -> None:
    circle = Units.of(
        [Unit(code=code, name=code, kind=UnitKind.CITY) for code in (TOWN_A, TOWN_B)],
        [
            Relation(kind=RelationKind.PART_OF, source=TOWN_A, target=TOWN_B),
            Relation(kind=RelationKind.PART_OF, source=TOWN_B, target=TOWN_A),
        ],
    )
    for told, values in (([], [None, None]), ([an_observation("elb_stock", 5, unit=TOWN_A)], [5, 5])):
        sheet = sheet_over(STOCK, circle, [TOWN_A, TOWN_B], [NOVEMBER], told, variables=CATALOGUE, on=LONG_AFTER)
        assert sheet.numerator[:, 0].tolist() == values
        assert len(sheet.reading(1, 0).missing) == (0 if told else 1)


def test_parts_change_only_where_a_validity_begins_or_ends() -> None:
    relations = [
        Relation(kind=RelationKind.PART_OF, source=TOWN_A, target=JOBCENTER, valid_until=date(2014, 7, 1)),
        Relation(kind=RelationKind.PART_OF, source=TOWN_B, target=JOBCENTER, valid_from=date(2014, 7, 15)),
    ]
    units = Units.of([Unit(code=c, name=c, kind=UnitKind.CITY) for c in (JOBCENTER, TOWN_A, TOWN_B)], relations)
    structure = structure_of(units, [JOBCENTER], Month(2014, 1), Month(2014, 12))
    assert [(stretch.start, stretch.stop) for stretch in structure.stretches] == [(0, 6), (6, 7), (7, 12)]
    found = [tuple(structure.units[part] for part in structure.parts(2, month)) for month in (0, 6, 11)]
    assert found == [(TOWN_A,), (), (TOWN_B,)]


PLAN = Plan(
    units=[UnitCode(f"u{number}") for number in range(5)],
    pairs=[(IndicatorCode(code), view) for code in ("a", "b", "c") for view in (View.MONTH, View.ROLLING_12)],
    months=[Month(2014, number) for number in range(1, 5)],
    definitions={},
    variables={},
)
LIST = [(unit, *pair, month) for unit, pair, month in product(PLAN.units, PLAN.pairs, PLAN.months)]


def key(place: tuple[UnitCode, IndicatorCode, View, Month]) -> tuple[str, ...]:
    return tuple(str(part) for part in place)


def test_a_plan_finds_its_place_behind_any_key() -> None:
    assert (PLAN.count, PLAN.behind(None)) == (len(LIST), 0)
    assert [PLAN.behind(key(place)) for place in LIST] == list(range(1, len(LIST) + 1))
    for strange in (
        ("t", "a", "month", "2014-01"),
        ("u1", "aa", "month", "2014-01"),
        ("u1", "a", "n", "2014-01"),
        ("v",) * 4,
    ):
        assert PLAN.behind(strange) == sum(key(place) <= strange for place in LIST)


@pytest.mark.parametrize("limit", [1, 3, 4, 23, 24, 25, 50, 1000])
def test_windows_hold_exactly_what_was_asked_for(limit: int) -> None:
    for start in range(len(LIST)):
        found = []
        for tile, skipped, count in PLAN.window(start, limit):
            whole = [(unit, *pair, month) for unit, pair, month in product(tile.units, tile.pairs, PLAN.months)]
            found += whole[skipped : skipped + count]
        assert found == LIST[start : start + limit]
