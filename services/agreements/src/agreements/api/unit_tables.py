"""Units over time: registers as of a day, other names and kinds, lines of succession; tables in and out."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from chassis.auth import Identified
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked
from chassis.tables.writing import AS_TABLE, TableAsked, table
from chassis.wire import Told
from domain.codec import encode
from domain.unit import UnitKind
from domain.unit_lineage import UnitLineage, lineage_of
from domain.unit_relation import Relation, RelationKind
from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel

from agreements.api.forms import told, told_form
from agreements.api.given import Given
from agreements.api.table import AS_CSV, rows_of
from agreements.api.unit_schemas import (
    CountsOut,
    DesignationIn,
    RelationIn,
    RelationOut,
    RelationPage,
    UnitIn,
    UnitOut,
    unit_out,
)
from agreements.usecases import units as usecases

router = APIRouter(tags=["units"], route_class=KeyedRoute)
UNIT_COLUMNS = ("code", "name", "kind", "ags", "valid_from", "valid_until")
UNIT_NEEDED = ("code", "name", "kind")
RELATION_COLUMNS = ("kind", "source", "target", "scope", "valid_from", "valid_until")
Code = Annotated[str, Path(description="the unit's code")]
AsOf = Annotated[date, Query(description="the day whose register this is")]
Kinds = Annotated[list[UnitKind], Query(min_length=1, description="the kinds the register lists completely")]
Units = Annotated[list[str] | None, Query(description="only where these units stand on one side")]
RelationKinds = Annotated[list[RelationKind] | None, Query(description="only these kinds")]
On = Annotated[date | None, Query(description="only what holds on this day")]


class UnexplainedOut(Told):
    """A unit that is no longer listed and that nobody succeeds; `alike` is a new one of the same name and kind."""

    code: str
    name: str
    alike: str | None


class RegisterOut(Told):
    """What a register made of the tree."""

    begun: list[str]
    renamed: list[str]
    ended: list[str]
    unchanged: int
    unexplained: list[UnexplainedOut]


@router.post("/v1/units/table", openapi_extra=AS_CSV)
async def load_unit_table(request: Request, ports: Given, caller: Identified) -> CountsOut:
    """Create or change units from a CSV table; nothing is kept if a row is wrong."""
    rows = await rows_of(request, ports, caller, UnitIn, UNIT_COLUMNS, UNIT_NEEDED)
    units = [row.value() for row in rows.values()]
    return CountsOut.model_validate(encode(await usecases.load_units(ports, caller, units, [])))


@router.post("/v1/units/registers", openapi_extra=AS_CSV)
async def load_register(request: Request, ports: Given, caller: Identified, as_of: AsOf, kind: Kinds) -> RegisterOut:
    """Take over a whole register as of a day: who is new begins, who is gone ends, other names hold from it."""
    rows = await rows_of(request, ports, caller, UnitIn, UNIT_COLUMNS, UNIT_NEEDED)
    units = [row.value() for row in rows.values()]
    done = await usecases.load_register(ports, caller, units, kind, as_of)
    return RegisterOut.model_validate(asdict(done), extra="ignore")


@router.post("/v1/units/{code}/designations")
async def rename_unit(code: Code, sent: DesignationIn, ports: Given, caller: Identified) -> UnitOut:
    """Give a unit another name or kind from a day on; agreements, goals and figures stay with it."""
    renamed = await usecases.rename(ports, caller, code, sent.name, sent.kind, sent.since)
    return unit_out(renamed, ports.today())


@router.get("/v1/units/{code}/lineage", response_model=told_form(UnitLineage))
async def get_unit_lineage(code: Code, ports: Given, caller: Identified) -> BaseModel:
    """Tell where a unit comes from and what became of it: mergers, splits, new numbers, changes of kind."""
    return told(UnitLineage, lineage_of(await usecases.all_units(ports, caller), code))


@router.post("/v1/unit-relations/table", openapi_extra=AS_CSV)
async def load_relation_table(request: Request, ports: Given, caller: Identified) -> CountsOut:
    """Create or change relations between units from a CSV table; nothing is kept if a row is wrong."""
    rows = await rows_of(request, ports, caller, RelationIn, RELATION_COLUMNS, ("kind", "source", "target"))
    relations = [row.value() for row in rows.values()]
    return CountsOut.model_validate(encode(await usecases.load_units(ports, caller, [], relations)))


@router.get("/v1/unit-relations", response_model=RelationPage, responses=AS_TABLE)
async def list_relations(
    ports: Given,
    caller: Identified,
    form: TableAsked,
    asked: Asked,
    unit: Units = None,
    kind: RelationKinds = None,
    on: On = None,
) -> Any:
    """List relations between units; as a table all of them."""
    known = (await usecases.all_units(ports, caller)).relations
    found = [relation for relation in known if _wanted(relation, unit, kind, on)]
    if form:
        return table(form, RELATION_COLUMNS, found)
    shown, following = asked.cut(found, [f"{r.kind} {r.source} {r.target} {r.valid_from}" for r in found])
    return RelationPage(items=[RelationOut.model_validate(encode(relation)) for relation in shown], next=following)


def _wanted(relation: Relation, units: list[str] | None, kinds: list[RelationKind] | None, on: date | None) -> bool:
    touched = not units or relation.source in units or relation.target in units
    return touched and (not kinds or relation.kind in kinds) and (on is None or relation.valid_on(on))
