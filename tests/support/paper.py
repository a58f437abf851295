"""Signing on paper and in PDFs: a small certificate authority, and signatories outside the system."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

from agreements.formats.signed_pdf import QC_STATEMENTS, QUALIFIED, Statements
from asn1crypto import keys, x509
from cryptography import x509 as building
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

BEGIN, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
QC = building.ObjectIdentifier(QC_STATEMENTS)
PNG = b"\x89PNG\r\n\x1a\n" + b"scan"


class Authority:
    """An issuer of certificates for signatories."""

    def __init__(self, name: str = "Prüf-CA") -> None:
        """Begin with a root."""
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = building.Name([building.NameAttribute(building.NameOID.COMMON_NAME, name)])
        self._root = self._built(self._name, self._key, issues=True)

    def roots(self, folder: Path) -> Path:
        """Write the root where a service finds it."""
        path = folder / "roots.pem"
        path.write_bytes(self._root.public_bytes(serialization.Encoding.PEM))
        return path

    async def sign(self, pdf: bytes, field: str = "Unterschrift", *, qualified: bool = False) -> bytes:
        """Sign a PDF as somebody certified, by an update behind what is there."""
        key = ec.generate_private_key(ec.SECP256R1())
        named = building.Name([building.NameAttribute(building.NameOID.COMMON_NAME, "Zeichnende Stelle")])
        signer = signers.SimpleSigner(
            signing_cert=_der(self._built(named, key, qualified=qualified)),
            signing_key=keys.PrivateKeyInfo.load(
                key.private_bytes(
                    serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
                )
            ),
            cert_registry=SimpleCertificateStore.from_certs([_der(self._root)]),
        )
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
        pen = PdfSigner(PdfSignatureMetadata(field_name=field), signer, new_field_spec=SigFieldSpec(field))
        return bytes((await pen.async_sign_pdf(writer)).getvalue())

    def _built(
        self, name: building.Name, key: EllipticCurvePrivateKey, *, issues: bool = False, qualified: bool = False
    ) -> building.Certificate:
        usage = building.KeyUsage(
            digital_signature=not issues,
            content_commitment=not issues,
            key_cert_sign=issues,
            crl_sign=issues,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            encipher_only=False,
            decipher_only=False,
        )
        statements = Statements([{"statement_id": name} for name in sorted(QUALIFIED) if qualified]).dump()
        return (
            building.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(building.random_serial_number())
            .not_valid_before(BEGIN)
            .not_valid_after(END - timedelta(days=0 if issues else 1))
            .add_extension(building.BasicConstraints(ca=issues, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(building.UnrecognizedExtension(QC, statements), critical=False)
            .sign(self._key, hashes.SHA256())
        )


def _der(certificate: building.Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
