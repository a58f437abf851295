"""`/v1/units`: the organisational units and how they hang together."""

from datetime import date
from typing import Annotated, Any

from chassis.auth import Identified
from chassis.canonical import sha256
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked
from chassis.tables.writing import AS_TABLE, TableAsked, table
from domain.codec import encode
from domain.unit import Unit, UnitKind, Units
from domain.unit_payload import payload_of
from fastapi import APIRouter, Path, Query, Request, Response

from agreements.api.given import Given
from agreements.api.unit_schemas import (
    CountsOut,
    TreeOut,
    UnitPage,
    UnitsIn,
    UnitWithRelations,
    unit_out,
    unit_with_relations,
)
from agreements.api.unit_tables import UNIT_COLUMNS
from agreements.usecases import comparing, neighbouring
from agreements.usecases import units as usecases

router = APIRouter(tags=["units"], route_class=KeyedRoute)
Kinds = Annotated[list[UnitKind] | None, Query(description="only these kinds")]
Below = Annotated[str | None, Query(description="only what an authority over this unit reaches")]
On = Annotated[date | None, Query(description="only units valid on this day; relations as of it (default today)")]
OnDay = Annotated[date | None, Query(description="the tree as it was on this day")]
Code = Annotated[str, Path(description="the unit's code")]


@router.post("/v1/units")
async def load_units(sent: UnitsIn, ports: Given, caller: Identified) -> CountsOut:
    """Create or change units and relations in one go."""
    units, relations = [u.value() for u in sent.units], [r.value() for r in sent.relations]
    return CountsOut.model_validate(encode(await usecases.load_units(ports, caller, units, relations)))


@router.get("/v1/units", response_model=UnitPage, responses=AS_TABLE)
async def list_units(
    ports: Given,
    caller: Identified,
    form: TableAsked,
    asked: Asked,
    kind: Kinds = None,
    below: Below = None,
    on: On = None,
) -> Any:
    """List units in the order of their codes, as they are on the day or today; or as a table."""
    day = on or ports.today()
    found = _selected(await usecases.all_units(ports, caller), kind, below, day, ended=on is None)
    if form:
        return table(form, UNIT_COLUMNS, [unit.on(day) for unit in found])
    shown, following = asked.cut(found, [unit.code for unit in found])
    return UnitPage(items=[unit_out(unit, day) for unit in shown], next=following)


@router.get("/v1/units/tree", response_model=TreeOut)
async def get_tree(request: Request, ports: Given, caller: Identified, on: OnDay = None) -> Response:
    """Give units, how they hang together and are compared in one document: all that ever was, or as of a day."""
    units, groups = await usecases.all_units(ports, caller), await comparing.known(ports, caller, on)
    compared = {"comparison_groups": groups, "nearest_neighbours": await neighbouring.known(ports, caller, [], on)}
    payload = payload_of(units.as_of(on) if on else units)
    tree = TreeOut.model_validate({**payload, **{name: encode(found) for name, found in compared.items()}})
    return tagged(request, tree, sha256(tree.model_dump_json().encode()))


@router.get("/v1/units/{code}", response_model=UnitWithRelations)
async def get_unit(request: Request, code: Code, ports: Given, caller: Identified, on: OnDay = None) -> Response:
    """Give one unit with its relations, groups and neighbours, as it is on a day or today."""
    units, groups = await usecases.all_units(ports, caller), await comparing.known(ports, caller, None)
    neighbours = await neighbouring.known(ports, caller, [code], None)
    told = unit_with_relations(units, units.get(code), groups, neighbours, on or ports.today())
    return tagged(request, told, sha256(told.model_dump_json().encode()))


def _selected(units: Units, kinds: list[UnitKind] | None, below: str | None, day: date, *, ended: bool) -> list[Unit]:
    reached = units.below([units.get(below).code], day) if below else units.units.keys()
    return [
        unit
        for code, unit in sorted(units.units.items())
        if code in reached and (ended or unit.valid_on(day)) and (not kinds or unit.on(day).kind in kinds)
    ]
