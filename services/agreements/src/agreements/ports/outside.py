"""What is made or known elsewhere: signatures, and which indicators are defined."""

from collections.abc import Mapping
from typing import Any, Protocol

from domain.evidence import SignedPdf
from domain.known_indicators import Defined


class SignedPdfs(Protocol):
    """PDFs signed outside."""

    async def read(self, pdf: bytes) -> SignedPdf:
        """Validate; BadSignedPdf where the signature does not hold."""


class Indicators(Protocol):
    """The indicators that are defined."""

    def told(self) -> Defined:
        """Give what was told last; nothing where nobody answered yet."""

    def aged(self) -> bool:
        """Say whether it was asked a while ago, so that something may have ended since."""

    async def ask(self) -> Defined | None:
        """Ask anew; None where nobody answers in time."""


class Seal(Protocol):
    """Detached JSON web signatures (RFC 7515, appendix F)."""

    def sign(self, content: bytes, header: Mapping[str, str | int]) -> str:
        """Sign content with the service's own key; give the detached JWS."""

    def verify(self, jws: str, content: bytes, jwk: Mapping[str, str]) -> None:
        """Refuse a detached JWS that is not made of this content by this public key: BadSignature."""

    def public_keys(self) -> Mapping[str, Any]:
        """Give the public keys as a JWKS."""
