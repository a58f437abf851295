"""Quality rules: reading them and changing them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.canonical import digest
from chassis.event import Event
from domain.codec import encode
from domain.quality_rule import QualityRule, UnknownQualityRule

from indicators.ports import Ports
from indicators.usecases.sight import CATALOGUE_READERS

Check = Callable[[int], None]


async def rules(ports: Ports, caller: Caller) -> Sequence[QualityRule]:
    """Give the newest version of each rule."""
    caller.must_be(*CATALOGUE_READERS)
    async with ports.look(None) as work:
        return await work.quality_rules.newest()


async def versions(ports: Ports, caller: Caller, code: str) -> Sequence[QualityRule]:
    """Give all versions of one rule, oldest first."""
    caller.must_be(*CATALOGUE_READERS)
    async with ports.look(None) as work:
        found = await work.quality_rules.versions(code)
    if not found:
        raise UnknownQualityRule(code)
    return found


async def put_rule(ports: Ports, caller: Caller, sent: QualityRule, check: Check) -> QualityRule:
    """
    Add a rule, or the next version of one whose newest the caller has seen; what says the same is no new version.

    It holds for deliveries from now on; what was found before stays until its figures are delivered again.
    """
    caller.must_be(Role.OPERATOR)
    async with ports.begin() as work:
        sent.must_fit(await work.catalogue.variables())
        newest = await work.quality_rules.locked(sent.code)
        if newest is not None:
            check(newest.version)
            if sent.says_the_same(newest):
                return newest
        rule = replace(sent, version=newest.version + 1 if newest else 1)
        await work.quality_rules.add(rule)
        before = digest({"value": encode(newest)}) if newest else None
        change = Change(
            by=caller.subject,
            action="quality_rule.changed" if newest else "quality_rule.added",
            resource=f"quality-rule:{rule.code}",
            before=before,
            after=digest({"value": encode(rule)}),
        )
        await work.audit.record(change)
        data = {"code": rule.code, "version": rule.version}
        await work.events.tell(Event(type="quality_rule.changed", subject=rule.code, data=data))
    return rule
