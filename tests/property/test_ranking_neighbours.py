"""Laws of nearest neighbours: what fits gives each rank and neighbour once a day; a list is read back as of its day."""

from datetime import date, timedelta
from itertools import combinations

from domain.nearest_neighbour import NearestNeighbour, on_day
from domain.ranking import misfits, ranked_anew
from domain.validity import common
from hypothesis import given
from hypothesis import strategies as st
from support.neighbours import TURN, a_neighbour, living

CODES = ("a", "b", "c", "d")
DAYS = [TURN + timedelta(days=365 * number) for number in range(5)]
UNITS = living(*CODES)
Known = dict[tuple[str, str, date], NearestNeighbour]


@st.composite
def neighbours(draw: st.DrawFn) -> NearestNeighbour:
    unit, neighbour = draw(st.permutations(CODES))[:2]
    first, after = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=2, max_size=2, unique=True)))
    since, until = draw(st.sampled_from([first, None])), draw(st.sampled_from([after, None]))
    return a_neighbour(unit, draw(st.integers(1, 3)), neighbour, since=since, until=until)


@st.composite
def lists(draw: st.DrawFn) -> list[tuple[str, int, str]]:
    """Draw rankings of one or two units, each with its ranks from 1 on."""
    ranked = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=2, unique=True))
    orders = [(unit, draw(st.permutations([code for code in CODES if code != unit]))) for unit in ranked]
    return [
        (unit, rank, code) for unit, order in orders for rank, code in enumerate(order[: draw(st.integers(1, 3))], 1)
    ]


@given(sent=st.lists(neighbours(), max_size=6))
def test_what_fits_is_what_never_gives_a_rank_or_a_neighbour_twice_at_a_time(sent: list[NearestNeighbour]) -> None:
    clashing = any(
        one.unit == other.unit
        and (one.rank == other.rank or one.neighbour == other.neighbour)
        and common(one.validity, other.validity)
        for one, other in combinations(sent, 2)
    )
    named = {f"/{number}": one for number, one in enumerate(sent)}
    assert bool(misfits(named, [], UNITS)) == clashing
    half = dict(list(named.items())[: len(named) // 2])
    if not misfits(half, [], UNITS):
        rest = {at: one for at, one in named.items() if at not in half}
        keys = {one.key for one in rest.values()}
        if not keys & {one.key for one in half.values()}:
            assert bool(misfits(rest, half.values(), UNITS)) == clashing


@given(editions=st.lists(lists(), min_size=1, max_size=4), again=st.booleans())
def test_each_list_is_read_back_as_of_its_day_and_loads_again_without_a_change(
    editions: list[list[tuple[str, int, str]]], again: bool
) -> None:
    known: Known = {}
    for day, edition in zip(DAYS, editions, strict=False):
        for listed in [editions[0], edition] if again else [edition]:
            sent = {f"/{n}": a_neighbour(*one, since=day) for n, one in enumerate(listed)}
            anew = ranked_anew(sent, known.values(), UNITS, day)
            known |= {one.key: one for one in (*anew.begun, *anew.ended)}
            known = {key: one for key, one in known.items() if one not in anew.gone}
            assert misfits({f"/{n}": one for n, one in enumerate(known.values())}, [], UNITS) == ()
            units = {unit for unit, _, _ in listed}
            held = [one.placing for one in on_day(known.values(), UNITS, day) if one.unit in units]
            assert held == sorted(listed)
            repeated = ranked_anew(sent, known.values(), UNITS, day)
            assert (repeated.begun, repeated.ended, repeated.gone) == ((), (), ())
            assert repeated.unchanged == len(listed)
