"""Objections on the wire."""

from datetime import date
from typing import Annotated
from uuid import UUID

from chassis.wire import DecimalText, FigureText, Instant, MonthText, Prose, Sent, Told
from domain.identity import IndicatorCode, UnitCode
from domain.objection import Objection, ObjectionStatus
from domain.period import Month, View
from pydantic import Field

from indicators.api.withdrawal_schemas import WithdrawalOut, withdrawal_out
from indicators.ports.documents import Filed
from indicators.usecases.objecting import Raised

Code = Annotated[str, Field(min_length=1, max_length=60)]


class ObjectionIn(Sent):
    """
    A reading is contested: the value shown, the one held right, why; `due` is in ten working days by default.

    `contested` is the figure as it stands, in whatever digits; left out, it is taken from there.
    """

    unit: Code
    indicator: Code
    view: View | None = None
    month: MonthText
    contested: DecimalText | None = None
    held_right: DecimalText | None = None
    reason: Prose
    source: Prose
    due: date | None = None

    def value(self) -> Raised:
        """Give what is raised."""
        return Raised(
            unit=UnitCode(self.unit),
            indicator=IndicatorCode(self.indicator),
            view=self.view,
            month=Month.parse(self.month),
            contested=self.contested,
            held_right=self.held_right,
            reason=self.reason,
            source=self.source,
            due=self.due,
        )


class AnswerIn(Sent):
    """A supervisor's answer."""

    accepted: bool
    reason: Prose


class AnswerOut(Told):
    """What the supervisor answered."""

    accepted: bool
    reason: str
    by: str
    at: Instant


class ObjectionOut(Told):
    """An objection with its deadline; `overdue` says that it is open after it."""

    id: UUID
    version: int
    unit: str
    indicator: str
    view: View
    month: str
    status: ObjectionStatus
    contested: FigureText | None
    held_right: FigureText | None
    reason: str
    source: str
    due: date
    overdue: bool
    by: str
    at: Instant
    answer: AnswerOut | None
    withdrawal: WithdrawalOut | None


class ObjectionPage(Told):
    """Objections in the order they were raised."""

    items: list[ObjectionOut]
    next: str | None


def objection_out(filed: Filed[Objection], today: date) -> ObjectionOut:
    """Tell an objection as it stands today."""
    raised, answer = filed.value, filed.value.answer
    told = answer and AnswerOut(accepted=answer.accepted, reason=answer.reason, by=answer.by, at=answer.at)
    return ObjectionOut(
        id=filed.id,
        version=filed.version,
        unit=raised.unit,
        indicator=raised.indicator,
        view=raised.view,
        month=str(raised.month),
        status=raised.status,
        contested=raised.contested,
        held_right=raised.held_right,
        reason=raised.reason,
        source=raised.source,
        due=raised.due,
        overdue=raised.overdue(today),
        by=raised.by,
        at=raised.at,
        answer=told,
        withdrawal=withdrawal_out(raised.withdrawal),
    )
