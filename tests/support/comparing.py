"""Official tables that wait to be compared, as processes leave them behind."""

from datetime import UTC, datetime

from chassis.caller import Caller, Role
from chassis.clock import new_id
from domain.reconciliation import Reconciliation
from indicators.ports import Ports
from indicators.ports.reconciled import Comparison
from indicators.usecases.arriving import once
from indicators.usecases.reconciliations import receiving

from support.standing_scene import TOWN
from support.tokens import bearer

STOCK, HEADER = "long_term_recipients_stock", "unit,indicator,month,view,value"
BY = "controlling"
CALLER = Caller(subject=BY, name=BY, roles=frozenset({Role.CONTROLLER}), units=frozenset({TOWN}))
SENDER = bearer("controller", units=(TOWN,), subject=BY)
NOW = datetime(2015, 1, 5, tzinfo=UTC)


def table(*rows: str) -> bytes:
    """Write an official table."""
    return "\n".join([HEADER, *rows, ""]).encode()


def a_table(number: int, unit: str = TOWN) -> bytes:
    """Publish a figure that is not ours, another one for every number."""
    return table(f"{unit},{STOCK},2010-01,month,{100 + number}")


async def waiting(ports: Ports, content: bytes, caller: Caller = CALLER) -> Comparison:
    """Put a table in line as a process does that dies before it compares it."""
    file = receiving.OfficialFile(id=new_id(), media_type="text/csv")
    _, job = await receiving.receive(ports, caller, file, once(content), NOW)
    assert job is not None
    return job


async def outcome(ports: Ports, job: Comparison) -> Reconciliation:
    """Wait until nothing is compared in this process, and say what became of a run."""
    await ports.reconciling.quiet(20)
    return await receiving.sent(ports, job)
