"""The measure programme (Maßnahmenprogramm): needs of target groups, measures that meet them, goals they serve."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import ClassVar
from uuid import UUID

from domain.bounds import NOT_NEGATIVE, Bounded, Range
from domain.errors import Invalid, Text
from domain.identity import GoalCode, UnitCode
from domain.quantity import Currency


@dataclass(eq=False)
class MeasureBackwards(Invalid):
    """A measure ends after it begins."""

    title_de = "Eine Maßnahme endet nach ihrem Beginn."
    says = Text("{starts_on} is after {ends_on}", "{starts_on} liegt nach {ends_on}")

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A need of people, known by its code."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A goal a measure serves, in an agreement or without one yet."""

    goal: GoalCode
    agreement: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Bounded):
    """A measure of a unit's programme; both days belong to it; cost in EUR."""

    ranges: ClassVar[Mapping[str, Range]] = {"cost": NOT_NEGATIVE}

    unit: UnitCode
    year: int
    title: str
    starts_on: date
    ends_on: date
    provider: str | None = None
    needs: tuple[Need, ...] = ()
    target_groups: tuple[str, ...] = ()
    goals: tuple[Served, ...] = ()
    places: int | None = None
    cost: Decimal | None = None
    currency: Currency = Currency.EUR
    budget_title: str | None = None
    instrument: str | None = None
    justification: str | None = None

    def __post_init__(self) -> None:
        """Refuse a measure that ends before it begins."""
        Bounded.__post_init__(self)
        if self.starts_on > self.ends_on:
            raise MeasureBackwards(starts_on=self.starts_on, ends_on=self.ends_on)

    @property
    def need_codes(self) -> frozenset[str]:
        """Name the needs it meets."""
        return frozenset(need.code for need in self.needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Two measures for the same need of the same group at the same time; justified where one of them says why."""

    one: UUID
    other: UUID
    needs: tuple[str, ...]
    target_groups: tuple[str, ...]
    starts_on: date
    ends_on: date
    justification: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A need in the programme: for whom, by which measures, towards which goals."""

    need: str
    target_groups: tuple[str, ...]
    measures: tuple[UUID, ...]
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The programme as a tree from needs to goals, and the measures that name no need or no goal."""

    branches: tuple[Branch, ...] = ()
    without_need: tuple[UUID, ...] = ()
    without_goal: tuple[UUID, ...] = ()
    cost: Decimal = field(default=Decimal(0))


def overlaps(measures: Mapping[UUID, Measure]) -> tuple[Overlap, ...]:
    """Find measures that do the same for the same people at the same time, in the order of their keys."""
    found = []
    for (one, left), (other, right) in combinations(sorted(measures.items()), 2):
        needs, groups = left.need_codes & right.need_codes, set(left.target_groups) & set(right.target_groups)
        start, end = max(left.starts_on, right.starts_on), min(left.ends_on, right.ends_on)
        if needs and groups and start <= end:
            found.append(
                Overlap(
                    one=one,
                    other=other,
                    needs=tuple(sorted(needs)),
                    target_groups=tuple(sorted(groups)),
                    starts_on=start,
                    ends_on=end,
                    justification=left.justification or right.justification,
                )
            )
    return tuple(found)


def programme(measures: Mapping[UUID, Measure]) -> Programme:
    """Put measures together by the needs they meet."""
    needs = sorted({code for measure in measures.values() for code in measure.need_codes})
    ordered = sorted(measures.items())
    return Programme(
        branches=tuple(_branch(need, ordered) for need in needs),
        without_need=tuple(id for id, measure in ordered if not measure.needs),
        without_goal=tuple(id for id, measure in ordered if not measure.goals),
        cost=sum((measure.cost or Decimal(0) for measure in measures.values()), Decimal(0)),
    )


def _branch(need: str, measures: Iterable[tuple[UUID, Measure]]) -> Branch:
    meeting = [(id, measure) for id, measure in measures if need in measure.need_codes]
    return Branch(
        need=need,
        target_groups=tuple(sorted({group for _, measure in meeting for group in measure.target_groups})),
        measures=tuple(id for id, _ in meeting),
        goals=tuple(sorted({served.goal for _, measure in meeting for served in measure.goals})),
    )
