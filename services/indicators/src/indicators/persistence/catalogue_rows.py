"""Variables and definitions as JSON rows."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from typing import Any, cast

import sqlalchemy as sa
from domain.codec import Payload, decode, decode_fields, encode
from domain.formula.grammar import parse
from domain.formula.printing import written
from domain.identity import IndicatorCode, VariableCode
from domain.indicator import FEDERAL, Definition
from domain.variable import Variable
from domain.variable_versions import overall
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t
from indicators.persistence.locks import Lock
from indicators.ports import VariableVersion
from indicators.usecases.errors import VersionTaken

USUAL = {"low": None, "high": None, "valid_from": None, "valid_until": None}
CHANGES_WAIT = sa.text("SELECT pg_advisory_xact_lock(:lock)").bindparams(lock=Lock.CATALOGUE)
EDITIONS = ("0001", "0005", "0008", "0017")
"""The migrations that ship rows of the catalogue, oldest first."""


class StoredCatalogue:
    """Implements `Catalogue`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def variables(self, as_of: datetime | None = None) -> Mapping[VariableCode, Variable]:
        """Give what formulas may use."""
        v = t.variable_versions.c
        known = sa.true() if as_of is None else (v.version == 1) | (v.at <= as_of)
        return {code: overall(versions) for code, versions in (await self._versions(known)).items()}

    async def variables_over_time(self) -> Mapping[VariableCode, Sequence[Variable]]:
        """Give all versions."""
        return await self._versions(sa.true())

    async def newest_variables(self) -> Mapping[VariableCode, Variable]:
        """Give what was made last."""
        rows = await self._connection.scalars(sa.select(t.variables.c.body).order_by(t.variables.c.code))
        return {variable.code: variable for variable in map(variable_from, rows)}

    async def definitions(self, as_of: datetime | None = None) -> Mapping[IndicatorCode, Sequence[Definition]]:
        """Give all versions of all indicators, variant by variant; those that shipped were known before any instant."""
        d = t.definitions.c
        known = sa.true() if as_of is None else d.recorded_at.is_(None) | (d.recorded_at <= as_of)
        query = sa.select(d.body).where(known).order_by(d.indicator, d.variant != FEDERAL, d.variant, d.version)
        grouped: dict[IndicatorCode, list[Definition]] = {}
        for body in await self._connection.scalars(query):
            definition = definition_from(body)
            grouped.setdefault(definition.indicator, []).append(definition)
        return grouped

    async def lock(self) -> datetime:
        """Let other changes wait, and look at the clock only then, so that no release learns of a change afterwards."""
        await self._connection.execute(CHANGES_WAIT)
        at: datetime = (await self._connection.execute(sa.select(sa.func.clock_timestamp()))).scalar_one()
        return at

    async def put_variable(self, version: VariableVersion) -> None:
        """Create or change a variable."""
        row = {"code": version.variable.code, "body": variable_body(version.variable)}
        new = insert(t.variables).values(row)
        await self._connection.execute(new.on_conflict_do_update(index_elements=["code"], set_={"body": row["body"]}))
        kept = {"version": version.version, "at": version.at, "by": version.by}
        await self._connection.execute(t.variable_versions.insert().values(**row, **kept))

    async def variable_versions(self, code: VariableCode) -> Sequence[VariableVersion]:
        """Give every version of a variable, oldest first."""
        v = t.variable_versions
        query = sa.select(v).where(v.c.code == code).order_by(v.c.version)
        return [
            VariableVersion(version=row.version, at=row.at, by=row.by, variable=variable_from(row.body))
            for row in await self._connection.execute(query)
        ]

    async def add_definition(self, definition: Definition, at: datetime) -> None:
        """Add a version of an indicator."""
        row = {name: getattr(definition, name) for name in ("indicator", "variant", "version")}
        new = insert(t.definitions).values(**row, recorded_at=at, body=definition_body(definition))
        if not (await self._connection.execute(new.on_conflict_do_nothing())).rowcount:
            raise VersionTaken(definition.name)

    async def _versions(self, known: sa.ColumnElement[bool]) -> Mapping[VariableCode, Sequence[Variable]]:
        v = t.variable_versions.c
        grouped: dict[VariableCode, list[Variable]] = {}
        for body in await self._connection.scalars(sa.select(v.body).where(known).order_by(v.code, v.version)):
            variable = variable_from(body)
            grouped.setdefault(variable.code, []).append(variable)
        return grouped


def edition(name: str) -> tuple[list[Payload], list[Payload]]:
    """Give the rows of variables and definitions as one migration ships them; an edition never changes."""
    folder = files("indicators.persistence") / "catalogue" / name
    variables, definitions = (
        json.loads((folder / f"{kind}.json").read_text("utf-8")) for kind in ("variables", "indicators")
    )
    return variables, definitions


def shipped() -> tuple[list[Variable], list[Definition]]:
    """Give the catalogue that comes with the service, each row as its newest edition has it; formulas are checked."""
    variables: dict[VariableCode, Variable] = {}
    definitions: dict[str, Definition] = {}
    for name in EDITIONS:
        some_variables, some_definitions = edition(name)
        variables |= {variable.code: variable for variable in map(variable_from, some_variables)}
        definitions |= {definition.name: definition for definition in map(definition_from, some_definitions)}
    for definition in definitions.values():
        definition.check(variables)
    return list(variables.values()), list(definitions.values())


def variable_from(body: Payload) -> Variable:
    """Read a variable."""
    return decode(Variable, {**USUAL, **body})


def variable_body(variable: Variable) -> dict[str, Any]:
    """Write a variable."""
    return cast("dict[str, Any]", encode(variable))


def definition_from(body: Payload) -> Definition:
    """Read a definition; its formula is text."""
    return Definition(formula=parse(body["formula"]), **decode_fields(Definition, body, but="formula"))


def definition_body(definition: Definition) -> dict[str, Any]:
    """Write a definition."""
    return {name: encode(getattr(definition, name)) for name in Definition.__slots__ if name != "formula"} | {
        "formula": written(definition.formula)
    }
