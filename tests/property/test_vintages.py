"""Vintages as a law: at every instant a figure is what its newest vintage says, and no two in a row are the same."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from domain.figures import Figures
from domain.observation import Key, Observation, as_known
from domain.reading import DataState, Reading
from domain.value_status import ValueStatus
from domain.variable import Cell
from domain.vintage import vintages
from hypothesis import given
from hypothesis import strategies as st
from support.measuring import JOBCENTER, NOON, NOVEMBER, TOWN_A, TOWN_B, TWO_TOWNS, a_definition, delivery, reading_of

RATE = a_definition("integrations ÷ previous_month(elb_stock)")
KEPT_BACK = frozenset({(TOWN_A, Cell.of("integrations"), NOVEMBER)})
INSTANTS = [NOON + timedelta(days=day) for day in range(0, 200, 40)]
OBSERVATIONS = st.builds(
    Observation,
    unit=st.sampled_from([JOBCENTER, TOWN_A, TOWN_B]),
    cell=st.sampled_from([Cell.of("integrations"), Cell.of("elb_stock")]),
    month=st.sampled_from([NOVEMBER, NOVEMBER.plus(-1)]),
    value=st.none() | st.integers(0, 3).map(Decimal),
    recorded_at=st.sampled_from(INSTANTS),
    delivery=st.integers(1, 4).map(delivery),
    status=st.sampled_from(ValueStatus),
)


def read_at(figures: Figures, at: datetime) -> Reading:
    return reading_of(RATE, figures, on=at.date())


def read_afresh(told: list[Observation], known_at: datetime | None, on: datetime) -> Reading:
    kept_back = KEPT_BACK if on >= INSTANTS[2] else frozenset[Key]()
    return read_at(Figures(TWO_TOWNS, as_known(told, known_at), kept_back), on)


def firmless(reading: Reading) -> Reading:
    """Leave out what time alone changes."""
    return replace(reading, state=DataState.FINAL)


@given(st.lists(OBSERVATIONS, max_size=25), st.none() | st.sampled_from(INSTANTS))
def test_at_every_instant_a_figure_is_what_its_newest_vintage_says(
    told: list[Observation], behind: datetime | None
) -> None:
    def kept_back_at(at: datetime) -> frozenset[Key]:
        return KEPT_BACK if at >= INSTANTS[2] else frozenset()

    found = [*vintages(told, [], TWO_TOWNS, kept_back_at, read_at, behind)]
    assert [one.recorded_at for one in found] == sorted({one.recorded_at for one in found})
    for one in found:
        assert behind is None or one.recorded_at > behind
        assert one.reading == read_afresh(told, one.recorded_at, one.recorded_at)
        assert one.changed_by == {entry.delivery for entry in told if entry.recorded_at == one.recorded_at}
    for before, after in pairwise(found):
        assert firmless(before.reading) != firmless(after.reading)
    for at in sorted({one.recorded_at for one in told if behind is None or one.recorded_at > behind}):
        newest = max((one for one in found if one.recorded_at <= at), key=lambda one: one.recorded_at, default=None)
        stood = newest.reading if newest else read_afresh(told, behind, behind or NOON)
        assert firmless(stood) == firmless(read_afresh(told, at, at))
