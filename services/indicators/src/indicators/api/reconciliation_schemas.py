"""Reconciliations on the wire."""

from uuid import UUID

from chassis.wire import FigureText, Instant, Told
from domain.period import View
from domain.reconciliation import Cause, FigureDifference, Reconciliation


class CausesOut(Told):
    """How many differences have which likely cause."""

    missing_here: int
    missing_there: int
    rounding: int
    equal_as_of: int
    variant: int
    boundary: int
    unknown: int


class ReconciliationOut(Told):
    """
    A run: rows read and rejected, figures equal, differing by cause, and `unpublished` where neither side has one.

    `state` names the data it was held against; columns nobody asked for are named.
    """

    id: UUID
    digest: str
    media_type: str
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
    official: FigureText | None
    ours: FigureText | None
    difference: FigureText | None
    relative: FigureText | None
    cause: Cause
    explained_by: ExplanationOut


class FigureDifferencePage(Told):
    """Differences in the order of unit, indicator, view and month."""

    items: list[FigureDifferenceOut]
    next: str | None


def reconciliation_out(run: Reconciliation) -> ReconciliationOut:
    """Tell a run."""
    return ReconciliationOut(
        id=run.id,
        digest=run.digest,
        media_type=run.media_type,
        state=run.state,
        by=run.by,
        at=run.at,
        read=run.read,
        rejected=run.rejected,
        equal=run.equal,
        unpublished=run.unpublished,
        differing=sum(run.causes.values()),
        causes=CausesOut.model_validate(run.causes),
        ignored_columns=list(run.ignored_columns),
    )


def figure_difference_out(found: FigureDifference) -> FigureDifferenceOut:
    """Tell a difference."""
    by = found.explained_by
    return FigureDifferenceOut(
        row=found.row,
        unit=found.unit,
        indicator=found.indicator,
        view=found.view,
        month=str(found.month),
        official=found.official,
        ours=found.ours,
        difference=found.difference,
        relative=found.relative,
        cause=found.cause,
        explained_by=ExplanationOut(
            as_of=by.as_of, definition=by.definition, view=by.view, plus=list(by.plus), minus=list(by.minus)
        ),
    )
