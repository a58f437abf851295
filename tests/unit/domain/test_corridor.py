"""Corridors, and what an offer would mean."""

from decimal import Decimal

import pytest
from domain.corridor import NotThisCorridor, Position, distance, position, recall
from domain.identity import UnitCode
from domain.indicator import Direction
from domain.simulation import Simulation, SumMethod, ranked, simulate
from support.planning import a_reference

D = Decimal
MOST, LEAST = Direction.AT_MOST, Direction.AT_LEAST
OTHERS = ("05162", "05166", "05170")


def tried(value: str, *others: str, weights: tuple[str, ...] = (), told_all: bool = True) -> Simulation:
    """Try a value for 05158, which is expected to reach 20, beside other units."""
    own = a_reference("20", weight=weights[0] if weights else None)
    beside = [
        a_reference(other, unit=unit, weight=weights[number] if weights else None)
        for number, (unit, other) in enumerate(zip(OTHERS, others, strict=False), start=1)
    ]
    return simulate(own, Decimal(value), [own, *beside], {}, None, told_all=told_all)


@pytest.mark.parametrize(
    ("direction", "value", "expected"),
    [
        (LEAST, "18.9", Position.BELOW),
        (LEAST, "19", Position.INSIDE),
        (LEAST, "21", Position.INSIDE),
        (LEAST, "21.1", Position.ABOVE),
        (MOST, "18.9", Position.ABOVE),
        (MOST, "21", Position.INSIDE),
        (MOST, "21.1", Position.BELOW),
    ],
)
def test_above_is_more_ambitious_and_below_is_less(direction: Direction, value: str, expected: Position) -> None:
    assert position(Decimal(value), a_reference("20", direction=direction)) is expected


def test_the_distance_is_positive_on_the_good_side() -> None:
    assert distance(Decimal("21.5"), a_reference("20")) == Decimal("0.5")
    assert distance(Decimal("21.5"), a_reference("20", direction=MOST)) == Decimal("-0.5")


@pytest.mark.parametrize(
    ("direction", "value", "others", "place"),
    [
        (LEAST, 21, [20, 19, 18], (1, 1)),
        (LEAST, 20, [21, 20, 19], (2, 2)),
        (LEAST, 18, [20, 20, 19], (4, 4)),
        (MOST, 18, [20, 20, 19], (1, 1)),
        (LEAST, 20, [20, 20, 20], (1, 1)),
        (LEAST, 20, [], (1, 1)),
        (LEAST, 1, [9, 8, 7, 6, 5, 4, 3], (8, 4)),
        (LEAST, 5, [9, 8, 7, 6, 4, 3, 2], (5, 3)),
    ],
)
def test_the_most_ambitious_ranks_first_and_equal_values_share(
    direction: Direction, value: int, others: list[int], place: tuple[int, int]
) -> None:
    assert ranked(direction, Decimal(value), [Decimal(other) for other in others]) == place


def test_without_weights_the_supervisors_sum_is_plain() -> None:
    found = tried("22", "30", "40")
    assert (found.position, found.rank, found.quartile, found.group_size) == (Position.ABOVE, 3, 3, 3)
    assert (found.sum.method, found.sum.before, found.sum.after, found.sum.change) == (
        SumMethod.SUM,
        D(90),
        D(92),
        D(2),
    )


def test_where_every_unit_has_a_weight_the_sum_is_a_ratio_of_sums() -> None:
    found = tried("22", "30", "40", weights=("100", "300", "600"))
    assert (found.sum.method, found.sum.before, found.sum.after) == (
        SumMethod.RATIO_OF_SUMS,
        Decimal(35),
        Decimal("35.2"),
    )
    assert tried("22", "30", "40", weights=("1", "1", "1")).sum.before == 30
    assert str(tried("20.1", "30", "40", weights=("1", "1", "1")).sum.change) == "0.0333333333"


def test_others_count_with_what_they_offer() -> None:
    own, other = a_reference("20"), a_reference("30", unit="05162")
    found = simulate(own, Decimal(20), [own, other], {UnitCode("05162"): Decimal(10)}, None)
    assert (found.rank, found.sum.before) == (1, D(30))


def test_what_a_unit_offered_before_counts_before_the_change() -> None:
    own = a_reference("20")
    found = simulate(own, Decimal(22), [own], {own.unit: Decimal(21)}, None)
    assert (found.sum.before, found.sum.after, found.sum.change) == (D(21), D(22), D(1))


def test_only_the_comparison_group_is_ranked() -> None:
    own = a_reference("20")
    beside = [a_reference("30", unit=unit) for unit in OTHERS]
    group = frozenset({own.unit, UnitCode("05162")})
    found = simulate(own, Decimal(20), [own, *beside], {}, group, named=("type", "Ia"))
    assert (found.rank, found.group_size, found.sum.units, found.group) == (2, 2, 4, "Ia")
    outside = simulate(own, Decimal(20), [own, *beside], {}, frozenset())
    assert (outside.rank, outside.quartile, outside.group_size) == (None, None, 0)


def test_a_sum_that_would_tell_the_only_other_units_value_is_not_told() -> None:
    found = tried("22", "30", told_all=False)
    assert (found.sum.before, found.sum.after, found.sum.change) == (None, None, D(2))
    assert tried("22", "30", "40", told_all=False).sum.before == 90
    assert tried("22", "30").sum.before == 50


def test_memory_says_how_far_what_happened_lay_from_the_corridor_and_the_value() -> None:
    known = recall(a_reference("20", outcome="22.5"), 2013, Decimal(21), trial=False)
    assert (known.from_corridor, known.from_value, known.offer) == (D("1.5"), D("2.5"), D(21))
    worse = recall(a_reference("20", direction=MOST, outcome="22.5"), 2013, None, trial=False)
    assert (worse.from_corridor, worse.from_value) == (Decimal("-1.5"), Decimal("-2.5"))
    assert recall(a_reference("20"), 2013, None, trial=True).from_corridor is None


@pytest.mark.parametrize(
    "wrong", [{"low": "20.1"}, {"high": "19.9"}, {"weight": "0"}, {"direction": Direction.WITHIN}], ids=str
)
def test_a_corridor_holds_its_value_and_has_a_good_side(wrong: dict[str, str]) -> None:
    with pytest.raises(NotThisCorridor):
        a_reference("20", **wrong)  # type: ignore[arg-type]  # one case is a direction
