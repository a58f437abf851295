"""What differs between two revisions, in words a person can read."""

from dataclasses import replace
from datetime import date

from domain.agreement import Revision
from domain.comparison import Sort, compare
from support.agreeing import PARTIES, a_goal, a_revision, a_target

BASE = a_revision(a_goal(code="first"), a_goal(code="second"))


def said(after: Revision, before: Revision = BASE) -> list[tuple[Sort, str, str]]:
    return [(one.sort, one.pointer, one.says.de) for one in compare(before, after)]


def test_the_same_revision_under_another_number_does_not_differ() -> None:
    assert said(replace(BASE, number=2)) == []


def test_a_changed_field_names_its_goal_and_both_values() -> None:
    changed = replace(BASE, goals=(a_goal(a_target("17000"), code="first"), BASE.goals[1]))
    [difference] = compare(BASE, changed)
    assert (difference.goal, difference.before, difference.after) == ("first", "17283", "17000")
    assert difference.says.en == "goal 'first' target: 17283 → 17000"


def test_goals_come_and_go_and_their_order_alone_is_no_difference() -> None:
    assert said(replace(BASE, goals=(BASE.goals[1], a_goal(code="third")))) == [
        (Sort.ADDED, "/goals/third", "Ziel „third“ ist neu"),
        (Sort.REMOVED, "/goals/first", "Ziel „first“ ist entfallen"),
    ]
    assert said(replace(BASE, goals=BASE.goals[::-1])) == []


def test_the_head_and_the_parties_are_compared_too() -> None:
    head = replace(BASE, note="neu", planning_basis=None, valid_until=date(2016, 1, 1))
    assert [(sort, pointer) for sort, pointer, _ in said(head)] == [
        (Sort.REMOVED, "/planning_basis"),
        (Sort.ADDED, "/note"),
        (Sort.CHANGED, "/valid_until"),
    ]
    fewer = replace(BASE, parties=PARTIES[:2])
    assert said(fewer) == [(Sort.REMOVED, "/parties/05158", "Partei „05158“ ist entfallen")]


def test_a_goal_that_changes_its_kind_shows_what_it_lost_and_won() -> None:
    sorts = {
        one.pointer: one.sort for one in compare(a_revision(a_goal(a_target(None))), a_revision(a_goal(a_target("5"))))
    }
    assert sorts == {"/goals/goal/target": Sort.ADDED}
