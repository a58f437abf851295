"""`/v1/audit` and `/v1/integrity`: the log, its sealed heads, its proofs, and a recount on call."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated

from domain.errors import Invalid, Text
from fastapi import APIRouter, Query, Request
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.audit import merkle
from chassis.audit.checkpoints import latest, seal_head
from chassis.audit.log import entries_after, size_of, with_nodes
from chassis.audit.recount import Check, recounted
from chassis.audit.seal import KeySeal
from chassis.auth import Identified
from chassis.caller import Caller, Role
from chassis.clock import Now
from chassis.paging import Cursor, Limit, cursor_of, key_of
from chassis.wire import Instant, Told


@dataclass(eq=False)
class NoSuchTree(Invalid):
    """A proof is asked for within the log."""

    title_de = "Ein Beweis wird innerhalb des Protokolls verlangt."
    says = Text(
        "give `position` < `size`, or `first` <= `second`; the log has {size} entries",
        "geben Sie `position` < `size` oder `first` <= `second`; das Protokoll hat {size} Einträge",
    )

    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLog:
    """A service's log with the key of its seal and what it recounts besides."""

    service: str
    engine: AsyncEngine
    seal: KeySeal
    checks: Sequence[Check]


class EntryOut(Told):
    """One recorded change; the leaf is the hash of all other members in canonical form (RFC 8785)."""

    position: int
    at: Instant
    by: str
    action: str
    resource: str
    before: str | None
    after: str | None
    request_id: str
    leaf: str


class EntryPage(Told):
    """Recorded changes, oldest first."""

    items: list[EntryOut]
    next: str | None


class CheckpointOut(Told):
    """A sealed head of the tree: its size, its root, and the seal (detached JWS over the canonical head)."""

    service: str
    tree_size: int
    root: str
    at: Instant
    jws: str


class CheckpointPage(Told):
    """Sealed heads, newest first."""

    items: list[CheckpointOut]
    next: str | None


class ProofOut(Told):
    """Hashes that prove inclusion of an entry, or that one tree is the beginning of another (RFC 9162)."""

    first: int
    second: int
    path: list[str]
    root: str


class CheckOut(Told):
    """One thing that was recounted."""

    name: str
    sound: bool
    detail: str


class IntegrityOut(Told):
    """What a recount found."""

    sound: bool
    checks: list[CheckOut]


Whole = Annotated[int | None, Query(ge=0, le=2**62)]
Words = Annotated[list[str] | None, Query()]
router = APIRouter(tags=["audit"])


@router.get("/v1/audit")
async def list_audit(
    request: Request,
    caller: Identified,
    by: Words = None,
    action: Words = None,
    resource: Words = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> EntryPage:
    """List who did what to what and when, oldest first."""
    key = key_of(cursor, 1)
    async with _opened(request, caller).engine.connect() as connection:
        wanted = {"by": by or (), "action": action or (), "resource": resource or ()}
        found = await entries_after(connection, int(key[0]) if key else -1, limit + 1, **wanted)
    items = [EntryOut(**asdict(entry), leaf=entry.leaf.hex()) for entry in found[:limit]]
    return EntryPage(items=items, next=cursor_of(str(items[-1].position)) if len(found) > limit else None)


@router.get("/v1/audit/checkpoints")
async def list_checkpoints(
    request: Request, caller: Identified, limit: Limit = 100, cursor: Cursor = None
) -> CheckpointPage:
    """List the sealed heads, newest first."""
    key, log = key_of(cursor, 1), _opened(request, caller)
    async with log.engine.connect() as connection:
        rows = await latest(connection, limit + 1, int(key[0]) if key else None)
    items = [CheckpointOut(service=log.service, **row._asdict()) for row in rows[:limit]]
    return CheckpointPage(items=items, next=cursor_of(str(items[-1].tree_size)) if len(rows) > limit else None)


@router.post("/v1/audit/checkpoints", status_code=201)
async def seal_checkpoint(request: Request, caller: Identified, now: Now) -> CheckpointOut:
    """Seal the present head now."""
    log = _opened(request, caller)
    await seal_head(log.engine, log.service, log.seal, now)
    async with log.engine.connect() as connection:
        row = (await latest(connection, 1))[0]
    return CheckpointOut(service=log.service, **row._asdict())


@router.get("/v1/audit/proofs")
async def prove(
    request: Request,
    caller: Identified,
    position: Whole = None,
    size: Whole = None,
    first: Whole = None,
    second: Whole = None,
) -> ProofOut:
    """Prove that an entry is in the tree of a size, or that the tree of one size goes on in that of another."""
    async with _opened(request, caller).engine.connect() as connection:
        whole = await size_of(connection)
        low, high = (position, size) if position is not None else (first, second)
        high = whole if high is None else high
        inside = low is not None and (low < high if position is not None else low <= high)
        if low is None or not inside or high > whole:
            raise NoSuchTree(whole)
        make = merkle.inclusion if position is not None else merkle.consistency
        path = await with_nodes(connection, lambda node: make(node, low, high))
        tree_root = await with_nodes(connection, lambda node: merkle.root(node, high))
    return ProofOut(first=low, second=high, path=[step.hex() for step in path], root=tree_root.hex())


@router.get("/v1/integrity")
async def recount(request: Request, caller: Identified) -> IntegrityOut:
    """Recount the log and what hangs on it; every change that was not recorded shows."""
    log = _opened(request, caller)
    async with log.engine.connect() as connection:
        found = await recounted(connection, log.service, log.seal, log.checks)
    told = [CheckOut(**asdict(checked)) for checked in found]
    return IntegrityOut(sound=all(checked.sound for checked in told), checks=told)


def _opened(request: Request, caller: Caller) -> OpenLog:
    """Open the log to those who read everything."""
    caller.must_be(Role.AUDITOR, Role.OPERATOR)
    log: OpenLog = request.app.state.log
    return log
