"""The ports of the catalogue, of the schedule and of the copied units, remembered instead of stored."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from chassis.caller import Reach
from domain.codec import decode
from domain.comparison_group import Membership
from domain.duty import Duty
from domain.identity import IndicatorCode, UnitCode, VariableCode
from domain.indicator import FEDERAL, Definition
from domain.nearest_neighbour import NearestNeighbour
from domain.period import Month
from domain.unit import Units
from domain.unit_payload import units_from
from domain.variable import Variable
from domain.variable_versions import overall
from indicators.ports import VariableVersion
from indicators.usecases.errors import UnitsNotKnownYet, VersionTaken

Place = tuple[UnitCode, Month, tuple[VariableCode, ...], Month]


class RememberedCatalogue:
    """Twin of `Catalogue`."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Begin with nothing, at this clock."""
        self._now = now
        self._versions: dict[VariableCode, list[VariableVersion]] = {}
        self._definitions: dict[str, tuple[Definition, datetime]] = {}

    async def variables(self, as_of: datetime | None = None) -> Mapping[VariableCode, Variable]:
        """Give what formulas may use."""
        return {
            code: overall([one.variable for one in (first, *later) if one is first or as_of is None or one.at <= as_of])
            for code, (first, *later) in sorted(self._versions.items())
        }

    async def newest_variables(self) -> Mapping[VariableCode, Variable]:
        """Give what was made last."""
        return {code: versions[-1] for code, versions in (await self.variables_over_time()).items()}

    async def variables_over_time(self) -> Mapping[VariableCode, Sequence[Variable]]:
        """Give all versions."""
        return {code: [one.variable for one in versions] for code, versions in sorted(self._versions.items())}

    async def definitions(self, as_of: datetime | None = None) -> Mapping[IndicatorCode, Sequence[Definition]]:
        """Give all versions of all indicators."""
        known = [definition for definition, at in self._definitions.values() if as_of is None or at <= as_of]
        ordered = sorted(known, key=_federal_first)
        return {code: list(versions) for code, versions in groupby(ordered, key=lambda one: one.indicator)}

    async def lock(self) -> datetime:
        """Nobody else is there; give the instant."""
        return self._now()

    async def put_variable(self, version: VariableVersion) -> None:
        """Keep a version of a variable."""
        self._versions.setdefault(version.variable.code, []).append(version)

    async def variable_versions(self, code: VariableCode) -> Sequence[VariableVersion]:
        """Give every version of a variable, oldest first."""
        return list(self._versions.get(code, ()))

    async def add_definition(self, definition: Definition, at: datetime) -> None:
        """Add a version of an indicator."""
        if definition.name in self._definitions:
            raise VersionTaken(definition.name)
        self._definitions[definition.name] = (definition, at)


class RememberedSchedule:
    """Twin of `Schedule`."""

    def __init__(self) -> None:
        """Begin with nobody owing anything."""
        self._kept: dict[Place, Duty] = {}

    async def put(self, duties: Sequence[Duty]) -> int:
        """Keep duties."""
        named = [replace(duty, variables=tuple(sorted(duty.variables))) for duty in duties]
        sent = {duty.place: duty for duty in named}
        self._kept |= sent
        return len(sent)

    async def remove(self, duties: Sequence[Duty]) -> None:
        """Remove duties."""
        for duty in duties:
            self._kept.pop(duty.place, None)

    async def duties(self, units: Reach) -> Sequence[Duty]:
        """List duties of these units."""
        return [duty for _, duty in sorted(self._kept.items()) if units is None or duty.unit in units]


class RememberedCopy:
    """Twin of `KnownUnits`: the document as it was told."""

    def __init__(self) -> None:
        """Begin without a copy."""
        self._told: str | None = None
        self._cursor: str | None = None

    async def tree(self) -> Units:
        """Give the copy."""
        if self._told is None:
            raise UnitsNotKnownYet
        return units_from(json.loads(self._told))

    async def memberships(self) -> Sequence[Membership]:
        """Say who is in which comparison group."""
        return decode(tuple[Membership, ...], self._list("comparison_groups"))

    async def neighbours(self) -> Sequence[NearestNeighbour]:
        """Say who are the nearest neighbours of units."""
        return decode(tuple[NearestNeighbour, ...], self._list("nearest_neighbours"))

    async def keep(self, document: Mapping[str, Any]) -> None:
        """Keep a newer copy, as it is told now."""
        self._told = json.dumps(document)

    async def cursor(self) -> str | None:
        """Say how far the feed of agreements has been read."""
        return self._cursor

    async def keep_cursor(self, cursor: str) -> None:
        """Remember how far."""
        self._cursor = cursor

    def _list(self, name: str) -> Any:
        return json.loads(self._told or "{}").get(name, [])


def _federal_first(definition: Definition) -> tuple[str, bool, str, int]:
    return definition.indicator, definition.variant != FEDERAL, definition.variant, definition.version
