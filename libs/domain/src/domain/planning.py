"""A year's planning round (Planungsrunde): its phases and its calendar of steps (§ 48b SGB II)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.bounds import NumberOutOfRange, Range
from domain.errors import Place, Text
from domain.identity import UnitCode
from domain.phase import (
    EvidenceNeeded,
    NotInThisPhase,
    Phase,
    RoundAct,
    RoundIsClosed,
    StepDone,
    StepTwice,
    UnknownStep,
)

YEARS: Range = (Decimal(1990), Decimal(2200))


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarStep:
    """A step of the year's calendar (Jahreskalender): who sees to it, by when, and what shows that it was done."""

    code: str
    title: str
    owner: str
    due: date
    done_on: date | None = None
    evidence: str | None = None

    def open_on(self, day: date) -> bool:
        """Say whether the step is still to be done on a day."""
        return self.done_on is None or self.done_on > day


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueStep:
    """A step whose day has passed, with the days since."""

    code: str
    title: str
    owner: str
    due: date
    days: int
    trial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPlanned:
    """A step as it is planned; the owner is a unit's code, or an office or body by its name."""

    code: str
    title: str
    owner: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlanned:
    """A round as its lead plans it; `budget_law_on` is the day on which parliament passes the budget law."""

    year: int
    lead: UnitCode
    title: str
    budget_law_on: date | None = None
    trial: bool = False
    steps: tuple[StepPlanned, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReported:
    """That a step was done, what shows it, and when; without a day it was today."""

    evidence: str
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundMoved:
    """What moves a round."""

    transition: RoundAct


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningRound:
    """A year's round under the unit that leads it; in a trial year (Testphase) nothing in it binds."""

    year: int
    lead: UnitCode
    title: str
    phase: Phase = Phase.REFERENCE_VALUES
    budget_law_on: date | None = None
    trial: bool = False
    steps: tuple[CalendarStep, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a year nobody plans for, and two steps of one code."""
        low, high = YEARS
        if not low <= self.year <= high:
            raise NumberOutOfRange(name="year", number=Decimal(self.year), low=low, high=high)
        twice = [code for code, count in Counter(step.code for step in self.steps).items() if count > 1]
        if twice:
            raise StepTwice(", ".join(twice))

    def must_be_in(self, *phases: Phase) -> None:
        """Refuse what does not belong to the present phase."""
        if self.phase not in phases:
            raise NotInThisPhase(phase=self.phase, allowed=", ".join(phases))

    def step(self, code: str) -> CalendarStep:
        """Give a step by its code."""
        for step in self.steps:
            if step.code == code:
                return step
        raise UnknownStep(code)


def begin(sent: RoundPlanned, calendar: Sequence[StepPlanned] = ()) -> PlanningRound:
    """Begin a round with its own steps, and those of a calendar that it does not name itself."""
    own = {step.code for step in sent.steps}
    steps = (*sent.steps, *(step for step in calendar if step.code not in own))
    return _with_steps(PlanningRound(year=sent.year, lead=sent.lead, title=sent.title), replace(sent, steps=steps))


def revise(known: PlanningRound, sent: RoundPlanned) -> PlanningRound:
    """Plan a round anew: its phase stays, and so does what was done of the steps that stay."""
    if known.phase is Phase.CLOSED:
        raise RoundIsClosed
    return _with_steps(known, sent)


def advance(known: PlanningRound) -> PlanningRound:
    """Move a round to its next phase."""
    if known.phase is Phase.CLOSED:
        raise RoundIsClosed
    phases = list(Phase)
    return replace(known, phase=phases[phases.index(known.phase) + 1])


def complete(known: PlanningRound, code: str, sent: StepReported, today: date) -> PlanningRound:
    """Note that a step was done, and what shows it."""
    step, done_on = known.step(code), sent.done_on or today
    if step.done_on is not None:
        raise StepDone(code=code, done_on=step.done_on)
    if not sent.evidence.strip() or done_on > today:
        raise EvidenceNeeded(today)
    done = replace(step, done_on=done_on, evidence=sent.evidence)
    return replace(known, steps=tuple(done if other is step else other for other in known.steps))


def overdue(known: PlanningRound, day: date) -> tuple[OverdueStep, ...]:
    """List the steps that should have been done before a day and were not, the oldest first."""
    late = sorted((step for step in known.steps if step.due < day and step.open_on(day)), key=lambda step: step.due)
    return tuple(
        OverdueStep(
            code=step.code,
            title=step.title,
            owner=step.owner,
            due=step.due,
            days=(day - step.due).days,
            trial=known.trial,
        )
        for step in late
    )


def before_budget_law(concluded_on: date, budget_law_on: date | None) -> Iterator[Place]:
    """Name an agreement that was concluded before parliament passed the budget law (§ 48b (2) SGB II)."""
    if budget_law_on is not None and concluded_on < budget_law_on:
        text = Text(
            f"concluded on {concluded_on}, before the budget law of {budget_law_on}",
            f"abgeschlossen am {concluded_on:%d.%m.%Y}, vor dem Haushaltsgesetz vom {budget_law_on:%d.%m.%Y}",
        )
        yield Place(pointer="", code="before_budget_law", detail=text)


def _with_steps(known: PlanningRound, sent: RoundPlanned) -> PlanningRound:
    done = {step.code: step for step in known.steps}
    steps = tuple(
        replace(done[step.code], title=step.title, owner=step.owner, due=step.due)
        if step.code in done
        else CalendarStep(code=step.code, title=step.title, owner=step.owner, due=step.due)
        for step in sent.steps
    )
    return replace(
        known,
        year=sent.year,
        lead=sent.lead,
        title=sent.title,
        budget_law_on=sent.budget_law_on,
        trial=sent.trial,
        steps=steps,
    )
