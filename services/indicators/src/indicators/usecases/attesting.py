"""Attestation: a unit's lead stands for a month; what was known then is frozen by its digest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.caller import Caller, Role, visible
from chassis.canonical import digest
from domain.attestation import Attestation, AttestationStatus, Withdrawal, must_be_over, must_not_be_ahead
from domain.identity import UnitCode
from domain.observation import Observation
from domain.period import Month
from domain.unit_parts import with_parts
from domain.value_status import ValueStatus

from indicators.ports import Ports, Span, Work
from indicators.ports.documents import Filed
from indicators.ports.vintages import Extent
from indicators.usecases.attesting_errors import NothingToAttest, UnknownAttestation
from indicators.usecases.filing import Check, authority, file, refile
from indicators.usecases.sight import BERLIN, must_reach, seeing

Place = tuple[UnitCode, Month]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested:
    """What a lead says: this month of this unit is complete and checked, as of an instant (now where none is given)."""

    unit: UnitCode
    month: Month
    as_of: datetime | None
    office: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """An attestation, and whether anything was recorded of its month since."""

    filed: Filed[Attestation]
    changed: bool

    @property
    def holds(self) -> bool:
        """Say whether what was attested is what is known."""
        return not self.changed


async def attest(ports: Ports, caller: Caller, id: UUID, said: Attested, now: datetime) -> Stood:
    """Stand for a unit's month."""
    caller.must_be(Role.UNIT_LEAD)
    units, reach = await authority(ports, caller)
    must_reach(units, reach, said.unit)
    as_of = said.as_of or now
    must_not_be_ahead(as_of, now)
    must_be_over(said.month, as_of.astimezone(BERLIN).date())
    async with ports.begin() as work:
        covers = sorted(with_parts(units, [said.unit], [said.month]))
        # Counted before it is read: what is recorded in between shows as a change, never as attested.
        (revisions,) = await work.vintages.revisions([Extent(units=covers, month=said.month, as_of=said.as_of)])
        values = await _values(work, covers, said)
        if not values:
            raise NothingToAttest(unit=said.unit, month=str(said.month), as_of=as_of.isoformat())
        attestation = Attestation(
            unit=said.unit,
            month=said.month,
            as_of=as_of,
            at=now,
            by=caller.subject,
            office=said.office,
            note=said.note,
            covers=tuple(covers),
            digest=frozen(said.unit, said.month, values),
            values=len(values),
            revisions=revisions,
        )
        return Stood(
            filed=await file(work, caller, work.attestations, id, attestation, "attestation.made"), changed=False
        )


async def withdraw(ports: Ports, caller: Caller, id: UUID, check: Check, reason: str, now: datetime) -> Stood:
    """Take an attestation back, with the reason."""
    caller.must_be(Role.UNIT_LEAD)
    _, reach = await authority(ports, caller)
    async with ports.begin() as work:
        known = await work.attestations.locked(id)
        if not visible(reach, {known.value.unit}):
            raise UnknownAttestation(id)
        check(known.version)
        withdrawn = known.value.withdrawn(Withdrawal(by=caller.subject, at=now, reason=reason))
        filed = await refile(work, caller, work.attestations, known, withdrawn, "attestation.withdrawn")
        (stood,) = await with_changes(work, [filed])
        return stood


async def one(ports: Ports, caller: Caller, id: UUID) -> Stood:
    """Give one attestation."""
    async with seeing(ports, caller) as (work, _, _):
        (stood,) = await with_changes(work, [await work.attestations.get(id)])
        return stood


async def matching(
    ports: Ports,
    caller: Caller,
    units: Sequence[str],
    months: Sequence[Month],
    statuses: Sequence[AttestationStatus],
    after: UUID | None,
    limit: int,
) -> Sequence[Stood]:
    """List attestations within reach in the order they were made."""
    async with seeing(ports, caller) as (work, _, _):
        keys = {"unit": units, "month": months, "status": statuses}
        return await with_changes(work, await work.attestations.matching(keys, after, limit))


async def standing_for(work: Work, units: Sequence[UnitCode], months: Sequence[Month]) -> Mapping[Place, Stood]:
    """Give the attestation that stands for each of these units and months, where one does: two queries for all."""
    wanted = {"unit": units, "month": months, "status": [AttestationStatus.ATTESTED]}
    stood = await with_changes(work, await work.attestations.matching(wanted))
    return {(one.filed.value.unit, one.filed.value.month): one for one in stood}


async def with_changes(work: Work, found: Sequence[Filed[Attestation]]) -> Sequence[Stood]:
    """Say of each attestation whether anything was recorded since: one query for all."""
    extents = [Extent(units=filed.value.covers, month=filed.value.month) for filed in found]
    counts = await work.vintages.revisions(extents) if extents else ()
    return [
        Stood(filed=filed, changed=filed.value.changed_since(count)) for filed, count in zip(found, counts, strict=True)
    ]


def frozen(unit: UnitCode, month: Month, values: Sequence[Observation]) -> str:
    """Give the SHA-256 of a month's values in canonical JSON; how a number is written does not matter."""
    ordered = sorted(values, key=lambda value: (value.unit, value.cell))
    return digest({"unit": unit, "month": str(month), "observations": [_frozen(value) for value in ordered]})


def _frozen(value: Observation) -> dict[str, object]:
    """Write a value; how it came to be is written where it was not counted."""
    counted = value.status is ValueStatus.COUNTED
    return {
        "unit": value.unit,
        "variable": value.cell.variable,
        "dimensions": dict(value.cell.dimensions),
        "value": "" if value.value is None else f"{value.value.normalize():f}",
        **({} if counted else {"status": value.status.value}),
    }


async def _values(work: Work, covers: Sequence[UnitCode], said: Attested) -> list[Observation]:
    cells = await work.history.cells(list(await work.catalogue.variables()))
    span = Span(units=covers, cells=cells, first=said.month, last=said.month)
    return [known for known in await work.history.newest(span, said.as_of) if known.value is not None]
