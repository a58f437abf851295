"""What is done with agreements, on the wire: transitions, signatures, declarations, findings."""

from datetime import date
from typing import Literal

from chassis.wire import Instant, Sent, Told
from domain.agreement import Declaration, DeclarationKind, Signature, SignatureLevel
from domain.codec import encode
from domain.errors import Language
from domain.finding import Finding
from domain.finding_rules import Severity
from domain.identity import UnitCode
from domain.refusal import Act
from domain.signing import SignatureMade
from pydantic import Field

from agreements.api.goal_schemas import Line, Prose, UnitCodeText
from agreements.usecases.errors import PartyNeeded


class SignatureOut(Told):
    """A party's signature under a revision's digest."""

    party: str
    revision: int
    digest: str
    level: SignatureLevel
    signatory: str
    subject: str
    jws: str
    signed_at: Instant
    deputy: bool
    evidence: str | None
    key: str | None


class FindingOut(Told):
    """One thing that is wrong or doubtful."""

    rule: str
    severity: Severity
    pointer: str
    detail: str
    remedy: str
    source: str


class FindingPage(Told):
    """What the rules find in the present revision."""

    items: list[FindingOut]
    next: str | None


Transition = Literal[Act.PROPOSE, Act.AGREE, Act.DECLINE, Act.WITHDRAW, Act.SIGN, Act.ACTIVATE, Act.AMEND, Act.CLOSE]
"""What people do with an agreement; the rest follows from it."""


class TransitionIn(Sent):
    """One act of an agreement's life; who agrees or declines names party and revision, who signs also the digest."""

    transition: Transition = Field(examples=["propose"])
    party: UnitCodeText | None = None
    revision: int | None = Field(None, ge=1, le=1_000_000)
    digest: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")
    reason: Prose | None = None

    def signature(self) -> SignatureMade:
        """Give the signature a client sent; PartyNeeded where it does not say who signs what."""
        if self.party is None or self.revision is None or self.digest is None:
            raise PartyNeeded
        return SignatureMade(party=UnitCode(self.party), revision=self.revision, digest=self.digest)


class PartyIn(Sent):
    """The party it is about."""

    party: UnitCodeText


class SignaturePage(Told):
    """The signatures under an agreement."""

    items: list[SignatureOut]
    next: str | None


class DeclarationIn(Sent):
    """What a party declares of a goal."""

    kind: DeclarationKind
    on: date
    party: UnitCodeText
    narrative: Prose
    evidence: Prose | None = None
    condition: Line | None = Field(None, description="the condition of a conditional extra that is fulfilled")


class DeclarationOut(Told):
    """A declaration."""

    goal: str
    kind: DeclarationKind
    on: date
    party: str
    subject: str
    narrative: str
    evidence: str | None
    condition: str | None


class DeclarationPage(Told):
    """Declarations, oldest first."""

    items: list[DeclarationOut]
    next: str | None


def signature_out(signature: Signature) -> SignatureOut:
    """Tell a signature."""
    return SignatureOut.model_validate(encode(signature))


def declaration_out(declaration: Declaration) -> DeclarationOut:
    """Tell a declaration."""
    return DeclarationOut.model_validate(encode(declaration))


def finding_out(finding: Finding, language: Language) -> FindingOut:
    """Tell a finding in the caller's language."""
    return FindingOut(
        rule=finding.rule,
        severity=finding.severity,
        pointer=finding.pointer,
        detail=finding.detail.in_language(language),
        remedy=finding.remedy.in_language(language),
        source=finding.source,
    )
