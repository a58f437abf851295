"""Laws of corridors, ranks and sums."""

from decimal import Decimal

from domain.codec import decode, encode
from domain.corridor import Position, ReferenceValue, distance, position, towards_good
from domain.identity import IndicatorCode, UnitCode
from domain.indicator import Direction
from domain.simulation import QUARTERS, ranked, simulate
from hypothesis import given
from hypothesis import strategies as st
from support.planning import ROUND

DIRECTIONS = st.sampled_from([Direction.AT_LEAST, Direction.AT_MOST])
NUMBERS = st.decimals(-(10**9), 10**9, places=2)
WEIGHTS = st.decimals(Decimal("0.01"), 10**6, places=2)


@st.composite
def references(draw: st.DrawFn, unit: str = "05158", direction: Direction | None = None) -> ReferenceValue:
    low, value, high = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
    return ReferenceValue(
        round=ROUND,
        unit=UnitCode(unit),
        indicator=IndicatorCode("K2"),
        direction=direction or draw(DIRECTIONS),
        value=value,
        low=low,
        high=high,
        weight=draw(st.none() | WEIGHTS),
    )


@st.composite
def rounds(draw: st.DrawFn) -> list[ReferenceValue]:
    direction = draw(DIRECTIONS)
    return [draw(references(f"unit{number}", direction)) for number in range(draw(st.integers(1, 6)))]


@given(reference=references(), value=NUMBERS)
def test_a_value_is_inside_exactly_where_it_has_no_distance(reference: ReferenceValue, value: Decimal) -> None:
    assert (position(value, reference) is Position.INSIDE) == (reference.low <= value <= reference.high)
    assert (distance(value, reference) == 0) == (position(value, reference) is Position.INSIDE)


@given(reference=references(), values=st.tuples(NUMBERS, NUMBERS))
def test_the_better_value_never_stands_worse(reference: ReferenceValue, values: tuple[Decimal, Decimal]) -> None:
    worse, better = sorted(values, key=lambda value: towards_good(reference.direction, value))
    assert distance(worse, reference) <= distance(better, reference)


@given(direction=DIRECTIONS, value=NUMBERS, others=st.lists(NUMBERS))
def test_rank_and_quartile_lie_within_the_group(direction: Direction, value: Decimal, others: list[Decimal]) -> None:
    rank, quartile = ranked(direction, value, others)
    assert 1 <= rank <= len(others) + 1
    assert 1 <= quartile <= QUARTERS
    assert ranked(direction, value, [*others, value])[0] == rank


@given(known=rounds(), value=NUMBERS)
def test_the_sum_changes_as_far_as_it_says_and_towards_the_value(known: list[ReferenceValue], value: Decimal) -> None:
    found = simulate(known[0], value, known, {}, None)
    before, after = found.sum.before, found.sum.after
    assert before is not None
    assert after is not None
    assert abs(after - before - found.sum.change) <= Decimal("0.0000000002")
    assert (found.sum.change > 0) <= (value > known[0].value)
    assert (found.sum.change < 0) <= (value < known[0].value)


@given(known=rounds())
def test_offering_what_is_expected_changes_nothing(known: list[ReferenceValue]) -> None:
    assert simulate(known[0], known[0].value, known, {}, None).sum.change == 0


@given(reference=references())
def test_a_reference_value_survives_its_json_form(reference: ReferenceValue) -> None:
    assert decode(ReferenceValue, encode(reference)) == reference
