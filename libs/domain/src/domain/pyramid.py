"""The goal pyramid: every goal below the one it is derived from, from the guiding orientations down."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from domain.goal import Goal, Level
from domain.identity import GoalCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A goal's place: the way to it from the top, and its depth; `traced` says whether the top is an orientation."""

    goal: Goal
    way: tuple[GoalCode, ...]
    traced: bool

    @property
    def depth(self) -> int:
        """Say how many goals stand above it."""
        return len(self.way) - 1


def pyramid(goals: Iterable[Goal]) -> tuple[Place, ...]:
    """
    Order goals top-down, each followed by what is derived from it.

    A goal whose origin is missing, or that derives from itself in a circle, stands at the top.
    """
    known = {goal.code: goal for goal in goals}
    below: dict[GoalCode | None, list[Goal]] = defaultdict(list)
    for goal in known.values():
        below[_origin(goal, known)].append(goal)
    found: list[Place] = []
    waiting: list[tuple[tuple[GoalCode, ...], Goal]] = [((), goal) for goal in reversed(below[None])]
    while waiting:
        above, goal = waiting.pop()
        way = (*above, goal.code)
        found.append(Place(goal=goal, way=way, traced=known[way[0]].level is Level.GUIDING_ORIENTATION))
        waiting += [(way, child) for child in reversed(below[goal.code])]
    return tuple(found)


def _origin(goal: Goal, known: dict[GoalCode, Goal]) -> GoalCode | None:
    """Give the known goal it is derived from, unless the way up leads back to itself."""
    seen: set[GoalCode] = set()
    above = goal.derived_from
    while above is not None and above in known and above not in seen:
        seen.add(above)
        above = known[above].derived_from
    return goal.derived_from if goal.derived_from in known and goal.code not in seen else None
