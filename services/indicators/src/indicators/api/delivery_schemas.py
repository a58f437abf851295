"""Deliveries on the wire."""

from dataclasses import replace
from typing import Any, Literal, cast
from uuid import UUID

from chassis.wire import FigureText, Instant, Prose, Sent, Told
from domain.case_record import LtrVariant
from domain.codec import encode
from domain.delivery import (
    Covered,
    Delivery,
    DeliveryKind,
    DeliveryMode,
    DeliveryStatus,
    FileFault,
    OnError,
    Scrutiny,
)
from domain.errors import Language
from domain.intake import REMEDIES, FindingCode
from domain.value_status import ValueStatus

from indicators.ports import Difference, RowFinding

SentKind = Literal[DeliveryKind.OBSERVATIONS, DeliveryKind.CASE_RECORDS, DeliveryKind.FOLLOW_UP]
"""The kinds of deliveries that are files."""


class DeliveryCountsOut(Told):
    """Rows by their fate."""

    read: int
    accepted: int
    unchanged: int
    corrected: int
    withdrawn: int
    rejected: int


class CoveredOut(Told):
    """What was brought for a unit: rows, number of months, first and last month."""

    unit: str
    first: str
    last: str
    months: int
    rows: int


class ProgressOut(Told):
    """How far it is: rows read and judged, rows compared with the history."""

    read: int
    compared: int


class FaultOut(Told):
    """Why a whole file could not be taken."""

    type: str
    title: str
    detail: str


class RetractionIn(Sent):
    """Why a whole delivery is taken back."""

    reason: Prose


class DeliveryOut(Told):
    """
    A delivery and its outcome.

    A retraction names what it `retracts`, a delivery that was taken back what it was `retracted_by`, both the `reason`.
    """

    id: UUID
    status: DeliveryStatus
    kind: DeliveryKind
    mode: DeliveryMode
    on_error: OnError
    dry_run: bool
    sender: str
    digest: str
    media_type: str
    profile: str | None
    size: int
    received_at: Instant
    counts: DeliveryCountsOut
    progress: ProgressOut
    problem: FaultOut | None
    scrutiny: Scrutiny
    ltr_variant: LtrVariant | None
    retracts: UUID | None
    retracted_by: UUID | None
    reason: str | None


class DeliveryPage(Told):
    """Deliveries, newest first."""

    items: list[DeliveryOut]
    next: str | None


class FindingOut(Told):
    """What is wrong with one row, and what would be right."""

    row: int
    column: str
    code: FindingCode
    value: str
    detail: str


class FindingPage(Told):
    """Findings in the order of their rows; `found` says how many there were in all."""

    items: list[FindingOut]
    found: int
    next: str | None


class DifferenceOut(Told):
    """What one row changed, or would change: the value, or how it came to be; without `new` it withdraws."""

    unit: str
    variable: str
    dimensions: dict[str, str]
    month: str
    old: FigureText | None
    new: FigureText | None
    old_status: ValueStatus | None
    new_status: ValueStatus | None


class DifferencePage(Told):
    """Differences in the order of unit, month and variable."""

    items: list[DifferenceOut]
    next: str | None


class CoveragePage(Told):
    """What a delivery brought, in the order of the units' codes."""

    items: list[CoveredOut]
    next: str | None


def covered_out(covered: Covered) -> CoveredOut:
    """Tell what was brought for a unit."""
    return CoveredOut.model_validate(encode(covered))


def delivery_out(delivery: Delivery, language: Language) -> DeliveryOut:
    """Tell a delivery."""
    told = cast("dict[str, Any]", encode(replace(delivery, fault=None)))
    return DeliveryOut.model_validate({**told, "problem": fault_out(delivery.fault, language)})


def fault_out(fault: FileFault | None, language: Language) -> FaultOut | None:
    """Tell why a whole file could not be taken, if that is so."""
    if fault is None:
        return None
    return FaultOut(
        type=f"/problems/{fault.problem}",
        title=fault.title.in_language(language),
        detail=fault.detail.in_language(language),
    )


def version_of(delivery: Delivery) -> str:
    """Name a delivery's state: it changes while it is worked off and held against the rules, and by a retraction."""
    progress, retracted = delivery.progress, "-retracted" if delivery.retracted_by else ""
    return f"{delivery.id.hex}-{delivery.status}-{progress.read}-{progress.compared}-{delivery.scrutiny}{retracted}"


def finding_out(finding: RowFinding, language: Language) -> FindingOut:
    """Tell a finding with its remedy."""
    detail = REMEDIES[finding.code].in_language(language)
    return FindingOut(row=finding.row, column=finding.column, code=finding.code, value=finding.value, detail=detail)


def difference_out(difference: Difference) -> DifferenceOut:
    """Tell a difference."""
    return DifferenceOut(
        unit=difference.unit,
        variable=difference.cell.variable,
        dimensions=dict(difference.cell.dimensions),
        month=str(difference.month),
        old=difference.old,
        new=difference.new,
        old_status=difference.old_status,
        new_status=difference.new_status,
    )
