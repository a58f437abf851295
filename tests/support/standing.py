"""Builders for attestations, objections, releases and reconciliations: they show only what matters."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from domain.attestation import Attestation
from domain.identity import IndicatorCode, UnitCode
from domain.objection import Objection
from domain.period import Month, Period, View
from domain.reconciliation import (
    Cause,
    FigureDifference,
    OfficialFigure,
    Reconciliation,
    ReconciliationStatus,
    differing,
)
from domain.release import Release, ReleaseKind

TOWN, OTHER = UnitCode("05158004"), UnitCode("05158008")
NOVEMBER = Month(2014, 11)
NOON = datetime(2015, 1, 20, 12, tzinfo=UTC)


def an_attestation(unit: UnitCode = TOWN, month: Month = NOVEMBER, *, revisions: int = 3) -> Attestation:
    """Build an attestation of November 2014 as of a day in January."""
    return Attestation(
        unit=unit,
        month=month,
        as_of=NOON,
        at=NOON,
        by="lead",
        office="Geschäftsführung",
        note=None,
        covers=(unit,),
        digest="0" * 64,
        values=2,
        revisions=revisions,
    )


def an_objection(
    unit: UnitCode = TOWN,
    month: Month = NOVEMBER,
    *,
    due: date = date(2015, 2, 3),
    contested: str | None = "100",
    held_right: str | None = "98.50",
) -> Objection:
    """Build an open objection against K2 in November 2014."""
    return Objection(
        unit=unit,
        indicator=IndicatorCode("K2"),
        view=View.MONTH,
        month=month,
        contested=None if contested is None else Decimal(contested),
        held_right=None if held_right is None else Decimal(held_right),
        reason="Zählung",
        source="Fachverfahren",
        due=due,
        by="controlling",
        at=NOON,
    )


def a_release(
    code: str = "2014-11",
    months: Period | None = None,
    *,
    kind: ReleaseKind = ReleaseKind.FINAL,
    as_of: datetime = NOON,
    replaces: tuple[str, ...] = (),
    reason: str | None = None,
) -> Release:
    """Build a release of November 2014."""
    return Release(
        code=code,
        title=f"Datenstand {code}",
        kind=kind,
        months=months or Period.lasting(NOVEMBER, 1),
        as_of=as_of,
        published_at=datetime(2020, 1, 1, tzinfo=UTC),
        published_by="betrieb",
        replaces=replaces,
        reason=reason,
    )


def an_official(value: str | None = "20.6", *, row: int = 2, unit: UnitCode = TOWN) -> OfficialFigure:
    """Build an official figure of November 2014."""
    number = None if value is None else Decimal(value)
    return OfficialFigure(
        row=row, unit=unit, indicator=IndicatorCode("K2"), view=View.MONTH, month=NOVEMBER, value=number
    )


def a_difference(cause: Cause = Cause.UNKNOWN, unit: UnitCode = TOWN) -> FigureDifference:
    """Build a difference."""
    return differing(an_official(unit=unit), Decimal("20.4"), cause)


def a_reconciliation(id: UUID, *, by: str = "controlling", digest: str = "d", state: str = "1.1") -> Reconciliation:
    """Build a run that waits."""
    return Reconciliation(
        id=id,
        digest=digest,
        media_type="text/csv",
        state=state,
        by=by,
        at=NOON,
        size=70,
        status=ReconciliationStatus.RECEIVED,
    )


def compared(run: Reconciliation) -> Reconciliation:
    """Give a run its outcome."""
    return replace(
        run,
        status=ReconciliationStatus.COMPARED,
        asked=1,
        compared=1,
        read=2,
        rejected=1,
        causes={cause.value: int(cause is Cause.UNKNOWN) for cause in Cause},
        ignored_columns=("Name",),
    )
