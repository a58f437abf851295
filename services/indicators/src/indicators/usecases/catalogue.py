"""Reading and extending the catalogue of variables and indicators."""

from collections.abc import Callable, Mapping, Sequence

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.canonical import digest
from chassis.event import Event
from domain.codec import encode
from domain.formula.typing import Variables
from domain.identity import IndicatorCode, VariableCode
from domain.indicator import Definition, UnknownIndicator, UnknownVariant
from domain.variable import UnknownVariable, Variable
from domain.variable_versions import overall

from indicators.ports import Ports, VariableVersion, Work
from indicators.usecases.sight import CATALOGUE_READERS

Check = Callable[[Variable | None], None]
"""Refuses a caller who holds another version of a variable than the newest; None where there is none yet."""


async def variables(ports: Ports, caller: Caller) -> Mapping[VariableCode, Variable]:
    """Give all variables with what formulas may use of them."""
    caller.must_be(*CATALOGUE_READERS)
    async with ports.look(None) as work:
        return await work.catalogue.variables()


async def newest_variables(ports: Ports, caller: Caller) -> Mapping[VariableCode, Variable]:
    """Give of each variable the version made last."""
    caller.must_be(*CATALOGUE_READERS)
    async with ports.look(None) as work:
        return await work.catalogue.newest_variables()


async def variable(ports: Ports, caller: Caller, code: VariableCode) -> Variable:
    """Give the version of a variable made last."""
    found = (await newest_variables(ports, caller)).get(code)
    if found is None:
        raise UnknownVariable(code)
    return found


async def variable_versions(ports: Ports, caller: Caller, code: VariableCode) -> Sequence[VariableVersion]:
    """Give every version of a variable, oldest first."""
    caller.must_be(*CATALOGUE_READERS)
    async with ports.look(None) as work:
        found = await work.catalogue.variable_versions(code)
    if not found:
        raise UnknownVariable(code)
    return found


async def put_variable(ports: Ports, caller: Caller, changed: Variable, check: Check) -> Variable:
    """
    Create a variable or make another version of it; every formula must still make sense over the catalogue.

    A version takes the place of the one that begins on the same day; else it holds from its first day on.
    """
    caller.must_be(Role.OPERATOR)
    async with ports.begin() as work:
        at = await work.catalogue.lock()
        known = await work.catalogue.variables_over_time()
        made = known.get(changed.code, ())
        before = made[-1] if made else None
        check(before)
        usable = {code: overall(versions) for code, versions in {**known, changed.code: (*made, changed)}.items()}
        _must_make_sense(await work.catalogue.definitions(), usable)
        if before != changed:
            version = VariableVersion(version=len(made) + 1, at=at, by=caller.subject, variable=changed)
            await work.catalogue.put_variable(version)
            await _tell(work, version, before)
    return changed


def _must_make_sense(definitions: Mapping[IndicatorCode, Sequence[Definition]], catalogue: Variables) -> None:
    for versions in definitions.values():
        for definition in versions:
            definition.check(catalogue)


async def _tell(work: Work, version: VariableVersion, before: Variable | None) -> None:
    changed = version.variable
    old = digest({"value": encode(before)}) if before else None
    new = digest({"value": encode(changed)})
    resource = f"variable:{changed.code}"
    await work.audit.record(Change(by=version.by, action="variable.changed", resource=resource, before=old, after=new))
    data = {"code": changed.code, "version": version.version}
    await work.events.tell(Event(type="variable.changed", subject=changed.code, data=data))


async def definitions(ports: Ports, caller: Caller) -> Mapping[IndicatorCode, Sequence[Definition]]:
    """Give all versions of all indicators."""
    caller.must_be(*CATALOGUE_READERS)
    async with ports.look(None) as work:
        return await work.catalogue.definitions()


async def versions(ports: Ports, caller: Caller, code: IndicatorCode) -> Sequence[Definition]:
    """Give all versions of one indicator, variant by variant, each oldest first."""
    found = (await definitions(ports, caller)).get(code)
    if not found:
        raise UnknownIndicator(code)
    return found


async def newest(ports: Ports, caller: Caller, code: IndicatorCode, variant: str) -> Definition:
    """Give the newest version of one indicator in one variant."""
    found = [version for version in await versions(ports, caller, code) if version.variant == variant]
    if not found:
        raise UnknownVariant(indicator=code, variant=variant)
    return found[-1]


async def add_definition(ports: Ports, caller: Caller, definition: Definition) -> Definition:
    """Add a version of an indicator whose formula makes sense over the catalogue."""
    caller.must_be(Role.OPERATOR)
    async with ports.begin() as work:
        at = await work.catalogue.lock()
        definition.check(await work.catalogue.variables())
        await work.catalogue.add_definition(definition, at)
        data = {name: getattr(definition, name) for name in ("indicator", "variant", "version")}
        text = {"indicator": definition.name, "formula": str(definition.formula)}
        resource = f"indicator:{definition.name}"
        await work.audit.record(
            Change(by=caller.subject, action="indicator.defined", resource=resource, after=digest(text))
        )
        await work.events.tell(Event(type="indicator.defined", subject=definition.indicator, data=data))
    return definition
