"""Releases (Datenstand): publishing a named state of the data, and what changed from one to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.canonical import digest
from chassis.event import Event
from domain.attestation import must_not_be_ahead
from domain.codec import encode
from domain.identity import UnitCode, VariableCode
from domain.period import Period
from domain.release import Release, ReleaseKind, standing_finals

from indicators.ports import Ports
from indicators.ports.vintages import Compared, ValueChange
from indicators.usecases.plan import Definitions
from indicators.usecases.releasing_errors import ReleaseExists, ReleasesBackward
from indicators.usecases.sight import BERLIN, seeing, with_all_below


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What is to be released; no `as_of` is now."""

    code: str
    title: str
    kind: ReleaseKind
    months: Period
    as_of: datetime | None
    replaces: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A release, and the one that replaced it, if any."""

    release: Release
    replaced_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A page of values that differ between two releases, and the definitions that came between them, by name."""

    values: Sequence[ValueChange]
    definitions: Sequence[str]


async def publish(ports: Ports, caller: Caller, asked: Published, now: datetime) -> Issued:
    """Publish a state of the data; it never changes afterwards."""
    caller.must_be(Role.OPERATOR)
    release = Release(
        code=asked.code,
        title=asked.title,
        kind=asked.kind,
        months=asked.months,
        as_of=asked.as_of or now,
        published_at=now,
        published_by=caller.subject,
        replaces=tuple(sorted(set(asked.replaces))),
        reason=asked.reason,
    )
    must_not_be_ahead(release.as_of, now)
    release.must_be_ripe(release.as_of.astimezone(BERLIN).date())
    async with ports.begin() as work:
        await work.releases.settle()
        known = await work.releases.all()
        if any(other.code == release.code for other in known):
            raise ReleaseExists(release.code)
        for code in release.replaces:
            await work.releases.get(code)
        release.must_follow(standing_finals(known))
        await work.releases.add(release)
        after = digest({"value": encode(release)})
        change = Change(by=caller.subject, action="release.published", resource=f"release:{release.code}", after=after)
        await work.audit.record(change)
        await work.events.tell(_event(release))
    return Issued(release=release, replaced_by=None)


async def issued(ports: Ports, caller: Caller) -> Sequence[Issued]:
    """List all releases in the order they were published."""
    async with seeing(ports, caller) as (work, _, _):
        known = await work.releases.all()
    followers = {code: release.code for release in known for code in release.replaces}
    return [Issued(release=release, replaced_by=followers.get(release.code)) for release in known]


async def one(ports: Ports, caller: Caller, code: str) -> Issued:
    """Give one release."""
    async with seeing(ports, caller) as (work, _, _):
        release = await work.releases.get(code)
        known = await work.releases.all()
    follower = next((other.code for other in known if code in other.replaces), None)
    return Issued(release=release, replaced_by=follower)


async def changes(
    ports: Ports,
    caller: Caller,
    codes: tuple[str, str],
    units: Sequence[str],
    variables: Sequence[str],
    after: tuple[str, int, str] | None,
    limit: int,
) -> Changed:
    """
    List what differs between two releases (earlier, later) in the months of the later one, within reach.

    Asked for units it is what differs of them and of all below them: of whatever their figures are made of.
    """
    async with seeing(ports, caller) as (work, tree, reach):
        below = with_all_below(tree, reach, units, ports.today()) if units else None
        earlier, later = [await work.releases.get(code) for code in codes]
        if earlier.as_of >= later.as_of:
            raise ReleasesBackward(since=earlier.code, code=later.code)
        compared = Compared(
            since=earlier.as_of,
            until=later.as_of,
            first=later.months.start,
            last=later.months.last,
            units=[UnitCode(code) for code in sorted(below or ())],
            variables=[VariableCode(variable) for variable in variables],
        )
        before, since = [_names(await work.catalogue.definitions(release.as_of)) for release in (earlier, later)]
        return Changed(values=await work.vintages.changes(compared, after, limit), definitions=sorted(since - before))


def _names(definitions: Definitions) -> set[str]:
    return {definition.name for versions in definitions.values() for definition in versions}


def _event(release: Release) -> Event:
    data = {
        "code": release.code,
        "kind": release.kind.value,
        "from": str(release.months.start),
        "to": str(release.months.last),
        "as_of": release.as_of.isoformat(),
        "replaces": list(release.replaces),
    }
    return Event(type="release.published", subject=release.code, data=data)
