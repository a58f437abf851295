"""Soft findings on the wire."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from chassis.paging import BadCursor, cursor_of
from chassis.wire import FigureText, Instant, Prose, Sent, Told
from domain.errors import Language
from domain.quality_rule import RuleKind
from domain.quantity import half_up
from domain.soft_finding import SoftFinding, SoftFindingFiled, SoftStatus
from pydantic import Field

from indicators.api.figure_cursors import after_figure
from indicators.ports.quality import SoftPosition

PLACES = 10
"""How many decimal places a limit is told with at the most; figures are told as they were delivered."""


class SoftFigures(Told):
    """What is doubted: the figure as observed, where it was expected, in words, and what cures it."""

    unit: str
    month: str
    variable: str
    dimensions: dict[str, str]
    split_by: str | None = Field(description="the dimension whose values were summed up, where that is doubted")
    rule: str
    rule_version: int
    kind: RuleKind
    observed: FigureText
    expected: FigureText | None
    low: FigureText | None
    high: FigureText | None
    basis: dict[str, FigureText]
    detail: str
    remedy: str


class AcknowledgementIn(Sent):
    """Why a doubted figure is right."""

    reason: Prose


class AcknowledgementOut(Told):
    """Who stands for a doubted figure, since when and why."""

    by: str
    at: Instant
    reason: str


class SoftFindingOut(SoftFigures):
    """A doubted figure, by which delivery it came, and what became of it."""

    id: UUID
    delivery: UUID
    found_at: Instant
    status: SoftStatus
    resolved_by: UUID | None
    acknowledgement: AcknowledgementOut | None


class SoftFindingPage(Told):
    """Soft findings in the order of unit and month."""

    items: list[SoftFindingOut]
    next: str | None


def figures_of(finding: SoftFinding, language: Language) -> dict[str, Any]:
    """Tell what is doubted."""
    return {
        "unit": finding.unit,
        "month": str(finding.month),
        "variable": finding.cell.variable,
        "dimensions": dict(finding.cell.dimensions),
        "split_by": finding.dimension or None,
        "rule": finding.rule,
        "rule_version": finding.version,
        "kind": finding.kind,
        "observed": finding.observed,
        "expected": _short(finding.expected),
        "low": _short(finding.low),
        "high": _short(finding.high),
        "basis": {name: _short(number) for name, number in finding.basis.items()},
        "detail": finding.detail().in_language(language),
        "remedy": finding.remedy().in_language(language),
    }


def soft_finding_out(filed: SoftFindingFiled, language: Language) -> SoftFindingOut:
    """Tell a soft finding."""
    given = filed.acknowledgement
    return SoftFindingOut(
        **figures_of(filed.finding, language),
        id=filed.id,
        delivery=filed.delivery,
        found_at=filed.found_at,
        status=filed.status,
        resolved_by=filed.resolved_by,
        acknowledgement=given and AcknowledgementOut(by=given.by, at=given.at, reason=given.reason),
    )


def soft_cursor(filed: SoftFindingFiled) -> str:
    """Write the cursor behind a soft finding."""
    return cursor_of(filed.finding.unit, str(filed.finding.month.ordinal), str(filed.id))


def soft_after(cursor: str | None) -> SoftPosition | None:
    """Read the cursor of a list of soft findings."""
    key = after_figure(cursor)
    try:
        return key and (key[0], key[1], UUID(key[2]))
    except ValueError as error:
        raise BadCursor(str(cursor)) from error


def _short(number: Decimal | None) -> Decimal | None:
    """Round what is long, and leave alone what is not."""
    if number is None or -int(number.as_tuple().exponent) <= PLACES:
        return number
    rounded = half_up(number, PLACES).normalize()
    return rounded if int(rounded.as_tuple().exponent) <= 0 else rounded.quantize(Decimal(1))
