"""Attachments: letters, statements, annexes; known by their SHA-256, part of what is signed or beside it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.errors import Invalid, Text


class AttachmentKind(StrEnum):
    """What an attachment is."""

    ACCOMPANYING_LETTER = "accompanying_letter"
    STATEMENT = "statement"
    ANNEX = "annex"
    SUPPORT_OVERVIEW = "support_overview"
    SIGNED_DOCUMENT = "signed_document"
    PAPER_SCAN = "paper_scan"
    EVIDENCE = "evidence"


@dataclass(eq=False)
class UnsafeName(Invalid):
    """An attachment's name is a plain file name."""

    title_de = "Der Name einer Anlage ist ein einfacher Dateiname."
    says = Text(
        "'{name}' has a path, control characters or no letters; send a name such as 'Anlage 1.pdf'",
        "„{name}“ enthält einen Pfad, Steuerzeichen oder keine Buchstaben; senden Sie einen Namen wie „Anlage 1.pdf“",
    )

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """An attachment that belongs to what is signed: its name, kind and digest are part of the revision."""

    name: str
    kind: AttachmentKind
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file kept with an agreement; `signed` ones stand in its revision as well."""

    agreement: UUID
    name: str
    kind: AttachmentKind
    media_type: str
    size: int
    sha256: str
    signed: bool
    unit: str
    by: str
    at: datetime

    def __post_init__(self) -> None:
        """Refuse names that lead elsewhere."""
        plain = self.name.strip()
        dangerous = any(mark in plain for mark in "/\\") or not plain.isprintable()
        if dangerous or plain != self.name or not any(c.isalnum() for c in plain) or plain.startswith("."):
            raise UnsafeName(self.name)

    @property
    def annex(self) -> Annex:
        """Give the part of it that is signed."""
        return Annex(name=self.name, kind=self.kind, media_type=self.media_type, size=self.size, sha256=self.sha256)
