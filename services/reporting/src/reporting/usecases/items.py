"""The item of a list of attainment: made once when a goal is judged, served many times as it is."""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from chassis.canonical import canonical, sha256
from domain.agreement_payload import goal_payload
from domain.attainment import Attainment
from domain.codec import encode
from domain.goal import Goal
from domain.identity import UnitCode
from domain.period import Month
from domain.quantity import half_up
from domain.reading import Reading
from domain.unit import Units

from reporting.ports import Agreed, Judgement

FIGURE_PLACES = 6
DEGREE_PLACES = 4


def judgement_of(
    agreed: Agreed, goal: Goal, judged: Attainment, units: Units, now: datetime, id: UUID, *, attested: bool
) -> Judgement:
    """Write an attainment as the item that is served, with its evidence beside it."""
    item = _item(agreed, goal, judged, units, attested=attested)
    digest = sha256(canonical(item))
    told = {"id": str(id), **item, "judged_at": now.isoformat().replace("+00:00", "Z")}
    return Judgement(
        id=id,
        unit=judged.unit,
        agreement=agreed.id,
        goal=goal.code,
        month=judged.month,
        light=judged.light,
        digest=digest,
        body=json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        why=_why(agreed, goal, judged),
    )


def digest_of(agreed: Agreed, goal: Goal, judged: Attainment, units: Units, *, attested: bool) -> str:
    """Give the digest by which an unchanged judgement is recognised."""
    return sha256(canonical(_item(agreed, goal, judged, units, attested=attested)))


def _item(agreed: Agreed, goal: Goal, judged: Attainment, units: Units, *, attested: bool) -> dict[str, Any]:
    deliveries = sorted({str(delivery) for reading in judged.evidence for delivery in reading.deliveries})
    return {
        "unit": judged.unit,
        "unit_name": _name(units, judged.unit, judged.month),
        "agreement": str(agreed.id),
        "agreement_title": agreed.revision.title,
        "revision": agreed.revision.number,
        "goal": goal.code,
        "goal_title": goal.title,
        "kind": goal.kind.value,
        "scope": encode(goal.scope),
        "period": str(judged.month),
        "month": str(judged.month),
        "target": _figure(judged.target),
        "unit_of_measure": encode(judged.unit_of_measure),
        "direction": encode(judged.direction),
        "expected": _figure(judged.expected),
        "actual": _figure(judged.actual),
        "degree": _figure(judged.degree, DEGREE_PLACES),
        "gap": _figure(judged.gap),
        "light": judged.light.value,
        "data_state": encode(judged.state),
        "reason": encode(judged.reason),
        "missing": _missing(judged, units),
        "path": encode(judged.path),
        "attested": attested,
        "forecast": None,
        "deliveries": len(deliveries),
    }


def _missing(judged: Attainment, units: Units) -> list[str]:
    lacking = sorted({(m.unit, m.month) for reading in judged.evidence for m in reading.missing})
    return [f"{_name(units, unit, month)} {month}" for unit, month in lacking[:12]]


def _name(units: Units, code: UnitCode, month: Month) -> str:
    """Name a unit as it was called at the end of a month."""
    unit = units.units.get(code)
    return unit.on(month.last_day).name if unit else code


def _why(agreed: Agreed, goal: Goal, judged: Attainment) -> Mapping[str, Any]:
    return {
        "agreement": str(agreed.id),
        "revision": agreed.revision.number,
        "digest": agreed.digest,
        "goal": goal_payload(goal),
        "thresholds": encode(judged.thresholds),
        "readings": [reading_payload(reading) for reading in judged.evidence],
    }


def reading_payload(reading: Reading) -> dict[str, Any]:
    """Write a reading as evidence."""
    return {
        "unit": reading.unit,
        "indicator": reading.indicator,
        "month": str(reading.month),
        "view": reading.view.value,
        "value": _figure(reading.value, 10),
        "numerator": _figure(reading.numerator, 10),
        "denominator": _figure(reading.denominator, 10),
        "definition": reading.definition,
        "state": reading.state.value,
        "reason": encode(reading.reason),
        "deliveries": sorted(str(delivery) for delivery in reading.deliveries),
    }


def _figure(value: Decimal | None, places: int = FIGURE_PLACES) -> str | None:
    if value is None:
        return None
    short = half_up(value, places) if -int(value.as_tuple().exponent) > places else value
    return f"{short:f}"


def first_month(agreed: Agreed) -> Month:
    """Give the first month of an agreement's year."""
    return Month(agreed.revision.year, 1)
