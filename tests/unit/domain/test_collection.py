"""Collection rounds and what has come for them."""

from dataclasses import replace
from datetime import date

import pytest
from domain.collection import (
    CollectionRound,
    CollectionState,
    DueWithinQuarter,
    NotAQuarter,
    NothingToCollect,
    Wanted,
    collected,
)
from domain.identity import UnitCode, VariableCode
from domain.period import Month, Period
from domain.variable import UnknownVariable, Variable
from support.measuring import CATALOGUE

UNIT = UnitCode("05954004")
STOCK, FLOW = VariableCode("elb_stock"), VariableCode("integrations")
DUE = date(2007, 4, 20)


VERSIONS = {code: [variable] for code, variable in CATALOGUE.items()}


def valid(code: VariableCode, *, since: date | None = None, until: date | None = None) -> Variable:
    return replace(CATALOGUE[code], valid_from=since, valid_until=until)


def a_round(*variables: VariableCode, quarter: str = "2007-Q1", due_on: date = DUE) -> CollectionRound:
    return CollectionRound(
        title="Benchmarking", quarter=Period.parse(quarter), variables=variables, units=(UNIT,), due_on=due_on
    )


def test_a_stock_is_wanted_at_the_quarters_end_and_a_flow_for_each_month() -> None:
    wanted = a_round(STOCK, FLOW).wanted(VERSIONS)
    assert [(code, str(month)) for code, month in wanted] == [
        ("elb_stock", "2007-03"),
        ("integrations", "2007-01"),
        ("integrations", "2007-02"),
        ("integrations", "2007-03"),
    ]


def test_a_variable_that_is_not_in_the_catalogue_is_refused() -> None:
    with pytest.raises(UnknownVariable):
        a_round(VariableCode("no_such")).wanted(VERSIONS)


def test_a_variable_is_wanted_for_months_in_which_it_is_in_force() -> None:
    ended = {STOCK: [valid(STOCK, until=date(2007, 3, 31))], FLOW: [valid(FLOW, since=date(2007, 2, 1))]}
    assert a_round(STOCK, FLOW).wanted(ended) == ((FLOW, Month(2007, 2)), (FLOW, Month(2007, 3)))
    a_round(STOCK, FLOW).must_want(ended)
    with pytest.raises(NothingToCollect, match="none of elb_stock is in force"):
        a_round(STOCK).must_want(ended)


@pytest.mark.parametrize("quarter", ["2007", "2007-01", "2007-H1"])
def test_a_round_is_held_for_a_quarter(quarter: str) -> None:
    with pytest.raises(NotAQuarter, match="2007"):
        a_round(STOCK, quarter=quarter, due_on=date(2008, 1, 1))


def test_a_round_is_due_when_its_quarter_is_over() -> None:
    with pytest.raises(DueWithinQuarter):
        a_round(STOCK, due_on=date(2007, 3, 31))


@pytest.mark.parametrize(
    ("known", "today", "state", "overdue"),
    [
        (0, DUE, CollectionState.MISSING, False),
        (0, date(2007, 4, 21), CollectionState.MISSING, True),
        (2, date(2007, 4, 21), CollectionState.PARTLY, True),
        (3, date(2007, 4, 21), CollectionState.DELIVERED, False),
    ],
)
def test_a_unit_is_judged_by_what_is_known_of_it(
    known: int, today: date, state: CollectionState, overdue: bool
) -> None:
    round = a_round(FLOW)
    wanted: list[Wanted] = [(FLOW, Month(2007, number)) for number in (1, 2, 3)]
    found = collected(round, UNIT, wanted, set(wanted[:known]), set(), today)
    assert (found.state, found.overdue, found.wanted, len(found.missing)) == (state, overdue, 3, 3 - known)


def test_what_a_source_keeps_back_is_not_missing() -> None:
    round = a_round(FLOW)
    wanted: list[Wanted] = [(FLOW, Month(2007, number)) for number in (1, 2, 3)]
    found = collected(round, UNIT, wanted, {wanted[0]}, set(wanted), date(2007, 4, 21))
    assert (found.state, found.missing, found.withheld) == (CollectionState.DELIVERED, (), tuple(wanted[1:]))
    assert not found.overdue
