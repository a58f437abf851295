"""Mapping profiles: a sender's way of writing, tried on a sample before it is kept, and chosen for deliveries."""

from collections.abc import Sequence
from dataclasses import replace

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.canonical import digest
from domain.codec import encode
from domain.delivery import DeliveryKind
from domain.profile import PLAIN, MappingProfile, ProfileForAnotherKind, ProfileUnready, UnknownProfile

from indicators.ports import Ports, Work
from indicators.usecases.shapes import SHAPES
from indicators.usecases.sight import READERS
from indicators.usecases.trying_profiles import Sample, Trial, tried


async def profiles(ports: Ports, caller: Caller) -> Sequence[MappingProfile]:
    """List the newest version of every profile."""
    caller.must_be(*READERS)
    async with ports.look(None) as work:
        return await work.profiles.newest()


async def profile(ports: Ports, caller: Caller, code: str) -> MappingProfile:
    """Give the newest version of one."""
    caller.must_be(*READERS)
    async with ports.look(None) as work:
        return await work.profiles.get(code)


async def put_profile(
    ports: Ports, caller: Caller, wanted: MappingProfile, sample: Sample, *, keep: bool
) -> tuple[MappingProfile, Trial]:
    """Try a profile on its sample and keep it as the next version; what cannot even be read is refused."""
    caller.must_be(Role.OPERATOR)
    wanted.must_fill(SHAPES[wanted.kind].columns)
    trial = await tried(ports, wanted, sample)
    if not keep:
        return wanted, trial
    async with ports.begin() as work:
        version = await work.profiles.next_version(wanted.code)
        kept = replace(wanted, version=version)
        await work.profiles.add(kept)
        change = Change(
            by=caller.subject,
            action="profile.kept",
            resource=f"profile:{kept.name}",
            after=digest({"value": encode(kept)}),
        )
        await work.audit.record(change)
    return kept, trial


async def chosen(work: Work, code: str | None, sender: str, kind: DeliveryKind) -> MappingProfile:
    """Give the profile that is named, else the one meant for this sender and kind of delivery, else the plain way."""
    if code is not None:
        named = await work.profiles.get(code)
        if named.kind is not kind:
            raise ProfileForAnotherKind(code=code, kind=named.kind, delivered=kind)
    else:
        meant = (one for one in await work.profiles.newest() if sender in one.senders and one.kind is kind)
        named = next(meant, PLAIN)
    if not named.ready:
        raise ProfileUnready(code=named.code, remark=named.remark)
    return named


async def named(work: Work, name: str | None) -> MappingProfile:
    """Give the very version of a profile that a delivery came with."""
    if not name:
        return PLAIN
    code, _, version = name.rpartition("@")
    found = await work.profiles.version(code, int(version))
    if found is None:
        raise UnknownProfile(name)
    return found
