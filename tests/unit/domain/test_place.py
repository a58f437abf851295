"""Where a unit lies: by its own key, or by that of whom it belongs to."""

from datetime import date

from domain.identity import UnitCode
from domain.place import Places
from domain.unit import Unit, UnitKind, Units
from domain.unit_relation import Relation, RelationKind

DAY = date(2014, 11, 1)
DISTRICT, JOBCENTER, OFFICE, TEAM, ALONE = (UnitCode(code) for code in ("05158", "36402", "office", "team", "alone"))


def a_unit(code: UnitCode, ags: str | None = None) -> Unit:
    return Unit(code=code, name=code, kind=UnitKind.REGIONAL_OFFICE, ags=ags)


def relation(source: UnitCode, kind: RelationKind, target: UnitCode, until: date | None = None) -> Relation:
    return Relation(kind=kind, source=source, target=target, valid_until=until)


UNITS = Units.of(
    [a_unit(DISTRICT, "05158"), a_unit(JOBCENTER), a_unit(OFFICE), a_unit(TEAM, "09761000"), a_unit(ALONE)],
    [
        relation(DISTRICT, RelationKind.CARRIES, JOBCENTER),
        relation(OFFICE, RelationKind.PART_OF, JOBCENTER),
        relation(TEAM, RelationKind.PART_OF, JOBCENTER),
        relation(ALONE, RelationKind.PART_OF, DISTRICT, until=DAY),
    ],
)
PLACES = Places(UNITS)


def test_a_unit_lies_where_its_own_key_says() -> None:
    assert PLACES.of(TEAM, DAY) == "09761000"


def test_a_unit_without_key_lies_where_those_do_that_it_belongs_to() -> None:
    assert PLACES.of(JOBCENTER, DAY) == PLACES.of(OFFICE, DAY) == "05158"


def test_a_relation_that_is_over_tells_nothing() -> None:
    assert PLACES.of(ALONE, DAY) == ""
    assert PLACES.of(ALONE, date(2014, 10, 31)) == "05158"


def test_units_in_a_circle_lie_nowhere() -> None:
    circle = Units.of(
        [a_unit(OFFICE), a_unit(ALONE)],
        [relation(OFFICE, RelationKind.PART_OF, ALONE), relation(ALONE, RelationKind.PART_OF, OFFICE)],
    )
    assert Places(circle).of(OFFICE, DAY) == ""
    assert Places(circle).of(UnitCode("nobody"), DAY) == ""
