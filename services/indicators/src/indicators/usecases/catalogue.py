"""Reading and extending the catalogue of variables and indicators."""

from collections.abc import Mapping, Sequence

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.canonical import digest
from chassis.event import Event
from domain.codec import encode
from domain.identity import IndicatorCode, VariableCode
from domain.indicator import Definition, UnknownIndicator, UnknownVariant
from domain.variable import UnknownVariable, Variable

from indicators.ports import Ports
from indicators.usecases.errors import VersionTaken
from indicators.usecases.sight import CATALOGUE_READERS


async def variables(ports: Ports, caller: Caller) -> Mapping[VariableCode, Variable]:
    """Give all variables."""
    caller.must_be(*CATALOGUE_READERS)
    async with ports.look(None) as work:
        return await work.catalogue.variables()


async def variable(ports: Ports, caller: Caller, code: VariableCode) -> Variable:
    """Give one variable."""
    found = (await variables(ports, caller)).get(code)
    if found is None:
        raise UnknownVariable(code)
    return found


async def put_variable(ports: Ports, caller: Caller, changed: Variable) -> Variable:
    """Create or change a variable; every formula must still make sense over the catalogue."""
    caller.must_be(Role.OPERATOR)
    async with ports.begin() as work:
        known = await work.catalogue.variables()
        catalogue = {**known, changed.code: changed}
        for versions in (await work.catalogue.definitions()).values():
            for definition in versions:
                definition.check(catalogue)
        await work.catalogue.put_variable(changed)
        before = digest({"value": encode(known[changed.code])}) if changed.code in known else None
        after = digest({"value": encode(changed)})
        resource = f"variable:{changed.code}"
        await work.audit.record(
            Change(by=caller.subject, action="variable.changed", resource=resource, before=before, after=after)
        )
        await work.events.tell(Event(type="variable.changed", subject=changed.code, data={"code": changed.code}))
    return changed


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
        definition.check(await work.catalogue.variables())
        known = (await work.catalogue.definitions()).get(definition.indicator, ())
        if any(other.name == definition.name for other in known):
            raise VersionTaken(definition.name)
        await work.catalogue.add_definition(definition)
        data = {name: getattr(definition, name) for name in ("indicator", "variant", "version")}
        text = {"indicator": definition.name, "formula": str(definition.formula)}
        resource = f"indicator:{definition.name}"
        await work.audit.record(
            Change(by=caller.subject, action="indicator.defined", resource=resource, after=digest(text))
        )
        await work.events.tell(Event(type="indicator.defined", subject=definition.indicator, data=data))
    return definition
