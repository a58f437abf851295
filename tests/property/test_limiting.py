"""Allowances: nobody gets more than is allowed, nobody takes what is another's, and what is told of waiting is true."""

from collections import defaultdict

from chassis.limiting.allowance import Allowance
from chassis.limiting.windows import Windows
from hypothesis import given
from hypothesis import strategies as st
from support.limiting import Asked, HandClock, answers

REQUESTS, SECONDS = 3, 10
RATE = f"{REQUESTS}/{SECONDS} seconds"
PAUSES = st.integers(0, 20 * SECONDS).map(lambda eighths: eighths / 8) | st.just(0.0)
ASKED = st.lists(st.builds(Asked, who=st.sampled_from("abc"), after=PAUSES), max_size=60)


@given(asked=ASKED)
def test_no_more_is_granted_in_a_window_than_is_allowed(asked: list[Asked]) -> None:
    began, granted = dict[str, float](), defaultdict[str, int](int)
    for at, one, taken in answers(asked, RATE):
        if one.who not in began or at >= began[one.who] + SECONDS:
            began[one.who], granted[one.who] = at, 0
        assert taken.granted == (granted[one.who] < REQUESTS)
        granted[one.who] += taken.granted
        assert granted[one.who] + taken.left == REQUESTS


@given(asked=ASKED)
def test_within_the_length_of_a_window_at_most_two_allowances_are_granted(asked: list[Asked]) -> None:
    granted = [(at, one.who) for at, one, taken in answers(asked, RATE) if taken.granted]
    for at, who in granted:
        within = [other for other, somebody in granted if somebody == who and at <= other < at + SECONDS]
        assert len(within) <= 2 * REQUESTS


@given(asked=ASKED)
def test_what_others_ask_changes_nothing(asked: list[Asked]) -> None:
    clock = HandClock()
    alone = Allowance("caller", RATE, clock)
    for at, one, taken in answers(asked, RATE):
        clock.seconds = at
        if one.who == "a":
            assert alone.take("a") == taken


@given(asked=ASKED)
def test_a_refused_request_changes_nothing(asked: list[Asked]) -> None:
    clock = HandClock()
    without = Allowance("caller", RATE, clock)
    for at, one, taken in answers(asked, RATE):
        clock.seconds = at
        if taken.granted:
            assert without.take(one.who) == taken


@given(asked=ASKED.filter(bool))
def test_who_waits_as_long_as_told_is_granted_all_again_and_who_waits_less_is_not(asked: list[Asked]) -> None:
    *_, (_, last, taken) = answers(asked, RATE)
    assert 0 < taken.seconds <= SECONDS
    waited = answers([*asked, Asked(last.who, taken.seconds)], RATE)[-1][2]
    assert (waited.granted, waited.left) == (True, REQUESTS - 1)
    hurried = answers([*asked, Asked(last.who, taken.seconds - 1)], RATE)[-1][2]
    assert (hurried.granted, hurried.left) == (taken.left > 0, max(taken.left - 1, 0))


@given(pauses=st.lists(PAUSES, max_size=80), most=st.integers(1, 20))
def test_strangers_never_fill_the_memory(pauses: list[float], most: int) -> None:
    clock = HandClock()
    windows, ends = Windows(clock, most), list[float]()
    for number, pause in enumerate(pauses):
        clock.pass_by(pause)
        assert windows.incr(f"stranger {number}", SECONDS) == 1
        ends.append(clock() + SECONDS)
        assert len(windows) == min(most, sum(end > clock() for end in ends))


@given(strangers=st.integers(20, 60), most=st.integers(1, 20))
def test_with_too_many_strangers_the_one_who_came_first_begins_anew(strangers: int, most: int) -> None:
    windows = Windows(HandClock(), most)
    for number in range(strangers):
        windows.incr(str(number), SECONDS)
    assert [windows.get(str(number)) for number in range(strangers)] == [0] * (strangers - most) + [1] * most
