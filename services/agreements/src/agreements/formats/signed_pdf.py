"""PDFs signed outside (PAdES): whole, intact, by a certificate we trust, over the agreement's canonical form."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from asn1crypto import core, pem, x509
from domain.agreement import SignatureLevel
from domain.evidence import SignedPdf
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from agreements.usecases.errors import BadSignedPdf

EMBEDDED = "agreement.json"
QC_STATEMENTS = "1.3.6.1.5.5.7.1.3"
"""The extension in which a certificate says what it is (RFC 3739)."""
QUALIFIED = {"0.4.0.1862.1.1", "0.4.0.1862.1.4"}
"""ETSI EN 319 412-5: the certificate is qualified, and its key lives in a qualified device."""
UNREADABLE = (
    *(PdfError, SigningError, SignatureValidationError, SuspiciousModification),
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, NotImplementedError, RecursionError),
)
"""What the library raises on files that are broken on purpose."""


class Statement(core.Sequence):  # type: ignore[misc]  # the library ships no types
    """One statement about a certificate."""

    _fields: ClassVar = [("statement_id", core.ObjectIdentifier), ("statement_info", core.Any, {"optional": True})]


class Statements(core.SequenceOf):  # type: ignore[misc]  # as above
    """The statements about a certificate."""

    _child_spec = Statement


class PadesReader:
    """Implements `SignedPdfs` with the roots an authority trusts."""

    def __init__(self, roots: Path | None) -> None:
        """Trust the certificates in a PEM file; without one no signed PDF is accepted."""
        self._roots = tuple(_certificates(roots.read_bytes())) if roots else ()

    async def read(self, pdf: bytes) -> SignedPdf:
        """Validate the last signature of a PDF; give what it covers and how much it proves."""
        if not self._roots:
            raise BadSignedPdf("no trusted roots are configured here (ZIELWERK_TRUST_ROOTS)")
        try:
            reader = PdfFileReader(io.BytesIO(pdf), strict=False)
            signatures = reader.embedded_regular_signatures
            if not signatures:
                raise BadSignedPdf("the PDF carries no signature")
            certificate = await self._validated(signatures[-1])
            return SignedPdf(content=_embedded(reader), level=_level(certificate), certificate=certificate.sha256.hex())
        except UNREADABLE as error:
            raise BadSignedPdf(f"it cannot be read as a signed PDF ({type(error).__name__})") from error

    async def _validated(self, signature: EmbeddedPdfSignature) -> x509.Certificate:
        context = ValidationContext(trust_roots=list(self._roots), allow_fetching=False)
        status = await async_validate_pdf_signature(signature, signer_validation_context=context)
        if not (status.intact and status.valid):
            raise BadSignedPdf("it was changed after it was signed")
        if not status.trusted:
            raise BadSignedPdf("its certificate does not lead to a trusted root")
        if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
            raise BadSignedPdf("the last signature does not cover the whole file")
        certificate: x509.Certificate = status.signing_cert
        return certificate


def _certificates(content: bytes) -> Sequence[x509.Certificate]:
    return [x509.Certificate.load(der) for _, _, der in pem.unarmor(content, multiple=True)]


def _embedded(reader: PdfFileReader) -> bytes:
    associated = reader.root.get("/AF", ())
    for specification in (associated[number] for number in range(len(associated))):
        if str(specification.get("/UF", specification.get("/F"))) == EMBEDDED:
            content: bytes = specification["/EF"]["/F"].data
            return content
    raise BadSignedPdf(f"it does not carry {EMBEDDED}; sign the document this service gives")


def _level(certificate: x509.Certificate) -> SignatureLevel:
    named = {
        statement["statement_id"].dotted
        for extension in certificate["tbs_certificate"]["extensions"]
        if extension["extn_id"].dotted == QC_STATEMENTS
        for statement in Statements.load(extension["extn_value"].contents)
    }
    return SignatureLevel.QUALIFIED if named >= QUALIFIED else SignatureLevel.ADVANCED
