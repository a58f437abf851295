"""Variables over the years."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from domain.dated import holding
from domain.quantity import Measure
from domain.variable import EndsBeforeBeginning, Variable, VariableKind
from domain.variable_versions import VersionsDisagree, lasting, overall
from hypothesis import given
from hypothesis import strategies as st
from support.measuring import a_variable

ALWAYS = a_variable("own", Measure.CASES, VariableKind.FLOW, "sex")
FROM_2020 = replace(ALWAYS, dimensions=frozenset({"age_group"}), valid_from=date(2020, 1, 1))
ENDING = replace(FROM_2020, valid_until=date(2026, 1, 1))
DAYS = st.dates(date(2019, 1, 1), date(2023, 1, 1))


@st.composite
def histories(draw: st.DrawFn) -> Sequence[Variable]:
    """Draw versions in the order they were made."""
    made = []
    for number in range(draw(st.integers(1, 5))):
        since, until = draw(st.none() | DAYS), draw(st.none() | DAYS)
        later = until if since is None or (until is not None and since < until) else None
        made.append(replace(ALWAYS, label=f"version {number}", valid_from=since, valid_until=later))
    return made


@pytest.mark.parametrize(
    ("day", "found"),
    [(date(2000, 1, 1), ALWAYS), (date(2019, 12, 31), ALWAYS), (date(2020, 1, 1), ENDING), (date(2026, 1, 1), None)],
)
def test_a_version_holds_from_its_first_day_until_a_later_one_or_its_end(day: date, found: Variable | None) -> None:
    assert holding(lasting([ALWAYS, FROM_2020, ENDING]), day) == found


@given(histories(), DAYS)
def test_replaced_versions_hold_on_no_day(made: Sequence[Variable], day: date) -> None:
    assert holding(made, day) == holding(lasting(made), day)
    assert len({version.valid_from for version in lasting(made)}) == len(lasting(made))


def test_formulas_may_use_what_any_version_is_split_by() -> None:
    found = overall([FROM_2020, ALWAYS, ENDING])
    assert found.dimensions == {"sex", "age_group"}
    assert (found.valid_from, found.valid_until) == (None, date(2026, 1, 1))


def test_a_replaced_version_lends_formulas_nothing() -> None:
    assert overall([ALWAYS, replace(ALWAYS, dimensions=frozenset())]).dimensions == frozenset()


def test_all_versions_count_the_same_unless_one_takes_the_place_of_another() -> None:
    stock = replace(ALWAYS, kind=VariableKind.STOCK)
    assert overall([ALWAYS, stock]) == stock
    with pytest.raises(VersionsDisagree, match="'own' would be told in cases as a stock"):
        overall([ALWAYS, replace(stock, valid_from=date(2020, 1, 1))])


def test_a_version_ends_after_it_begins() -> None:
    with pytest.raises(EndsBeforeBeginning, match="2020-01-01"):
        replace(FROM_2020, valid_until=date(2020, 1, 1))
