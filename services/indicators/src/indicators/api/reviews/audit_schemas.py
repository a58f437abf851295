"""External audits on the wire."""

from datetime import date
from uuid import UUID

from chassis.wire import KeyText, Prose, Sent, Told
from domain.codec import decode
from domain.external_audit import AuditFinding, AuditorKind, ExternalAudit
from pydantic import Field

from indicators.api.reviews.given import Line
from indicators.ports.documents import Filed


class AuditFindingIn(Sent):
    """One finding."""

    number: int = Field(ge=1, le=10_000)
    text: Prose
    area: Line


class ExternalAuditIn(Sent):
    """An audit from outside; without a unit it concerns all of them."""

    unit: str | None = Field(None, min_length=1, max_length=40)
    audited_on: date
    auditor: AuditorKind
    auditing_body: Line
    subject: Prose
    findings: list[AuditFindingIn] = Field(default=[], max_length=500)

    def value(self) -> ExternalAudit:
        """Give the audit."""
        return decode(ExternalAudit, self.model_dump(mode="json"))


class CheckpointMadeIn(Sent):
    """How a finding is asked of files from the next version of a grid on; without an area it keeps its own."""

    grid: KeyText
    question: Prose
    area: Line | None = None


class CheckpointMadeOut(Told):
    """The checkpoint a finding became, and the version of the grid that has it first."""

    grid: str
    version: int
    number: int


class AuditFindingOut(Told):
    """One finding and the checkpoints it became."""

    number: int
    text: str
    area: str
    checkpoints: list[CheckpointMadeOut]


class ExternalAuditOut(Told):
    """An audit from outside."""

    id: UUID
    version: int
    unit: str | None
    audited_on: date
    auditor: AuditorKind
    auditing_body: str
    subject: str
    findings: list[AuditFindingOut]


class ExternalAuditPage(Told):
    """Audits in the order of their registration."""

    items: list[ExternalAuditOut]
    next: str | None


def audit_out(filed: Filed[ExternalAudit]) -> ExternalAuditOut:
    """Tell an audit."""
    audit = filed.value
    return ExternalAuditOut(
        id=filed.id,
        version=filed.version,
        unit=audit.unit,
        audited_on=audit.audited_on,
        auditor=audit.auditor,
        auditing_body=audit.auditing_body,
        subject=audit.subject,
        findings=[finding_out(finding) for finding in audit.findings],
    )


def finding_out(finding: AuditFinding) -> AuditFindingOut:
    """Tell a finding."""
    made = [CheckpointMadeOut(grid=one.grid, version=one.version, number=one.number) for one in finding.checkpoints]
    return AuditFindingOut(number=finding.number, text=finding.text, area=finding.area, checkpoints=made)
