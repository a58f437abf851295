"""Who makes up a figure: members with those they succeed, each unit once."""

from domain.comparison_group import Membership
from domain.identity import UnitCode
from domain.period import Month, Period
from domain.unit import Units
from domain.unit_relation import Relation, RelationKind
from indicators.usecases.chosen import ChosenSet
from indicators.usecases.comparing import group_named
from indicators.usecases.members import members_of
from indicators.usecases.neighbouring import neighbourhood
from support.neighbours import TURN, a_neighbour, living

MAY = Month(2014, 5)
ONLY_MAY = Period(MAY, MAY.next)


def succeeding(units: Units, *pairs: tuple[str, str]) -> Units:
    """Let units succeed others."""
    made = [
        Relation(kind=RelationKind.SUCCEEDS, source=UnitCode(after), target=UnitCode(before), valid_from=TURN)
        for after, before in pairs
    ]
    return Units.of(units.units.values(), [*units.relations, *made])


def a_membership(unit: str) -> Membership:
    """Put a unit in a group for all time."""
    return Membership(scheme="types", unit=UnitCode(unit), group="I")


def test_a_unit_makes_up_itself_and_a_set_its_members() -> None:
    units, chosen = living("a", "b"), ChosenSet.parse("x:b,a")
    assert [one.units for one in members_of(units, UnitCode("a"), MAY, [], [])] == [("a",)]
    assert [one.units for one in members_of(units, chosen.code, MAY, [chosen], [])] == [("a",), ("b",)]


def test_a_neighbour_stands_at_its_rank_with_those_it_succeeds() -> None:
    units = succeeding(living("own", "near", after=(TURN, None), before=(None, TURN)), ("after", "before"))
    ranked = [a_neighbour("own", 1, "near"), a_neighbour("own", 2, "after", since=TURN)]
    groups = neighbourhood(UnitCode("own"), 5, ranked, units, ONLY_MAY)
    found = members_of(units, UnitCode("neighbours:own"), MAY, [], groups)
    assert [(one.rank, one.units) for one in found] == [(1, ("near",)), (2, ("after", "before"))]
    (alone,) = members_of(units, UnitCode("neighbours:own#02"), MAY, [], groups)
    assert alone == found[1]


def test_whom_two_members_succeed_counts_once_and_a_member_for_itself() -> None:
    units = succeeding(
        living(north=(TURN, None), south=(TURN, None), both=(None, TURN), member=(None, TURN)),
        ("north", "both"),
        ("south", "both"),
        ("south", "member"),
    )
    memberships = [a_membership(unit) for unit in ("north", "south", "member")]
    group = group_named("I", memberships, ONLY_MAY)
    found = members_of(units, group.code, MAY, [], [group])
    assert [one.units for one in found] == [("member",), ("north", "both"), ("south",)]
