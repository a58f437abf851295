"""External audits (externe Prüfungen) and their findings, which become checkpoints of internal control."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.errors import Conflict, Invalid, Place, Text, Unknown
from domain.identity import UnitCode


class AuditorKind(StrEnum):
    """Who audits a jobcenter from outside."""

    BA_INTERNAL_AUDIT = "ba_internal_audit"
    FEDERAL_COURT_OF_AUDIT = "federal_court_of_audit"
    STATE_COURT_OF_AUDIT = "state_court_of_audit"
    MINISTRY = "ministry"
    MUNICIPAL_AUDIT_OFFICE = "municipal_audit_office"
    SOCIAL_INSURANCE = "social_insurance"
    OTHER = "other"


@dataclass(eq=False)
class UnknownAuditFinding(Unknown):
    """The audit has no such finding."""

    title_de = "Diese Feststellung hat die Prüfung nicht."
    says = Text("there is no finding {number}", "es gibt keine Feststellung {number}")

    number: int


@dataclass(eq=False)
class FindingNumberTwice(Invalid):
    """An audit's findings have different numbers."""

    title_de = "Die Feststellungen einer Prüfung haben verschiedene Nummern."
    says = Text("number {number} stands twice", "die Nummer {number} steht doppelt")

    number: int
    position: int

    def places(self) -> tuple[Place, ...]:
        """Name the second of them."""
        detail = Text("give it another number", "geben Sie ihr eine andere Nummer")
        return (Place(pointer=f"/findings/{self.position}/number", code="number_twice", detail=detail),)


@dataclass(eq=False)
class AuditAhead(Invalid):
    """An audit is registered when it has taken place."""

    title_de = "Eine Prüfung wird eingetragen, wenn sie stattgefunden hat."
    says = Text("{day} lies ahead", "{day} liegt in der Zukunft")

    day: date


@dataclass(eq=False)
class FindingIsCheckpoint(Conflict):
    """A finding that became a checkpoint stays, and becomes one once in a grid."""

    title_de = "Eine Feststellung, die Prüfpunkt wurde, bleibt und wird es in einem Raster nur einmal."
    says = Text(
        "finding {number} is checkpoint {checkpoint} of '{grid}' since version {version}",
        "Feststellung {number} ist seit Fassung {version} Prüfpunkt {checkpoint} von „{grid}“",
    )

    number: int
    grid: str
    version: int
    checkpoint: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointMade:
    """The checkpoint a finding became, and the version of the grid that has it first."""

    grid: str
    version: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFinding:
    """One finding of an audit (Feststellung)."""

    number: int
    text: str
    area: str
    checkpoints: tuple[CheckpointMade, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalAudit:
    """An audit from outside; without a unit it concerns all of them."""

    unit: UnitCode | None
    audited_on: date
    auditor: AuditorKind
    auditing_body: str
    subject: str
    findings: tuple[AuditFinding, ...] = ()

    def __post_init__(self) -> None:
        """Refuse two findings with one number."""
        seen: set[int] = set()
        for position, finding in enumerate(self.findings):
            if finding.number in seen:
                raise FindingNumberTwice(finding.number, position)
            seen.add(finding.number)

    def must_be_over(self, today: date) -> None:
        """Refuse an audit that lies ahead."""
        if self.audited_on > today:
            raise AuditAhead(self.audited_on)

    def finding(self, number: int) -> AuditFinding:
        """Give a finding by its number."""
        for finding in self.findings:
            if finding.number == number:
                return finding
        raise UnknownAuditFinding(number)

    def changed_to(self, sent: "ExternalAudit") -> "ExternalAudit":
        """Take what is corrected; findings keep their checkpoints, and those that have any stay."""
        kept = {finding.number for finding in sent.findings}
        for finding in self.findings:
            if finding.checkpoints and finding.number not in kept:
                raise _is_checkpoint(finding.number, finding.checkpoints[0])
        made = {finding.number: finding.checkpoints for finding in self.findings}
        return replace(sent, findings=_linked(sent.findings, made))

    def must_be_free(self, number: int, grid: str) -> AuditFinding:
        """Give a finding that is no checkpoint of this grid yet."""
        finding = self.finding(number)
        for made in finding.checkpoints:
            if made.grid == grid:
                raise _is_checkpoint(number, made)
        return finding

    def with_checkpoint(self, number: int, made: CheckpointMade) -> "ExternalAudit":
        """Remember the checkpoint a finding became."""
        finding = self.must_be_free(number, made.grid)
        known = {other.number: other.checkpoints for other in self.findings}
        return replace(self, findings=_linked(self.findings, {**known, number: (*finding.checkpoints, made)}))


def _linked(findings: Sequence[AuditFinding], made: dict[int, tuple[CheckpointMade, ...]]) -> tuple[AuditFinding, ...]:
    return tuple(replace(finding, checkpoints=made.get(finding.number, ())) for finding in findings)


def _is_checkpoint(number: int, made: CheckpointMade) -> FindingIsCheckpoint:
    return FindingIsCheckpoint(number=number, grid=made.grid, version=made.version, checkpoint=made.number)
