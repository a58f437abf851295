"""Budgets: remainders, reallocation, cost sharing, care ratios, appropriations."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from domain.appropriation import above_title
from domain.budget import (
    AgeGroup,
    Budget,
    Funding,
    Instrument,
    MovedToItself,
    Posts,
    Reallocation,
    Share,
    Title,
    TitleKind,
    TitleTwice,
    TooMuchReallocated,
    UnknownTitle,
    reallocate,
    with_moves,
)
from domain.identity import UnitCode
from domain.terms import AppropriationTerms
from support.agreeing import JOBCENTER, a_goal

DAY = date(2010, 6, 1)
SHARES = (
    Share(since=date(2010, 1, 1), percent=Decimal("87.4")),
    Share(since=date(2011, 1, 1), percent=Decimal("84.8")),
)


def a_title(
    code: str = "integration",
    plan: str = "1000",
    *instruments: str,
    kind: TitleKind = TitleKind.INTEGRATION,
    funding: Funding = Funding.FEDERAL,
) -> Title:
    rows = tuple(Instrument(code=f"i{n}", name="Instrument", plan=Decimal(row)) for n, row in enumerate(instruments))
    return Title(code=code, name=code, kind=kind, funding=funding, plan=Decimal(plan), instruments=rows)


ADMINISTRATION = a_title("administration", "500", kind=TitleKind.ADMINISTRATION)
HOUSING = a_title("housing", "100")


def a_budget(*titles: Title) -> Budget:
    return Budget(unit=JOBCENTER, year=2010, titles=titles or (a_title(), ADMINISTRATION, HOUSING))


def moving(amount: str, giving: str = "integration", taking: str = "administration") -> Reallocation:
    return Reallocation(giving=giving, taking=taking, amount=Decimal(amount), on=DAY, reason="Bedarf")


def test_of_which_rows_leave_a_remainder_that_is_shown_and_may_be_negative() -> None:
    assert a_title("t", "1000", "300", "250.50").remainder == Decimal("449.50")
    assert a_title("t", "100", "101").remainder == Decimal(-1)


def test_what_moves_leaves_one_title_and_reaches_the_other() -> None:
    moved = reallocate(a_budget(), moving("100"))
    assert (moved.available("integration"), moved.available("administration")) == (Decimal(900), Decimal(600))
    assert moved.room("integration") == 0


def test_between_kinds_a_tenth_may_move_in_all_and_not_a_cent_more() -> None:
    moved = reallocate(a_budget(), moving("60"))
    with pytest.raises(TooMuchReallocated, match=r"40\.0"):
        reallocate(moved, moving("40.01"))
    assert reallocate(moved, moving("40")).available("integration") == Decimal(900)


def test_within_a_kind_everything_may_move_but_no_more_than_there_is() -> None:
    assert reallocate(a_budget(), moving("900", taking="housing")).available("housing") == Decimal(1000)
    with pytest.raises(TooMuchReallocated, match="100"):
        reallocate(a_budget(), moving("100.01", giving="housing", taking="integration"))


def test_a_title_gives_nothing_to_itself_nor_to_one_that_is_not_there() -> None:
    with pytest.raises(MovedToItself):
        reallocate(a_budget(), moving("1", taking="integration"))
    with pytest.raises(UnknownTitle):
        reallocate(a_budget(), moving("1", taking="travel"))


def test_a_smaller_plan_must_still_bear_what_was_moved() -> None:
    smaller = a_budget(a_title(plan="700"), ADMINISTRATION)
    with pytest.raises(TooMuchReallocated):
        with_moves(smaller, [moving("100")])
    assert with_moves(smaller, [moving("70")]).available("administration") == Decimal(570)


def test_a_title_stands_once() -> None:
    with pytest.raises(TitleTwice):
        a_budget(HOUSING, HOUSING)


@pytest.mark.parametrize(
    ("funding", "on", "part"),
    [
        (Funding.FEDERAL, DAY, "1000"),
        (Funding.MUNICIPAL, DAY, "0"),
        (Funding.SHARED, date(2010, 12, 31), "874"),
        (Funding.SHARED, date(2011, 1, 1), "848"),
        (Funding.SHARED, date(2009, 12, 31), None),
    ],
)
def test_the_federal_part_follows_the_rate_of_the_day(funding: Funding, on: date, part: str | None) -> None:
    title = replace(a_title(funding=funding), federal_shares=SHARES)
    assert title.federal_part(on) == (None if part is None else Decimal(part))


def test_a_care_ratio_needs_posts() -> None:
    posts = Posts(profile="U25", age_group=AgeGroup.UNDER_25, posts=Decimal(4), cases=Decimal(300))
    assert posts.ratio == Decimal(75)
    assert replace(posts, posts=Decimal(0)).ratio is None


def test_appropriations_tied_to_a_title_count_together() -> None:
    def tied(amount: str, title: str | None = "housing") -> AppropriationTerms:
        return AppropriationTerms(amount=Decimal(amount), budget_title=title)

    goals = tuple(
        a_goal(terms) for terms in (tied("60"), tied("40"), tied("0.01"), tied("1", "travel"), tied("5", None))
    )
    places = [(place.pointer, place.code) for place in above_title(goals, {JOBCENTER: a_budget()})]
    assert places == [("/goals/2/amount", "above_budget_title"), ("/goals/3/budget_title", "above_budget_title")]
    assert list(above_title(goals, {UnitCode("05158"): a_budget()})) == []
