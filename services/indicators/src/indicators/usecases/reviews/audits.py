"""The register of external audits; their findings become checkpoints of internal control."""

from collections.abc import Sequence
from uuid import UUID

from chassis.caller import Caller, Role
from domain.external_audit import AuditFinding, CheckpointMade, ExternalAudit
from domain.review_grid import AuditSource, extended

from indicators.ports import Ports
from indicators.ports.documents import Filed
from indicators.usecases.filing import Check, file, refile
from indicators.usecases.reviews import grids
from indicators.usecases.reviews.errors import UnknownGrid
from indicators.usecases.reviews.sight import GRID_READERS, reviewing
from indicators.usecases.sight import known_units


async def register(ports: Ports, caller: Caller, id: UUID, sent: ExternalAudit) -> Filed[ExternalAudit]:
    """Register an audit."""
    await _must_be_ours(ports, caller, sent)
    async with ports.begin() as work:
        return await file(work, caller, work.external_audits, id, sent, "external_audit.registered")


async def change(ports: Ports, caller: Caller, id: UUID, check: Check, sent: ExternalAudit) -> Filed[ExternalAudit]:
    """Correct an audit or add findings; a finding that became a checkpoint stays."""
    await _must_be_ours(ports, caller, sent)
    async with ports.begin() as work:
        known = await work.external_audits.locked(id)
        check(known.version)
        changed = known.value.changed_to(sent)
        return await refile(work, caller, work.external_audits, known, changed, "external_audit.changed")


async def one(ports: Ports, caller: Caller, id: UUID) -> Filed[ExternalAudit]:
    """Give one audit."""
    async with reviewing(ports, caller, roles=GRID_READERS) as (work, _, _):
        return await work.external_audits.get(id)


async def matching(
    ports: Ports, caller: Caller, units: Sequence[str], after: UUID | None, limit: int
) -> list[Filed[ExternalAudit]]:
    """List audits of units within reach, and those that concern all, in the order of their registration."""
    async with reviewing(ports, caller, units, GRID_READERS) as (work, _, _):
        return await work.external_audits.matching({"unit": units}, after, limit)


async def make_checkpoint(
    ports: Ports, caller: Caller, id: UUID, number: int, code: str, question: str, area: str | None
) -> tuple[Filed[ExternalAudit], AuditFinding]:
    """Turn a finding into a checkpoint of the next version of a grid; both sides remember one another."""
    caller.must_be(Role.OPERATOR)
    async with ports.begin() as work:
        known = await work.external_audits.locked(id)
        finding = known.value.must_be_free(number, code)
        versions = await work.review_grids.versions(code, alone=True)
        if not versions:
            raise UnknownGrid(code, 1)
        grid = extended(versions, question, area or finding.area, AuditSource(audit=id, finding=number))
        await grids.keep(work, caller, grid)
        made = CheckpointMade(grid=code, version=grid.version, number=grid.checkpoints[-1].number)
        changed = known.value.with_checkpoint(number, made)
        told = "external_audit.finding_became_checkpoint"
        filed = await refile(work, caller, work.external_audits, known, changed, told)
        return filed, changed.finding(number)


async def _must_be_ours(ports: Ports, caller: Caller, sent: ExternalAudit) -> None:
    caller.must_be(Role.OPERATOR)
    sent.must_be_over(ports.today())
    if sent.unit is not None:
        (await known_units(ports)).get(sent.unit)
