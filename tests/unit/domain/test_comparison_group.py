"""Comparison groups: who is in one on a day."""

from datetime import date

from domain.comparison_group import Membership, members
from domain.identity import UnitCode

A, B = UnitCode("a"), UnitCode("b")
TURN = date(2014, 4, 1)
ALWAYS = Membership(scheme="types", unit=B, group="IIIe")
MOVED = Membership(scheme="types", unit=B, group="IIc", since=TURN)
ENDED = Membership(scheme="types", unit=A, group="IIIe", valid_until=TURN)
OTHER = Membership(scheme="quartets", unit=UnitCode("c"), group="IIIe")


def test_a_group_has_the_members_of_its_scheme_and_day() -> None:
    known = [MOVED, OTHER, ALWAYS, ENDED]
    assert members(known, "types", "IIIe", date(2014, 3, 31)) == (A, B)
    assert members(known, "types", "IIIe", TURN) == ()
    assert members(known, "types", "IIc", TURN) == (B,)
    assert members(known, "quartets", "IIIe", TURN) == ("c",)
