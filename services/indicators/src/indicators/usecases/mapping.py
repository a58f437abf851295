"""Mapping profiles: a sender's way of writing, tried on a sample before it is kept, and its rows put into our words."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl
from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.canonical import digest
from domain.admission import Admission
from domain.codec import encode
from domain.identity import DeliveryId
from domain.profile import PLAIN, MappingProfile, ProfileUnfit, ProfileUnready, UnknownProfile

from indicators.ports import Ports, Work
from indicators.usecases.arriving import once
from indicators.usecases.checking import Checker
from indicators.usecases.errors import FileUnreadable
from indicators.usecases.keeping_back import at_origin
from indicators.usecases.shapes import OBSERVATIONS
from indicators.usecases.sight import READERS, known_units
from indicators.usecases.translating import translated

SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A few rows of a sender's file, to try a profile on."""

    id: DeliveryId
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a profile made of its sample: rows in our words, and what is wrong with them."""

    read: int
    rejected: int
    rows: pl.DataFrame
    findings: pl.DataFrame


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
    trial = await _tried(ports, wanted, sample)
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


async def chosen(work: Work, code: str | None, sender: str) -> MappingProfile:
    """Give the profile that is named, else the one meant for this sender, else the plain way."""
    if code is not None:
        named = await work.profiles.get(code)
    else:
        meant = (one for one in await work.profiles.newest() if sender in one.senders)
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


async def _tried(ports: Ports, wanted: MappingProfile, sample: Sample) -> Trial:
    units = await known_units(ports)
    async with ports.look(None) as work:
        variables = await work.catalogue.variables_over_time()
    checker = Checker(variables, Admission(units=units, allowed=None, today=ports.today()))
    slices = [translated(rows, wanted, units) for rows in await _slices(ports, wanted, sample)]
    checked = await asyncio.to_thread(lambda: [checker.check(checker.numbered(rows)) for rows in slices])
    return Trial(
        read=sum(one.read for one in checked),
        rejected=sum(one.rejected for one in checked),
        rows=pl.concat(slices, how="diagonal").head(SHOWN),
        findings=pl.concat([at_origin(one.bad, rows) for one, rows in zip(checked, slices, strict=True)]).head(SHOWN),
    )


async def _slices(ports: Ports, wanted: MappingProfile, sample: Sample) -> list[pl.DataFrame]:
    await ports.spool.keep(sample.id, once(sample.content))
    try:
        path = ports.spool.path(sample.id)
        return await asyncio.to_thread(lambda: list(ports.read(path, sample.media_type, OBSERVATIONS, wanted)))
    except FileUnreadable as error:
        raise ProfileUnfit(error.detail()) from error
    finally:
        await ports.spool.drop(sample.id)
