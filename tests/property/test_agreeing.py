"""Laws of comparison, proposals, pyramids and budgets."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import reduce

from domain.agreement import Revision
from domain.budget import Budget, Funding, Reallocation, Title, TitleKind, TooMuchReallocated, reallocate
from domain.comparison import Sort, compare
from domain.goal import Goal
from domain.identity import GoalCode
from domain.proposal import ProposalMade, applied
from domain.pyramid import pyramid
from hypothesis import given
from hypothesis import strategies as st
from support.agreeing import AGENCY, JOBCENTER, a_goal, a_revision, a_target

CODES = st.sampled_from("abcde")
GOALS = st.builds(
    lambda code, target, origin: replace(a_goal(a_target(target), code=code), derived_from=origin),
    CODES,
    st.sampled_from(["1", "2", None]),
    st.none() | CODES,
)
SETS = st.lists(GOALS, max_size=5, unique_by=lambda goal: goal.code).map(tuple)
KINDS = {"i": TitleKind.INTEGRATION, "j": TitleKind.INTEGRATION, "a": TitleKind.ADMINISTRATION}
TITLES = st.tuples(*[st.integers(0, 1000)] * 3)
MOVES = st.lists(st.tuples(st.sampled_from("ija"), st.sampled_from("ija"), st.integers(0, 300)), max_size=8)
FLIPPED = {Sort.ADDED: Sort.REMOVED, Sort.REMOVED: Sort.ADDED, Sort.CHANGED: Sort.CHANGED}


def a_revision_of(goals: Iterable[Goal]) -> Revision:
    return replace(a_revision(), goals=tuple(goals))


@given(before=SETS, after=SETS)
def test_a_comparison_read_backwards_tells_the_opposite(before: tuple[Goal, ...], after: tuple[Goal, ...]) -> None:
    one, other = a_revision_of(before), a_revision_of(after)
    forth = {(d.pointer, d.sort): (d.before, d.after) for d in compare(one, other)}
    back = {(d.pointer, FLIPPED[d.sort]): (d.after, d.before) for d in compare(other, one)}
    assert forth == back
    assert compare(one, one) == ()
    assert bool(forth) is (sorted(before, key=lambda g: g.code) != sorted(after, key=lambda g: g.code))


@given(base=SETS, put=SETS, remove=st.sets(CODES))
def test_a_proposal_changes_what_it_names_and_nothing_else(
    base: tuple[Goal, ...], put: tuple[Goal, ...], remove: set[str]
) -> None:
    known, named = {goal.code for goal in base}, {goal.code for goal in put}
    gone = tuple(GoalCode(code) for code in sorted(remove & known - named))
    if not (put or gone):
        return
    made = ProposalMade(party=AGENCY, revision=1, reason="besser", put=put, remove=gone)
    present = a_revision_of(base)
    after = {goal.code: goal for goal in applied(made, present, present).goals}
    kept = {goal.code: goal for goal in base if goal.code not in gone}
    assert after == kept | {goal.code: goal for goal in put}


@given(goals=SETS)
def test_a_pyramid_holds_every_goal_once_and_none_before_its_origin(goals: tuple[Goal, ...]) -> None:
    places = pyramid(goals)
    order = [place.goal.code for place in places]
    assert sorted(order) == sorted(goal.code for goal in goals)
    for place in places:
        assert place.way[-1] == place.goal.code
        assert all(code in order[: order.index(place.goal.code)] for code in place.way[:-1])
        assert place.depth == 0 or place.goal.derived_from == place.way[-2]


@given(plans=TITLES, moves=MOVES)
def test_money_is_moved_and_never_made_and_no_more_than_a_tenth_crosses(
    plans: tuple[int, ...], moves: list[tuple[str, str, int]]
) -> None:
    titles = [
        Title(code=code, name=code, kind=kind, funding=Funding.FEDERAL, plan=Decimal(plan))
        for (code, kind), plan in zip(KINDS.items(), plans, strict=True)
    ]

    def tried(budget: Budget, move: tuple[str, str, int]) -> Budget:
        giving, taking, amount = move
        moved = Reallocation(giving=giving, taking=taking, amount=Decimal(amount), on=date(2010, 6, 1), reason="Bedarf")
        try:
            return budget if giving == taking else reallocate(budget, moved)
        except TooMuchReallocated:
            return budget

    budget = reduce(tried, moves, Budget(unit=JOBCENTER, year=2010, titles=tuple(titles)))
    assert sum(budget.available(title.code) for title in titles) == sum(plans)
    assert all(budget.available(title.code) >= 0 <= budget.room(title.code) for title in titles)
