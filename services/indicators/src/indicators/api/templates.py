"""`/v1/deliveries/template` and `/v1/deliveries/schema`: what a sender begins with."""

from enum import StrEnum
from typing import Annotated

from chassis.auth import Identified
from chassis.wire import MonthText
from domain.delivery import DeliveryKind
from domain.period import Month
from fastapi import APIRouter, Query, Response

from indicators.api.delivery_schemas import SentKind
from indicators.api.given import Given
from indicators.ports.media_types import MediaType
from indicators.usecases import returning

router = APIRouter(tags=["deliveries"])


class TemplateForm(StrEnum):
    """The formats a template comes in."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    NDJSON = "ndjson"
    PARQUET = "parquet"
    SDMX_CSV = "sdmx.csv"
    XML = "xml"

    @property
    def media_type(self) -> MediaType:
        """Name the media type such a file is delivered as."""
        return MediaType[self.name]


@router.get("/v1/deliveries/template", response_class=Response)
async def get_template(
    ports: Given,
    caller: Identified,
    month: Annotated[MonthText, Query(description="the month its rows are for")],
    kind: Annotated[SentKind, Query(description="what its rows are")] = DeliveryKind.OBSERVATIONS,
    form: Annotated[TemplateForm, Query(alias="format")] = TemplateForm.CSV,
    units: Annotated[list[str] | None, Query(alias="unit", description="else all units within your reach")] = None,
    variables: Annotated[
        list[str] | None, Query(alias="variable", description="of observations; else all variables")
    ] = None,
) -> Response:
    """Give a ready file with a row for each of your units, of observations and variables too; fill it in, send it."""
    wanted = returning.Wanted(kind=kind, units=units or (), variables=variables or (), month=Month.parse(month))
    content = await returning.template(ports, caller, wanted, form.media_type)
    name = f'attachment; filename="zielwerk-{month}.{form}"'
    return Response(content, media_type=form.media_type, headers={"Content-Disposition": name})


@router.get("/v1/deliveries/schema", response_class=Response)
async def get_schema(ports: Given, caller: Identified) -> Response:
    """Give the XML schema of deliveries."""
    return Response(returning.schema(ports, caller), media_type="application/xml")
