"""Reconciliation: an official table held against our readings, difference by difference, each with its likely cause."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import product
from typing import TypeVar
from uuid import UUID

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.event import Event
from domain.formula.typing import Variables
from domain.identity import IndicatorCode, UnitCode
from domain.observation import as_known
from domain.period import Month, View
from domain.reading import Figures, read
from domain.reconciliation import Cause, FigureDifference, OfficialFigure, Reconciliation, agrees
from domain.unit import Units

from indicators.ports import Ports, Work
from indicators.ports.reconciled import OfficialFinding, OfficialTable, Run
from indicators.usecases.explaining import Doubtful, Evidence, needed
from indicators.usecases.figuring import Sought, looked_at_by, span_of
from indicators.usecases.official_rows import Definitions, Key, Yardstick, check, definition_of, key_of
from indicators.usecases.reconciling_errors import TooMuchToCompare
from indicators.usecases.sight import seeing

MOST_FIGURES = 50_000
PAGE, DOUBTFUL_PAGE = 500, 50
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialFile:
    """A table as it arrived."""

    id: UUID
    content: bytes
    digest: str
    media_type: str


@dataclass(slots=True)
class Outcome:
    """What comparing came to so far."""

    equal: int = 0
    unpublished: int = 0
    differences: list[FigureDifference] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a comparison is made with: a transaction within reach, units and catalogue, the present instant."""

    work: Work
    units: Units
    variables: Variables
    definitions: Definitions
    now: datetime


async def reconcile(ports: Ports, caller: Caller, file: OfficialFile, now: datetime) -> tuple[Reconciliation, bool]:
    """Compare a table; the second value says whether it was compared over the same data before."""
    caller.must_be(Role.CONTROLLER, Role.SUPERVISOR, Role.OPERATOR)
    table = await asyncio.to_thread(ports.read_official, file.content, file.media_type)
    async with seeing(ports, caller) as (work, units, reach):
        state = await work.vintages.mark()
        first = await work.reconciliations.known(caller.subject, file.digest, state)
        if first is not None:
            return first, True
        definitions = await work.catalogue.definitions()
        yardstick = Yardstick(units=units, reach=reach, definitions=definitions)
        figures, findings = await asyncio.to_thread(check, table.rows, yardstick)
        variables = await work.catalogue.variables()
        scene = Scene(work=work, units=units, variables=variables, definitions=definitions, now=now)
        outcome = await _compared(scene, figures)
    head = _head(caller, file, state, table, findings, outcome, now)
    named = frozenset({*caller.units, *(unit for unit, *_ in figures)})
    return await _keep(ports, Run(head=head, units=named, findings=findings, differences=outcome.differences))


async def one(ports: Ports, caller: Caller, id: UUID) -> Reconciliation:
    """Give one run."""
    async with seeing(ports, caller) as (work, _, _):
        return await work.reconciliations.get(id)


async def matching(ports: Ports, caller: Caller, before: UUID | None, limit: int) -> Sequence[Reconciliation]:
    """List runs within reach, newest first."""
    async with seeing(ports, caller) as (work, _, _):
        return await work.reconciliations.matching(before, limit)


async def differences(
    ports: Ports, caller: Caller, id: UUID, causes: Sequence[Cause], units: Sequence[str], after: int, limit: int
) -> Sequence[tuple[int, FigureDifference]]:
    """List a run's differences within reach."""
    async with seeing(ports, caller) as (work, _, _):
        await work.reconciliations.get(id)
        return await work.reconciliations.differences(id, causes, units, after, limit)


async def findings(
    ports: Ports, caller: Caller, id: UUID, after: int, limit: int
) -> tuple[int, Sequence[tuple[int, OfficialFinding]]]:
    """List what is wrong with a run's rows, and how many rows there were."""
    async with seeing(ports, caller) as (work, _, _):
        head = await work.reconciliations.get(id)
        return head.rejected, await work.reconciliations.findings(id, after, limit)


async def _keep(ports: Ports, run: Run) -> tuple[Reconciliation, bool]:
    """Keep a run; who came first with the same table wins."""
    head = run.head
    async with ports.begin() as work:
        await work.reconciliations.wait_for(head.by, head.digest)
        first = await work.reconciliations.known(head.by, head.digest, head.state)
        if first is not None:
            return first, True
        await work.reconciliations.add(run)
        resource = f"reconciliation:{head.id}"
        await work.audit.record(Change(by=head.by, action="reconciliation.made", resource=resource, after=head.digest))
        data = {"id": str(head.id), "differences": len(run.differences), "equal": head.equal}
        await work.events.tell(Event(type="reconciliation.made", subject=str(head.id), data=data))
    return head, False


async def _compared(scene: Scene, figures: dict[Key, OfficialFigure]) -> Outcome:
    """Compare page by page, so that no more than a page's observations are held at once."""
    asked = sorted((*figures.values(), *_left_out(figures)), key=key_of)
    outcome = Outcome()
    doubtful: list[Doubtful] = []
    for page in _cut(asked, PAGE):
        loaded = await _figures(scene, page)
        doubtful += await asyncio.to_thread(_judged, scene, loaded, page, outcome)
    for part in _cut(doubtful, DOUBTFUL_PAGE):
        evidence = await _evidence(scene, part)
        outcome.differences += await asyncio.to_thread(_explained, evidence, part)
    return outcome


def _explained(evidence: Evidence, part: Sequence[Doubtful]) -> list[FigureDifference]:
    return [evidence.explain(doubtful) for doubtful in part]


def _left_out(figures: dict[Key, OfficialFigure]) -> list[OfficialFigure]:
    """Name what the table leaves out of its own units and months, indicator by indicator."""
    tables: dict[tuple[IndicatorCode, View], tuple[set[UnitCode], set[Month]]] = {}
    for unit, indicator, view, month in figures:
        units, months = tables.setdefault((indicator, view), (set(), set()))
        units.add(unit)
        months.add(month)
    count = sum(len(units) * len(months) for units, months in tables.values())
    if count > MOST_FIGURES:
        raise TooMuchToCompare(count=count, limit=MOST_FIGURES)
    return [
        OfficialFigure(row=0, unit=unit, indicator=indicator, view=view, month=month, value=None)
        for (indicator, view), (units, months) in tables.items()
        for unit, month in product(units, months)
        if (unit, indicator, view, month) not in figures
    ]


def _judged(scene: Scene, loaded: Figures, page: Sequence[OfficialFigure], outcome: Outcome) -> list[Doubtful]:
    """Count what is equal, and what neither side has; give the rest."""
    doubtful = []
    for figure in page:
        ours = _ours(scene, loaded, figure)
        if figure.value is None and ours is None:
            outcome.unpublished += figure.row > 0
        elif figure.value is not None and ours is not None and agrees(figure.value, ours):
            outcome.equal += 1
        else:
            doubtful.append(Doubtful(figure=figure, ours=ours))
    return doubtful


def _ours(scene: Scene, loaded: Figures, figure: OfficialFigure) -> Decimal | None:
    definition = definition_of(scene.definitions[figure.indicator], figure)
    on, variables = scene.now.date(), scene.variables
    return read(definition, figure.unit, figure.month, figure.view, figures=loaded, variables=variables, on=on).value


async def _figures(scene: Scene, page: Sequence[OfficialFigure]) -> Figures:
    sought = [
        Sought(definition_of(scene.definitions[figure.indicator], figure), figure.unit, figure.view, figure.month)
        for figure in page
    ]
    looked = looked_at_by(sought, scene.variables)
    span = span_of(scene.units, {figure.unit for figure in page}, looked)
    known = await scene.work.history.newest(span, scene.now) if span else ()
    return Figures(scene.units, as_known(known))


async def _evidence(scene: Scene, part: Sequence[Doubtful]) -> Evidence:
    codes, looked = needed(scene.units, scene.variables, scene.definitions, part)
    span = span_of(scene.units, codes, looked)
    return Evidence(
        units=scene.units,
        variables=scene.variables,
        definitions=scene.definitions,
        observations=await scene.work.history.all_revisions(span, scene.now) if span else (),
    )


def _head(
    caller: Caller,
    file: OfficialFile,
    state: str,
    table: OfficialTable,
    findings: Sequence[OfficialFinding],
    outcome: Outcome,
    now: datetime,
) -> Reconciliation:
    counted = Counter(difference.cause.value for difference in outcome.differences)
    return Reconciliation(
        id=file.id,
        digest=file.digest,
        media_type=file.media_type,
        state=state,
        by=caller.subject,
        at=now,
        read=len(table.rows),
        rejected=len(findings),
        equal=outcome.equal,
        unpublished=outcome.unpublished,
        causes={cause.value: counted[cause.value] for cause in Cause},
        ignored_columns=table.ignored,
    )


def _cut(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
