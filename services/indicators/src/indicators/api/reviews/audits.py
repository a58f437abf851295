"""`/v1/external-audits`: the register of audits from outside, whose findings become checkpoints."""

from chassis.auth import Identified
from chassis.clock import NewId
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Cursor, Limit, cursor_of, uuid_of
from fastapi import APIRouter, Request, Response

from indicators.api.given import Given
from indicators.api.reviews.audit_schemas import (
    AuditFindingOut,
    CheckpointMadeIn,
    ExternalAuditIn,
    ExternalAuditOut,
    ExternalAuditPage,
    audit_out,
    finding_out,
)
from indicators.api.reviews.given import HeldVersion, Key, Number, Units
from indicators.usecases.reviews import audits

router = APIRouter(tags=["internal control"], route_class=KeyedRoute)
PATH = "/v1/external-audits/{id}"


@router.post("/v1/external-audits", status_code=201, response_model=ExternalAuditOut)
async def register_audit(
    request: Request, sent: ExternalAuditIn, ports: Given, caller: Identified, id: NewId
) -> Response:
    """Register an audit with its findings."""
    filed = await audits.register(ports, caller, id, sent.value())
    return tagged(request, audit_out(filed), filed.version, status=201, Location=f"/v1/external-audits/{id}")


@router.get("/v1/external-audits")
async def list_audits(
    ports: Given, caller: Identified, unit: Units = None, limit: Limit = 100, cursor: Cursor = None
) -> ExternalAuditPage:
    """List audits of units within your reach, and those that concern all units."""
    found = await audits.matching(ports, caller, unit or (), uuid_of(cursor), limit + 1)
    following = cursor_of(str(found[limit - 1].id)) if len(found) > limit else None
    return ExternalAuditPage(items=[audit_out(filed) for filed in found[:limit]], next=following)


@router.get(PATH, response_model=ExternalAuditOut)
async def get_audit(request: Request, id: Key, ports: Given, caller: Identified) -> Response:
    """Give one audit with its findings and the checkpoints they became."""
    filed = await audits.one(ports, caller, id)
    return tagged(request, audit_out(filed), filed.version)


@router.put(PATH, response_model=ExternalAuditOut)
async def change_audit(
    request: Request, id: Key, sent: ExternalAuditIn, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Correct an audit or add findings; a finding that became a checkpoint stays."""
    filed = await audits.change(ports, caller, id, held, sent.value())
    return tagged(request, audit_out(filed), filed.version)


@router.post(f"{PATH}/findings/{{number}}/checkpoint", status_code=201, response_model=AuditFindingOut)
async def make_checkpoint(
    request: Request, id: Key, number: Number, sent: CheckpointMadeIn, ports: Given, caller: Identified
) -> Response:
    """Turn a finding into a checkpoint of the next version of a grid; both name one another."""
    audit, finding = await audits.make_checkpoint(ports, caller, id, number, sent.grid, sent.question, sent.area)
    made = finding.checkpoints[-1]
    location = f"/v1/review-grids/{made.grid}/{made.version}"
    return tagged(request, finding_out(finding), audit.version, status=201, Location=location)
