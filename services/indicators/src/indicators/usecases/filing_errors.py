"""What can go wrong with values that are kept whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from domain.errors import Stale, Text

NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "Attestation": Text("attestation", "Bestätigung"),
        "Objection": Text("objection", "Einwand"),
        "FileReview": Text("file review", "Prüfrunde"),
        "ReviewedFile": Text("file of the review", "Akte der Prüfrunde"),
        "Consequence": Text("consequence", "Maßnahme"),
        "ExternalAudit": Text("external audit", "externe Prüfung"),
    }
)
"""What is on file, in words for people."""


@dataclass(eq=False)
class ChangedOnFile(Stale):
    """Somebody else changed what is on file in the meantime."""

    title_de = "Jemand anderes hat das Erfasste inzwischen geändert."
    says = Text("read it again: {en} {id}", "lesen Sie neu: {de} {id}")

    kind: str
    id: UUID

    def __post_init__(self) -> None:
        """Name it in both languages."""
        self.en, self.de = NAMES[self.kind].en, NAMES[self.kind].de
