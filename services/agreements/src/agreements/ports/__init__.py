"""What the agreements service needs from the world."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis.audit.change import Audit
from chassis.caller import Reach
from chassis.event import Events
from domain.attachment import Attachment
from domain.body import Body
from domain.budget import Budget
from domain.concept import Conference, Escalation, Statement
from domain.consultation import Consultation
from domain.mandate import Mandate
from domain.measure import Measure
from domain.meeting import Meeting
from domain.offer import Offer
from domain.paper import Paper
from domain.planning import PlanningRound
from domain.proposal import Proposal
from domain.reference_row import Row
from domain.signing import Signing
from domain.standards import Standard
from domain.tier import Tier

from agreements.ports.agreed import (
    AgreedGoals,
    Agreements,
    Contents,
    Kept,
    KnownUnits,
    Listed,
    Names,
    Seals,
    Sightings,
    Wanted,
)
from agreements.ports.compared import ComparisonGroups, NearestNeighbours
from agreements.ports.documents import Counts, Documents, Filed
from agreements.ports.outside import Indicators, Seal, SignedPdfs
from agreements.ports.planned import ReferenceValues

__all__ = [
    "AgreedGoals",
    "Agreements",
    "ComparisonGroups",
    "Contents",
    "Counts",
    "Documents",
    "Filed",
    "Indicators",
    "Kept",
    "KnownUnits",
    "Listed",
    "Names",
    "NearestNeighbours",
    "Ports",
    "ReferenceValues",
    "Seal",
    "Seals",
    "Sightings",
    "SignedPdfs",
    "Wanted",
    "Work",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one transaction offers."""

    units: KnownUnits
    agreements: Agreements
    events: Events
    audit: Audit
    goals: AgreedGoals
    sightings: Sightings
    contents: Contents
    seals: Seals
    tiers: Documents[Tier]
    bodies: Documents[Body]
    proposals: Documents[Proposal]
    statements: Documents[Statement]
    escalations: Documents[Escalation]
    conferences: Documents[Conference]
    meetings: Documents[Meeting]
    consultations: Documents[Consultation]
    mandates: Documents[Mandate]
    papers: Documents[Paper]
    budgets: Documents[Budget]
    measures: Documents[Measure]
    standards: Documents[Standard]
    attachments: Documents[Attachment]
    signings: Documents[Signing]
    planning_rounds: Documents[PlanningRound]
    reference_values: ReferenceValues
    comparison_groups: ComparisonGroups
    nearest_neighbours: NearestNeighbours
    offers: Documents[Offer]


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything a use case may ask for: transactions that write, transactions that only see a reach, and the seal."""

    begin: Callable[[], AbstractAsyncContextManager[Work]]
    look: Callable[[Reach], AbstractAsyncContextManager[Work]]
    seal: Seal
    today: Callable[[], date]
    indicators: Indicators
    inspect: Callable[[bytes, str], None]
    signed_pdfs: SignedPdfs
    document: Callable[[Kept, bytes, Names], bytes]
    bundle: Callable[[Mapping[str, bytes]], bytes]
    proved: Callable[[str], Awaitable[Mapping[str, Any]]]
    read_rows: Callable[[bytes, str], Sequence[Row]]
    read_table: Callable[[bytes, Sequence[str], Sequence[str]], Sequence[Row]]
