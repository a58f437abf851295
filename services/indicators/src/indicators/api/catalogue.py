"""`/v1/indicators`: what is computed of what is delivered."""

from typing import Annotated

from chassis.auth import Identified
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked
from domain.identity import IndicatorCode
from domain.indicator import FEDERAL
from fastapi import APIRouter, Path, Query

from indicators.api.catalogue_schemas import (
    DefinitionIn,
    DefinitionOut,
    DefinitionPage,
    Explanation,
    Variant,
    definition_out,
    explanation,
)
from indicators.api.given import Given
from indicators.api.variable_schemas import Code
from indicators.usecases import catalogue

router = APIRouter(tags=["catalogue"], route_class=KeyedRoute)
ChosenVariant = Annotated[Variant, Query(description="such as `ordinance`; `federal` where none is given")]
CodeKey = Annotated[Code, Path()]


@router.get("/v1/indicators")
async def list_indicators(ports: Given, caller: Identified, asked: Asked) -> DefinitionPage:
    """List all versions of all indicators."""
    found = await catalogue.definitions(ports, caller)
    return asked.page(DefinitionPage, [definition_out(d) for versions in found.values() for d in versions])


@router.post("/v1/indicators", status_code=201)
async def define_indicator(sent: DefinitionIn, ports: Given, caller: Identified) -> DefinitionOut:
    """Add a version of an indicator; a formula that makes no sense is refused with the reason."""
    return definition_out(await catalogue.add_definition(ports, caller, sent.value()))


@router.get("/v1/indicators/{code}")
async def get_indicator(code: CodeKey, ports: Given, caller: Identified, asked: Asked) -> DefinitionPage:
    """Give all versions of one indicator, variant by variant, each oldest first."""
    found = await catalogue.versions(ports, caller, IndicatorCode(code))
    return asked.page(DefinitionPage, [definition_out(definition) for definition in found])


@router.get("/v1/indicators/{code}/explain")
async def explain_indicator(
    code: CodeKey, ports: Given, caller: Identified, variant: ChosenVariant = FEDERAL
) -> Explanation:
    """Say the newest formula of a variant in words and as a tree."""
    newest = await catalogue.newest(ports, caller, IndicatorCode(code), variant)
    return explanation(newest, await catalogue.variables(ports, caller))
