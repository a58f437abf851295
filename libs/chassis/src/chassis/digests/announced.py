"""The digests a body is announced with: read from the header, held against the bytes as they come in."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self, cast

import http_sf
from domain.errors import Invalid, Text

ALGORITHMS = {"sha-256": hashlib.sha256, "sha-512": hashlib.sha512}
"""Those that are checked; others beside one of them are passed over."""


@dataclass(eq=False)
class DigestUnreadable(Invalid):
    """The Content-Digest cannot be read, or names no algorithm that is checked."""

    title_de = "Content-Digest ist nicht lesbar oder nennt kein Verfahren, das geprüft wird."
    says = Text(
        "write `sha-256=:…:` with the digest of the body in base64, or sha-512 (RFC 9530)",
        "schreiben Sie `sha-256=:…:` mit dem Hashwert des Inhalts in Base64, oder sha-512 (RFC 9530)",
    )


@dataclass(eq=False)
class DigestDiffers(Invalid):
    """The bytes that arrived are not those the sender announced."""

    title_de = "Angekommen sind andere Bytes, als der Absender angekündigt hat."
    says = Text(
        "the file's {algorithm} is {found}; send it again", "{algorithm} der Datei ist {found}; senden Sie sie erneut"
    )

    algorithm: str
    found: str


class Announced:
    """What a body must be; without digests it may be anything."""

    def __init__(self, digests: Mapping[str, bytes]) -> None:
        """Expect these digests, by their algorithms."""
        self.digests = digests
        self._hashed = {name: ALGORITHMS[name]() for name in digests}

    @classmethod
    def by(cls, header: str | None) -> Self:
        """Read a Content-Digest; DigestUnreadable where it announces nothing that can be checked."""
        if header is None:
            return cls({})
        try:
            members = cast("Mapping[str, tuple[object, object]]", http_sf.parse(header.encode(), tltype="dictionary"))
        except http_sf.StructuredFieldError as error:
            raise DigestUnreadable from error
        told = {name: member for name, (member, _) in members.items() if name in ALGORITHMS}
        digests = {name: member for name, member in told.items() if isinstance(member, bytes)}
        if not digests or digests.keys() != told.keys():
            raise DigestUnreadable
        return cls(digests)

    def update(self, piece: bytes) -> None:
        """Take the next piece of the body in."""
        for hashed in self._hashed.values():
            hashed.update(piece)

    def must_hold(self) -> None:
        """Refuse a body that was not what was announced; DigestDiffers says what it is."""
        for name, hashed in self._hashed.items():
            if hashed.digest() != self.digests[name]:
                raise DigestDiffers(algorithm=name, found=hashed.hexdigest())
