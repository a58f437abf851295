"""`/v1/variables`: what is delivered, and what it was before."""

from typing import Annotated

from chassis.auth import Identified
from chassis.conditional import VersionNotNamed, must_match, tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked
from domain.identity import VariableCode
from domain.variable import Variable
from fastapi import APIRouter, Depends, Header, Path, Request, Response

from indicators.api.given import Given
from indicators.api.variable_schemas import (
    Code,
    VariableIn,
    VariableOut,
    VariablePage,
    VariableVersionPage,
    tag_of,
    variable_out,
    version_out,
)
from indicators.usecases import catalogue

router = APIRouter(tags=["catalogue"], route_class=KeyedRoute)
CodeKey = Annotated[Code, Path()]


class Held:
    """The version of a variable that a client has read; a variable that is new has none."""

    def __init__(self, tag: str | None) -> None:
        """Hold what the client sent."""
        self._tag = tag

    def __call__(self, known: Variable | None) -> None:
        """Refuse a change of what the client has not read."""
        if known is None:
            return
        if self._tag is None:
            raise VersionNotNamed
        must_match(self._tag, tag_of(known))


async def _held(tag: Annotated[str | None, Header(alias="If-Match")] = None) -> Held:
    return Held(tag)


HeldVariable = Annotated[Held, Depends(_held)]


@router.get("/v1/variables")
async def list_variables(ports: Given, caller: Identified, asked: Asked) -> VariablePage:
    """List all variables, each as its version made last has it."""
    found = await catalogue.newest_variables(ports, caller)
    return asked.page(VariablePage, [variable_out(variable) for variable in found.values()])


@router.get("/v1/variables/{code}", response_model=VariableOut)
async def get_variable(request: Request, code: CodeKey, ports: Given, caller: Identified) -> Response:
    """Give one variable as its version made last has it."""
    found = await catalogue.variable(ports, caller, VariableCode(code))
    return tagged(request, variable_out(found), tag_of(found))


@router.put("/v1/variables/{code}", response_model=VariableOut)
async def put_variable(
    request: Request, code: CodeKey, sent: VariableIn, ports: Given, caller: Identified, held: HeldVariable
) -> Response:
    """
    Create a variable, or make another version of one that was read (`If-Match`); every formula must still make sense.

    From `valid_from` on rows are judged by it; a version that begins on the same day as an earlier one corrects that.
    """
    kept = await catalogue.put_variable(ports, caller, sent.value(code), held)
    return tagged(request, variable_out(kept), tag_of(kept))


@router.get("/v1/variables/{code}/versions")
async def list_variable_versions(code: CodeKey, ports: Given, caller: Identified, asked: Asked) -> VariableVersionPage:
    """List every version of a variable in the order they were made: when and by whom, and for which time it holds."""
    found = await catalogue.variable_versions(ports, caller, VariableCode(code))
    return asked.page(VariableVersionPage, [version_out(version) for version in found])
