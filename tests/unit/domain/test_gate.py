"""Who may deliver what when."""

from datetime import date

from domain.gate import Gates, LatePermit, Responsibility
from domain.identity import UnitCode, VariableCode
from domain.period import Month

UNIT, STOCK, FLOW = UnitCode("36402"), VariableCode("elb_stock"), VariableCode("integrations")
MONTH, TODAY = Month(2014, 11), date(2015, 2, 1)


def named(sender: str, **more: object) -> Responsibility:
    return Responsibility(unit=UNIT, sender=sender, **{"first": Month(2014, 1), **more})  # type: ignore[arg-type]


def test_where_nobody_is_named_anybody_delivers() -> None:
    assert Gates().responsible("a", UNIT, STOCK, MONTH)


def test_who_is_named_for_a_unit_delivers_alone() -> None:
    gates = Gates(responsibilities=(named("a"),))
    assert gates.responsible("a", UNIT, STOCK, MONTH)
    assert not gates.responsible("b", UNIT, STOCK, MONTH)


def test_two_senders_share_a_unit_by_variables() -> None:
    gates = Gates(responsibilities=(named("a", variable=STOCK), named("b", variable=FLOW)))
    assert gates.responsible("b", UNIT, FLOW, MONTH)
    assert not gates.responsible("b", UNIT, STOCK, MONTH)


def test_a_responsibility_ends_with_its_last_month() -> None:
    gates = Gates(responsibilities=(named("a", until=MONTH),))
    assert gates.responsible("b", UNIT, STOCK, MONTH)
    assert not gates.responsible("b", UNIT, STOCK, MONTH.plus(-1))


def test_a_closed_month_opens_for_whom_it_is_permitted_until_the_day() -> None:
    permit = LatePermit(unit=UNIT, month=MONTH, sender="a", until=TODAY, reason="Nachmeldung")
    gates = Gates(closed=frozenset({(UNIT, MONTH)}), permits=(permit,))
    assert gates.open("a", UNIT, MONTH, TODAY)
    assert not gates.open("b", UNIT, MONTH, TODAY)
    assert not gates.open("a", UNIT, MONTH, date(2015, 2, 2))
    assert gates.open("b", UNIT, MONTH.plus(1), TODAY)
