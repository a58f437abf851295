"""What the indicators service needs from the world."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from chassis.audit.change import Audit
from chassis.caller import Reach
from chassis.event import Events
from domain.attestation import Attestation
from domain.case_record import LtrVariant
from domain.consequence import Consequence
from domain.external_audit import ExternalAudit
from domain.file_review import FileReview, ReviewedFile
from domain.objection import Objection

from indicators.ports.agreed import FindGoals
from indicators.ports.catalogue import (
    Catalogue,
    CollectionRounds,
    FiledRound,
    KnownUnits,
    Profiles,
    Schedule,
    StoredGates,
    VariableVersion,
)
from indicators.ports.delivered import (
    Blank,
    Deliveries,
    Difference,
    GiveBack,
    HeadOf,
    Job,
    Jobs,
    Read,
    RowFinding,
    Spool,
)
from indicators.ports.documents import Documents
from indicators.ports.duty import Received, Reminders
from indicators.ports.history import Figured, History, Known, Numbers, Revisions, Span, Taken
from indicators.ports.lines import Line
from indicators.ports.quality import QualityRules, SoftFindings
from indicators.ports.reconciled import Comparison, Comparisons, ReadOfficial, Reconciliations
from indicators.ports.records import Executor, Records, Rekey
from indicators.ports.reviewed import ClosedRounds, ReviewGrids, Samples
from indicators.ports.scrutiny import Scrutinies
from indicators.ports.uploaded import Uploads
from indicators.ports.vintages import Releases, Vintages

__all__ = [
    "Catalogue",
    "CollectionRounds",
    "Deliveries",
    "Difference",
    "Figured",
    "FiledRound",
    "History",
    "Jobs",
    "Known",
    "KnownUnits",
    "Line",
    "Numbers",
    "Ports",
    "Profiles",
    "QualityRules",
    "Read",
    "Received",
    "Reminders",
    "Revisions",
    "RowFinding",
    "Schedule",
    "Scrutinies",
    "SoftFindings",
    "Span",
    "Spool",
    "Taken",
    "VariableVersion",
    "Work",
]


@dataclass(frozen=True, slots=True)
class Work:
    """What one transaction offers."""

    catalogue: Catalogue
    profiles: Profiles
    deliveries: Deliveries
    jobs: Jobs
    uploads: Uploads
    history: History
    schedule: Schedule
    quality_rules: QualityRules
    soft_findings: SoftFindings
    scrutinies: Scrutinies
    received: Received
    reminders: Reminders
    records: Records
    gates: StoredGates
    rounds: CollectionRounds
    units: KnownUnits
    events: Events
    audit: Audit
    review_grids: ReviewGrids
    file_reviews: Documents[FileReview]
    closed_rounds: ClosedRounds
    reviewed_files: Documents[ReviewedFile]
    samples: Samples
    consequences: Documents[Consequence]
    external_audits: Documents[ExternalAudit]
    attestations: Documents[Attestation]
    objections: Documents[Objection]
    vintages: Vintages
    releases: Releases
    reconciliations: Reconciliations
    comparisons: Comparisons


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything a use case may ask for."""

    begin: Callable[[], AbstractAsyncContextManager[Work]]
    look: Callable[[Reach], AbstractAsyncContextManager[Work]]
    spool: Spool
    line: Line[Job]
    scrutiny: Line[Job]
    reconciling: Line[Comparison]
    new_id: Callable[[], UUID]
    read: Read
    head_of: HeadOf
    give_back: GiveBack
    blank: Blank
    xml_schema: Callable[[], bytes]
    fetch_units: Callable[[], Awaitable[Mapping[str, Any]]]
    find_goals: FindGoals
    rekey: Rekey
    executor: Executor
    largest_file: int
    ltr_variant: LtrVariant
    today: Callable[[], date]
    read_references: Callable[[bytes, str], Sequence[tuple[int, str]]]
    read_official: ReadOfficial
