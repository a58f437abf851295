"""What the indicators service needs from the world."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date

from chassis.audit.change import Audit
from chassis.caller import Reach
from chassis.event import Events

from indicators.ports.catalogue import Catalogue, KnownUnits, Schedule
from indicators.ports.delivered import Deliveries, Difference, Jobs, Line, Read, RowFinding, Spool
from indicators.ports.history import Arrivals, History, Known, Numbers, Span, Taken

__all__ = [
    "Arrivals",
    "Catalogue",
    "Deliveries",
    "Difference",
    "History",
    "Jobs",
    "Known",
    "KnownUnits",
    "Line",
    "Numbers",
    "Ports",
    "Read",
    "RowFinding",
    "Schedule",
    "Span",
    "Spool",
    "Taken",
    "Work",
]


@dataclass(frozen=True, slots=True)
class Work:
    """What one transaction offers."""

    catalogue: Catalogue
    deliveries: Deliveries
    jobs: Jobs
    history: History
    schedule: Schedule
    units: KnownUnits
    events: Events
    audit: Audit


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything a use case may ask for."""

    begin: Callable[[], AbstractAsyncContextManager[Work]]
    look: Callable[[Reach], AbstractAsyncContextManager[Work]]
    spool: Spool
    line: Line
    read: Read
    fetch_units: Callable[[], Awaitable[object]]
    today: Callable[[], date]
