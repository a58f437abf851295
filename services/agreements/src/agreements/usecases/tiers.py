"""Configuring who agrees with whom, and which bodies there are."""

from uuid import UUID

from chassis.caller import Caller, Role
from domain.body import Body
from domain.tier import SHIPPED, Tier

from agreements.ports import Filed, Ports, Work
from agreements.usecases.errors import StatutoryTier, UnknownCode
from agreements.usecases.filing import Check, file, refile
from agreements.usecases.naming import must_know
from agreements.usecases.sight import READERS


async def all_tiers(ports: Ports, caller: Caller) -> list[Tier]:
    """List the tiers in force: those shipped, and those configured in their place or beside them."""
    caller.must_be(*READERS)
    async with ports.look(None) as work:
        return list((await known_tiers(work)).values())


async def known_tiers(work: Work) -> dict[str, Tier]:
    """Give the tiers by their codes."""
    configured = [filed.value for filed in await work.tiers.matching({})]
    return {tier.code: tier for tier in (*SHIPPED, *configured)}


async def configure_tier(ports: Ports, caller: Caller, id: UUID, tier: Tier) -> Filed[Tier]:
    """Add a tier by state law, or replace one that is shipped and not statutory."""
    caller.must_be(Role.OPERATOR)
    if tier.statutory or any(shipped.statutory and shipped.code == tier.code for shipped in SHIPPED):
        raise StatutoryTier(tier.code)
    async with ports.begin() as work:
        known = await work.tiers.matching({"code": [tier.code]})
        if known:
            return await refile(work, caller, work.tiers, known[0], tier, "tier.changed")
        return await file(work, caller, work.tiers, id, tier, "tier.added")


async def all_bodies(ports: Ports, caller: Caller, units: list[str]) -> list[Filed[Body]]:
    """List bodies, all or those of some units."""
    caller.must_be(*READERS)
    async with ports.look(None) as work:
        return await work.bodies.matching({"unit": units})


async def body(ports: Ports, caller: Caller, code: str) -> Filed[Body]:
    """Give a body by its code."""
    caller.must_be(*READERS)
    async with ports.look(None) as work:
        return await known_body(work, code)


async def add_body(ports: Ports, caller: Caller, id: UUID, added: Body) -> Filed[Body]:
    """Add a body of a unit."""
    caller.must_be(Role.OPERATOR)
    async with ports.begin() as work:
        await _must_have_units(work, added)
        return await file(work, caller, work.bodies, id, added, "body.added")


async def change_body(ports: Ports, caller: Caller, code: str, check: Check, changed: Body) -> Filed[Body]:
    """Change a body."""
    caller.must_be(Role.OPERATOR)
    async with ports.begin() as work:
        known = await work.bodies.locked((await known_body(work, code)).id)
        check(known.version)
        await _must_have_units(work, changed)
        return await refile(work, caller, work.bodies, known, changed, "body.changed")


async def known_body(work: Work, code: str) -> Filed[Body]:
    """Give a body by its code; UnknownCode where there is none."""
    for filed in await work.bodies.matching({"code": [code]}):
        return filed
    raise UnknownCode(code)


async def _must_have_units(work: Work, body: Body) -> None:
    await must_know(work, {"/unit": body.unit, **{f"/seats/{n}/unit": seat.unit for n, seat in enumerate(body.seats)}})
