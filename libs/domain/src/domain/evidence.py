"""What proves an agreement: who saw it, what outside signatures cover, the seal over all of them."""

from dataclasses import dataclass
from datetime import datetime

from domain.agreement import SignatureLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Who has seen a revision for which unit, and when first."""

    revision: int
    unit: str
    subject: str
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """The seal over one revision and all its signatures."""

    revision: int
    jws: str
    sealed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPdf:
    """What a validated signature in a PDF covers: the embedded canonical form, by whose certificate (SHA-256)."""

    content: bytes
    level: SignatureLevel
    certificate: str
