"""`/v1/variables` and `/v1/indicators`: what is delivered and what is computed of it."""

from typing import Annotated

from chassis.auth import Identified
from chassis.canonical import sha256
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked
from domain.identity import IndicatorCode, VariableCode
from domain.indicator import FEDERAL
from fastapi import APIRouter, Path, Query, Request, Response

from indicators.api.catalogue_schemas import (
    Code,
    DefinitionIn,
    DefinitionOut,
    DefinitionPage,
    Explanation,
    VariableIn,
    VariableOut,
    VariablePage,
    Variant,
    definition_out,
    explanation,
    variable_out,
)
from indicators.api.given import Given
from indicators.usecases import catalogue

router = APIRouter(tags=["catalogue"], route_class=KeyedRoute)
ChosenVariant = Annotated[Variant, Query(description="such as `ordinance`; `federal` where none is given")]
CodeKey = Annotated[Code, Path()]


@router.get("/v1/variables")
async def list_variables(ports: Given, caller: Identified, asked: Asked) -> VariablePage:
    """List all variables."""
    found = await catalogue.variables(ports, caller)
    return asked.page(VariablePage, [variable_out(variable) for variable in found.values()])


@router.get("/v1/variables/{code}", response_model=VariableOut)
async def get_variable(request: Request, code: CodeKey, ports: Given, caller: Identified) -> Response:
    """Give one variable."""
    told = variable_out(await catalogue.variable(ports, caller, VariableCode(code)))
    return tagged(request, told, sha256(told.model_dump_json().encode()))


@router.put("/v1/variables/{code}")
async def put_variable(code: CodeKey, sent: VariableIn, ports: Given, caller: Identified) -> VariableOut:
    """Create or change a variable; every formula must still make sense."""
    return variable_out(await catalogue.put_variable(ports, caller, sent.value(code)))


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
