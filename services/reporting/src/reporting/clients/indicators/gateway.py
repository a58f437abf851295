"""Readings, their lineage and delivery duties from the indicators service."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
from chassis.follow import FeedPage, page_after
from chassis.outgoing import fetch, fetch_pages
from domain.attainment import Need
from domain.duty import DutyStatus
from domain.figures import MissingInput
from domain.identity import DeliveryId, IndicatorCode, UnitCode, VariableCode
from domain.lack import Absence
from domain.period import Month, Period, View
from domain.quantity import Measure, decimal_of
from domain.reading import DataState, NoValue, Reading
from domain.report import OverdueDelivery
from domain.variable import Cell

from reporting.clients.indicators.wire import (
    DefinitionPage,
    MissingOut,
    OwedOut,
    OwedPage,
    ReadingOut,
    ReadingPage,
    ReadingWhy,
    VariablePage,
)
from reporting.ports import Document, Shown

SERVICE = "indicators"
OVERDUE = [DutyStatus.MISSING, DutyStatus.LATE, DutyStatus.INCOMPLETE]


class IndicatorsGateway:
    """Asks the indicators service by HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        """Ask with this client."""
        self._client = client
        self._defined: frozenset[str] = frozenset()

    async def readings(self, units: Sequence[UnitCode], needs: Sequence[Need]) -> Sequence[Shown]:
        """Read everything that is needed: one question a view, page by page; nothing of what nobody has defined."""
        defined = await self._known({need.indicator for need in needs})
        by_view: dict[View, list[Need]] = defaultdict(list)
        for need in needs:
            if need.indicator in defined:
                by_view[need.view].append(need)
        found: list[Shown] = []
        for view, wanted in by_view.items():
            asked = {
                "unit": list(units),
                "indicator": sorted({need.indicator for need in wanted}),
                "view": view.value,
                "from": str(min(need.first for need in wanted)),
                "to": str(max(need.last for need in wanted)),
            }
            pages = await fetch_pages(self._client, SERVICE, "/v1/readings", ReadingPage.model_validate_json, **asked)
            found += [Shown(reading=_reading(item), attested=item.attested) for page in pages for item in page.items]
        return found

    async def _known(self, wanted: Collection[str]) -> frozenset[str]:
        """Give the codes that are defined; definitions only grow, so they are asked for where one is missing."""
        if not self._defined.issuperset(wanted):
            pages = await fetch_pages(self._client, SERVICE, "/v1/indicators", DefinitionPage.model_validate_json)
            self._defined = frozenset(definition.indicator for page in pages for definition in page.items)
        return self._defined

    async def why(self, reading: Document, as_of: datetime) -> Document:
        """Trace a reading down to observations and deliveries."""
        path = f"/v1/readings/{reading['unit']}/{reading['indicator']}/{reading['month']}/why"
        told = await fetch(self._client, SERVICE, path, view=reading["view"], as_of=as_of.isoformat())
        ReadingWhy.model_validate_json(told)
        traced: dict[str, Any] = json.loads(told)
        return traced

    async def overdue(self, units: Sequence[UnitCode], months: Period) -> Sequence[OverdueDelivery]:
        """List deliveries that are missing, late or incomplete, their variables named as the catalogue does."""
        asked = {"unit": list(units), "month": [str(month) for month in months], "status": OVERDUE}
        read = OwedPage.model_validate_json
        pages = await fetch_pages(self._client, SERVICE, "/v1/delivery-status", read, **asked)
        found = [owed for page in pages for owed in page.items]
        labels = await self._labels() if found else {}
        return [_overdue(owed, labels) for owed in found]

    async def _labels(self) -> Mapping[str, str]:
        """Give the German labels of variables as they are now."""
        pages = await fetch_pages(self._client, SERVICE, "/v1/variables", VariablePage.model_validate_json)
        return {variable.code: variable.label for page in pages for variable in page.items}

    async def events(self, cursor: str | None) -> FeedPage:
        """Give what happened after a cursor."""
        return await page_after(self._client, SERVICE, cursor)


def _overdue(owed: OwedOut, labels: Mapping[str, str]) -> OverdueDelivery:
    return OverdueDelivery(
        unit=UnitCode(owed.unit),
        unit_name=owed.unit_name,
        month=Month.parse(owed.month),
        variables=tuple(VariableCode(code) for code in owed.variables),
        due=owed.due,
        status=DutyStatus(owed.status.value),
        labels=tuple(labels.get(code, code) for code in owed.variables),
    )


def _reading(told: ReadingOut) -> Reading:
    return Reading(
        unit=UnitCode(told.unit),
        indicator=IndicatorCode(told.indicator),
        month=Month.parse(told.month),
        view=View(told.view.value),
        value=None if told.value is None else decimal_of(str(told.value)),
        numerator=None if told.numerator is None else decimal_of(str(told.numerator)),
        denominator=None if told.denominator is None else decimal_of(str(told.denominator)),
        measure=Measure(told.unit_of_measure.value),
        state=DataState(told.state.value),
        definition=told.definition,
        reason=NoValue(told.reason.value) if told.reason else None,
        missing=tuple(_missing(missing) for missing in told.missing),
        deliveries=frozenset(DeliveryId(UUID(str(id))) for id in told.deliveries),
    )


def _missing(told: MissingOut) -> MissingInput:
    cell, withheld = Cell.of(told.variable, **told.dimensions), told.why.value == Absence.WITHHELD
    return MissingInput(UnitCode(told.unit), cell, Month.parse(told.month), withheld=withheld)
