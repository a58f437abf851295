"""Views of agreements on the wire: differences, sightings, pyramids, lineages, contradictions."""

from typing import Any
from uuid import UUID

from chassis.wire import DecimalText, Instant, Told
from domain.agreement import Declaration, Status
from domain.carryover import Result
from domain.codec import encode
from domain.comparison import Difference, Sort
from domain.congruence import GoalRef
from domain.errors import Language
from domain.evidence import Sighting
from domain.pyramid import Place
from domain.terms import Extra

from agreements.api.act_schemas import DeclarationOut, declaration_out
from agreements.api.goal_schemas import AnyGoal, goal_out


class DifferenceOut(Told):
    """One difference; the pointer names goals and parties by their codes."""

    sort: Sort
    pointer: str
    goal: str | None
    before: Any
    after: Any
    says: str


class DifferencePage(Told):
    """What differs, in the later revision's order."""

    items: list[DifferenceOut]
    next: str | None


class SightingOut(Told):
    """A first sight of a revision."""

    revision: int
    unit: str
    subject: str
    seen_at: Instant


class SightingPage(Told):
    """Sightings, earliest first."""

    items: list[SightingOut]
    next: str | None


class PlaceOut(Told):
    """A goal in the pyramid: the way to it from the top; traced where the top is a guiding orientation."""

    goal: AnyGoal
    way: list[str]
    depth: int
    traced: bool


class PyramidPage(Told):
    """Goals top-down, each followed by what is derived from it."""

    items: list[PlaceOut]
    next: str | None


class GoalRefOut(Told):
    """A goal with the agreement it stands in."""

    agreement: UUID
    title: str
    year: int
    status: Status
    goal: AnyGoal


class LineagePage(Told):
    """The goals of a lineage, oldest first."""

    items: list[GoalRefOut]
    next: str | None


class ResultOut(Told):
    """What was agreed before a goal, what happened in that year, and what was declared of it last."""

    goal: str
    previous: GoalRefOut
    outcome: DecimalText | None
    declared: DeclarationOut | None


class ResultPage(Told):
    """Results in the order of the goals that go on from them."""

    items: list[ResultOut]
    next: str | None


class ContradictionOut(Told):
    """Two goals of different agreements that ask different things of one unit, indicator and year."""

    one: GoalRefOut
    other: GoalRefOut


class ContradictionPage(Told):
    """Contradictions within your reach."""

    items: list[ContradictionOut]
    next: str | None


class ConditionOut(Told):
    """A condition of a conditional extra, and the declaration that it is fulfilled, if there is one."""

    condition: str
    fulfilled: bool
    declaration: DeclarationOut | None


class ConditionsOut(Told):
    """A goal's conditional extra: it counts once all its conditions are fulfilled."""

    goal: str
    up_to: DecimalText | None
    counts: bool
    conditions: list[ConditionOut]


def difference_out(difference: Difference, language: Language) -> DifferenceOut:
    """Tell a difference in the caller's language."""
    return DifferenceOut(
        sort=difference.sort,
        pointer=difference.pointer,
        goal=difference.goal,
        before=difference.before,
        after=difference.after,
        says=difference.says.in_language(language),
    )


def sighting_out(sighting: Sighting) -> SightingOut:
    """Tell a sighting."""
    return SightingOut.model_validate(encode(sighting))


def place_out(place: Place) -> PlaceOut:
    """Tell a goal's place."""
    return PlaceOut(goal=goal_out(place.goal), way=list(place.way), depth=place.depth, traced=place.traced)


def result_out(result: Result) -> ResultOut:
    """Tell a result."""
    return ResultOut(
        goal=result.goal,
        previous=ref_out(result.previous),
        outcome=result.outcome,
        declared=declaration_out(result.declared) if result.declared else None,
    )


def ref_out(ref: GoalRef) -> GoalRefOut:
    """Tell a goal with its agreement."""
    return GoalRefOut(
        agreement=ref.agreement, title=ref.title, year=ref.year, status=ref.status, goal=goal_out(ref.goal)
    )


def conditions_out(goal: str, extra: Extra | None, declared: list[Declaration]) -> ConditionsOut:
    """Tell a goal's conditions with the latest declaration of each."""
    latest = {declaration.condition: declaration for declaration in declared}
    told = [
        ConditionOut(
            condition=condition,
            fulfilled=condition in latest,
            declaration=declaration_out(latest[condition]) if condition in latest else None,
        )
        for condition in (extra.conditions if extra else ())
    ]
    counts = bool(told) and all(condition.fulfilled for condition in told)
    return ConditionsOut(goal=goal, up_to=extra.up_to if extra else None, counts=counts, conditions=told)
