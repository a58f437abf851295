"""Builders for what is planned: they show only what matters, the rest is boring."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from domain.corridor import Position, ReferenceValue
from domain.identity import IndicatorCode, UnitCode
from domain.indicator import Direction
from domain.offer import Answer, Offer, OfferStatus
from domain.planning import PlanningRound, RoundPlanned, StepPlanned, begin
from domain.reference_row import Row

ROUND = UUID(int=7)
LEAD = UnitCode("MAIS")
NOON = datetime(2013, 10, 1, 12, tzinfo=UTC)
RATE = IndicatorCode("K2")


def a_reference(
    value: str = "20",
    *,
    low: str | None = None,
    high: str | None = None,
    unit: str = "05158",
    indicator: str = RATE,
    direction: Direction = Direction.AT_LEAST,
    weight: str | None = None,
    outcome: str | None = None,
    basis: str | None = None,
    round: UUID = ROUND,
) -> ReferenceValue:
    """Build a reference value with a corridor of one around it."""
    return ReferenceValue(
        round=round,
        unit=UnitCode(unit),
        indicator=IndicatorCode(indicator),
        direction=direction,
        value=Decimal(value),
        low=Decimal(value) - 1 if low is None else Decimal(low),
        high=Decimal(value) + 1 if high is None else Decimal(high),
        weight=None if weight is None else Decimal(weight),
        outcome=None if outcome is None else Decimal(outcome),
        basis=basis,
    )


def an_offer(
    value: str = "20",
    *,
    status: OfferStatus = OfferStatus.SUBMITTED,
    justification: str | None = None,
    reason: str | None = None,
) -> Offer:
    """Build an offer of Mettmann for the integration rate."""
    answered = status in (OfferStatus.ACCEPTED, OfferStatus.DECLINED)
    answer = Answer(accepted=status is OfferStatus.ACCEPTED, reason=reason, by=LEAD, at=NOON) if answered else None
    return Offer(
        round=ROUND,
        unit=UnitCode("05158"),
        indicator=RATE,
        value=Decimal(value),
        justification=justification,
        position=Position.INSIDE,
        status=status,
        answer=answer,
        made_by="lead",
        made_at=NOON,
        mandate=None,
    )


def a_round(*steps: StepPlanned, year: int = 2014, trial: bool = False) -> PlanningRound:
    """Build a round with steps."""
    return begin(RoundPlanned(year=year, lead=LEAD, title="Planungsrunde", trial=trial, steps=steps))


def a_step(code: str, due: date) -> StepPlanned:
    """Build a step."""
    return StepPlanned(code=code, title=code, owner="Jobcenter", due=due)


def a_row(number: int = 2, changed: Mapping[str, str] | None = None, *, comma: bool = False, **cells: str) -> Row:
    """Build a good row, with some cells changed."""
    good: Mapping[str, str] = {
        "unit": "05158",
        "indicator": "K2",
        "direction": "at_least",
        "value": "20.6",
        "low": "20",
        "high": "21",
    }
    return Row(number=number, cells={**good, **(changed or {}), **cells}, comma=comma)
