"""Tracing one figure to who brought what to it: down to observations and deliveries, exactly and one by one."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chassis.caller import Caller, Reach, visible
from domain.figures import Figures, Place
from domain.formula.evaluation import inputs
from domain.formula.tree import Formula
from domain.formula.views import in_view
from domain.identity import DeliveryId, UnitCode
from domain.indicator import Definition
from domain.period import Month, View
from domain.reading import Reading
from domain.share import Counted, Share, Sides, Together, read_together, share_of, sides_of, sides_of_some
from domain.unit import Units

from indicators.ports import Ports, Work
from indicators.usecases.asking_errors import NoNearestNeighbours
from indicators.usecases.figuring import figures_in, span_of
from indicators.usecases.lacking import Lacks, lacks
from indicators.usecases.marks import Marks, marks_of
from indicators.usecases.members import Member, Standing, members_of
from indicators.usecases.neighbouring import whose
from indicators.usecases.plan import Asked, Plan
from indicators.usecases.reading import planned
from indicators.usecases.whose import Wanted

AT_ONCE = 50
"""Of how many members everything is looked at together."""


class Shown(StrEnum):
    """How much of a member a caller is shown: what it is made of, both sides, or who it is."""

    INPUTS = "inputs"
    SIDES = "sides"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What a member brings to a figure, and how much of it is shown."""

    member: Member
    share: Share
    sides: Sides
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """How many are shown by name only, and what they bring together; without sides where that is one's alone."""

    count: int
    sides: Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """A reading with its definition and a page of who brought what to it; the others, where there are; what lacks."""

    reading: Reading
    definition: Definition
    brought: Sequence[Contribution]
    others: Others | None
    more: bool
    lacks: Lacks
    senders: Mapping[DeliveryId, str]
    marks: Marks

    @property
    def alone(self) -> bool:
        """Say whether it is a unit's own figure."""
        return all(one.member.unit == self.reading.unit for one in self.brought)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One figure to explain: the definition that answers for it, what it looks at, and who counts in which months."""

    definition: Definition
    formula: Formula
    view: View
    month: Month
    read_as: UnitCode
    places: Sequence[Place]
    there: Mapping[Month, frozenset[UnitCode]]
    members: Sequence[Member]

    def counted(self, member: Member) -> Counted:
        """Say which of a member's units count in which months."""
        return {month: tuple(unit for unit in member.units if unit in there) for month, there in self.there.items()}


class Beheld:
    """Everything brought, what those bring together who are shown by name only, and one page of members."""

    def __init__(self, question: Question, after: Standing | None, limit: int) -> None:
        """Begin a page behind a member."""
        self._question, self._after, self._most = question, after, limit + 1
        self.together, self._hidden = Together(), Together()
        self._hidden_members = list[Member]()
        self.page = list[Contribution]()

    def take(self, some: Sequence[Contribution]) -> None:
        """Add further members."""
        hidden = [one for one in some if one.shown is Shown.NAME]
        self.together = self.together.plus(one.share for one in some)
        self._hidden = self._hidden.plus(one.share for one in hidden)
        self._hidden_members += [one.member for one in hidden]
        behind = [one for one in some if self._after is None or one.member.place > self._after]
        self.page += behind[: self._most - len(self.page)]

    def others(self) -> Others | None:
        """Tell what the hidden bring together."""
        if not self._hidden_members:
            return None
        asked, counted = self._question, [self._question.counted(member) for member in self._hidden_members]
        sides = sides_of_some(asked.formula, asked.month, counted, self._hidden.values)
        return Others(count=len(counted), sides=sides)


async def why(
    ports: Ports, caller: Caller, wanted: Wanted, after: tuple[str, ...] | None, limit: int, now: datetime
) -> Lineage:
    """Trace one reading down to observations and deliveries, member by member where it is of several."""
    asked, on = wanted.asked, (wanted.asked.as_of or now).date()
    async with planned(ports, caller, asked) as (work, units, plan, reach):
        question = _question(units, plan, asked, wanted.code)
        beheld = Beheld(question, (after[0], after[1]) if after else None, limit)
        async for some in _brought(work, units, question, asked, reach):
            beheld.take(some)
        told = read_together(
            question.definition,
            question.read_as,
            question.month,
            question.view,
            together=beheld.together,
            variables=plan.variables,
            on=on,
        )
        reading, page = replace(told, unit=wanted.code), beheld.page[:limit]
        used = {one.delivery for found in page if found.shown is Shown.INPUTS for one in found.share.used}
        return Lineage(
            reading=reading,
            definition=question.definition,
            brought=page,
            others=beheld.others(),
            more=len(beheld.page) > limit,
            lacks=await lacks(work, reading.missing, asked, ports.today(), reach),
            senders=await work.deliveries.senders(used),
            marks=await marks_of(work, [reading.unit], [reading.month], plan.groups),
        )


def _question(units: Units, plan: Plan, asked: Asked, code: UnitCode) -> Question:
    """Find what answers for the figure; at a rank that nobody has in the month there are no neighbours."""
    if code not in plan.units:
        raise NoNearestNeighbours(whose(code))
    ((indicator, view), *_), (month, *_) = plan.pairs, plan.months
    definition = plan.definition(indicator, month)
    formula, (read_as,) = in_view(definition.formula, view, plan.variables), plan.read_as([code], month)
    places = [] if definition.ended(month.last_day) else sorted(set(inputs(formula, month)))
    members = members_of(units, code, month, asked.sets, plan.groups)
    months = {at for _, at in places}
    alone = [member.unit for member in members] == [code]
    return Question(
        definition=definition,
        formula=formula,
        view=view,
        month=month,
        read_as=read_as,
        places=places,
        there={at: frozenset([code] if alone else units.parts(read_as, at.first_day)) for at in months},
        members=members if places or alone else [],
    )


async def _brought(
    work: Work, units: Units, question: Question, asked: Asked, reach: Reach
) -> AsyncIterator[Sequence[Contribution]]:
    """Go through the members, some at once, so that few observations are held however many members there are."""
    for start in range(0, len(question.members), AT_ONCE):
        some = question.members[start : start + AT_ONCE]
        span = span_of(units, [unit for member in some for unit in member.units], set(question.places))
        figures = await figures_in(work, units, span, asked.as_of, asked.dry_run) if span else Figures(units, {})
        yield await asyncio.to_thread(_contributions, question, some, figures, reach)


def _contributions(
    question: Question, members: Iterable[Member], figures: Figures, reach: Reach
) -> Sequence[Contribution]:
    found = []
    for member in members:
        share = share_of(question.counted(member), question.places, figures)
        sides = sides_of(question.formula, question.month, share.values)
        found.append(Contribution(member=member, share=share, sides=sides, shown=_shown(member, share, reach)))
    return found


def _shown(member: Member, share: Share, reach: Reach) -> Shown:
    """Show everything of whom a caller reaches with all it is made of; of neighbours what their rank tells."""
    made_of = {member.unit, *(one.unit for one in share.used)}
    if all(visible(reach, {unit}) for unit in made_of):
        return Shown.INPUTS
    return Shown.NAME if member.rank is None else Shown.SIDES
