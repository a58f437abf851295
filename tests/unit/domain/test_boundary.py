"""Other boundaries of a unit: with its kin, without a part, by its parts."""

from datetime import date
from decimal import Decimal

from domain.boundary import Boundary, boundaries, kin_of
from domain.identity import UnitCode
from domain.unit import Unit, UnitKind, Units
from domain.unit_relation import Relation, RelationKind
from domain.variable import Cell
from support.measuring import JOBCENTER, NOVEMBER, TOWN_A, TOWN_B, TWO_TOWNS, an_observation, figures

OLD, NEW = UnitCode("old"), UnitCode("new")
STOCK = Cell.of("elb_stock")
FAMILY = Units.of(
    [Unit(code=code, name=code, kind=UnitKind.JOBCENTER_JOINT) for code in (OLD, JOBCENTER, NEW)],
    [
        Relation(kind=RelationKind.SUCCEEDS, source=JOBCENTER, target=OLD),
        Relation(kind=RelationKind.SUCCEEDS, source=NEW, target=JOBCENTER),
    ],
)


def test_kin_are_those_before_and_after() -> None:
    assert kin_of(FAMILY) == {JOBCENTER: (NEW, OLD), OLD: (JOBCENTER,), NEW: (JOBCENTER,)}
    assert kin_of(TWO_TOWNS) == {}


def test_a_unit_may_have_been_counted_with_kin_without_a_part_or_by_its_parts() -> None:
    assert boundaries(FAMILY, JOBCENTER, date(2014, 11, 1), kin_of(FAMILY)) == [
        Boundary((JOBCENTER, NEW)),
        Boundary((JOBCENTER, OLD)),
    ]
    assert boundaries(TWO_TOWNS, JOBCENTER, date(2014, 11, 1), {}) == [
        Boundary((JOBCENTER,), (TOWN_A,)),
        Boundary((JOBCENTER,), (TOWN_B,)),
        Boundary((TOWN_A, TOWN_B)),
        Boundary((JOBCENTER, TOWN_A, TOWN_B)),
    ]


def test_values_are_added_where_there_are_any_and_taken_away_where_they_are_there() -> None:
    known = figures([an_observation("elb_stock", 100), an_observation("elb_stock", 30, unit=TOWN_A)], TWO_TOWNS)
    looked = {
        boundary: boundary.look(known)(STOCK, NOVEMBER)
        for boundary in (
            Boundary((JOBCENTER,), (TOWN_A,)),
            Boundary((JOBCENTER,), (TOWN_B,)),
            Boundary((TOWN_A, TOWN_B)),
            Boundary((TOWN_B,)),
        )
    }
    assert list(looked.values()) == [Decimal(70), None, Decimal(30), None]
