"""Appropriations against the budget titles they are tied to."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from domain.budget import Budget
from domain.errors import Place, Text
from domain.goal import Goal
from domain.identity import UnitCode
from domain.terms import AppropriationTerms


def above_title(goals: tuple[Goal, ...], budgets: Mapping[UnitCode, Budget]) -> Iterator[Place]:
    """Name appropriations that together exceed the title they are tied to."""
    tied: dict[tuple[UnitCode, str], Decimal] = {}
    for number, goal in enumerate(goals):
        terms = goal.terms
        budget = budgets.get(goal.obligated or UnitCode(""))
        if not isinstance(terms, AppropriationTerms) or not terms.budget_title or terms.amount is None or not budget:
            continue
        key = (budget.unit, terms.budget_title)
        tied[key] = tied.get(key, Decimal(0)) + terms.amount
        if all(title.code != terms.budget_title for title in budget.titles):
            text = Text(f"there is no title '{terms.budget_title}'", f"es gibt keinen Titel „{terms.budget_title}“")
            yield Place(pointer=f"/goals/{number}/budget_title", code="above_budget_title", detail=text)
        elif tied[key] > budget.available(terms.budget_title):
            left = budget.available(terms.budget_title)
            en = f"{tied[key]:f} are tied to '{terms.budget_title}', which has {left:f}"
            de = f"{tied[key]:f} sind an „{terms.budget_title}“ gebunden, vorhanden sind {left:f}"
            yield Place(pointer=f"/goals/{number}/amount", code="above_budget_title", detail=Text(en, de))
