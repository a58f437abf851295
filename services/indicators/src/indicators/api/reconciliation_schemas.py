"""Reconciliations on the wire."""

from uuid import UUID

from chassis.wire import FigureText, Instant, Told
from domain.errors import Language
from domain.period import View
from domain.reconciliation import Cause, FigureDifference, Reconciliation, ReconciliationStatus

from indicators.api.delivery_schemas import FaultOut, fault_out


class CausesOut(Told):
    """How many differences have which likely cause."""

    missing_here: int
    missing_there: int
    rounding: int
    equal_as_of: int
    variant: int
    boundary: int
    unknown: int


class ComparedOut(Told):
    """How far it is: figures compared, of those the table asks for with what it leaves out."""

    compared: int
    asked: int


class ReconciliationOut(Told):
    """
    A run: rows read and rejected, figures equal, differing by cause, and `unpublished` where neither side has one.

    They are counted when it is `compared`. `state` names the data it is held against; columns nobody asked for are
    named. `problem` says why the table could not be compared as a whole.
    """

    id: UUID
    status: ReconciliationStatus
    progress: ComparedOut
    problem: FaultOut | None
    digest: str
    media_type: str
    size: int
    state: str
    by: str
    at: Instant
    read: int
    rejected: int
    equal: int
    unpublished: int
    differing: int
    causes: CausesOut
    ignored_columns: list[str]


class ReconciliationPage(Told):
    """Runs, newest first."""

    items: list[ReconciliationOut]
    next: str | None


class ExplanationOut(Told):
    """What gives the official figure: an earlier state, a definition and view, or units added and taken away."""

    as_of: Instant | None
    definition: str | None
    view: View | None
    plus: list[str]
    minus: list[str]


class FigureDifferenceOut(Told):
    """
    An official figure that is not ours; `difference` is ours less the official one, `relative` in percent of it.

    `row` is null where the table leaves the figure out.
    """

    row: int | None
    unit: str
    indicator: str
    view: View
    month: str
    dimensions: dict[str, str]
    official: FigureText | None
    ours: FigureText | None
    difference: FigureText | None
    relative: FigureText | None
    cause: Cause
    explained_by: ExplanationOut


class FigureDifferencePage(Told):
    """Differences in the order of unit, indicator, view, month and sex."""

    items: list[FigureDifferenceOut]
    next: str | None


def reconciliation_out(run: Reconciliation, language: Language) -> ReconciliationOut:
    """Tell a run."""
    return ReconciliationOut(
        id=run.id,
        status=run.status,
        progress=ComparedOut(compared=run.compared, asked=run.asked),
        problem=fault_out(run.fault, language),
        digest=run.digest,
        media_type=run.media_type,
        size=run.size,
        state=run.state,
        by=run.by,
        at=run.at,
        read=run.read,
        rejected=run.rejected,
        equal=run.equal,
        unpublished=run.unpublished,
        differing=sum(run.causes.values()),
        causes=CausesOut.model_validate({cause.value: run.causes.get(cause.value, 0) for cause in Cause}),
        ignored_columns=list(run.ignored_columns),
    )


def version_of(run: Reconciliation) -> str:
    """Name the state of a run: it changes until it has its outcome."""
    return f"{run.id.hex}-{run.status}-{run.compared}-{run.asked}"


def figure_difference_out(found: FigureDifference) -> FigureDifferenceOut:
    """Tell a difference."""
    by = found.explained_by
    return FigureDifferenceOut(
        row=found.row,
        unit=found.unit,
        indicator=found.indicator,
        view=found.view,
        month=str(found.month),
        dimensions=dict(found.dimensions),
        official=found.official,
        ours=found.ours,
        difference=found.difference,
        relative=found.relative,
        cause=found.cause,
        explained_by=ExplanationOut(
            as_of=by.as_of, definition=by.definition, view=by.view, plus=list(by.plus), minus=list(by.minus)
        ),
    )
