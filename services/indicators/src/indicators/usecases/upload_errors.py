"""What can go wrong with files that come in by pieces."""

from dataclasses import dataclass
from uuid import UUID

from domain.errors import Conflict, Invalid, Text, Unknown


@dataclass(eq=False)
class UnknownUpload(Unknown):
    """There is no such upload, or it has expired."""

    title_de = "Diesen Upload gibt es nicht, oder er ist abgelaufen."
    says = Text(
        "there is no upload {id} of yours; begin a new one", "von Ihnen gibt es keinen Upload {id}; beginnen Sie neu"
    )

    id: UUID


@dataclass(eq=False)
class OffsetDiffers(Conflict):
    """The piece does not begin where the last one ended."""

    title_de = "Das Stück beginnt nicht, wo das letzte endete."
    says = Text(
        "you send from byte {sent}, there are {there}: ask with HEAD and go on from there",
        "Sie senden ab Byte {sent}, da sind {there}: fragen Sie mit HEAD und setzen Sie dort fort",
    )

    sent: int
    there: int


@dataclass(eq=False)
class TooMuchSent(Invalid):
    """More is sent than was announced."""

    title_de = "Es wird mehr gesendet als angekündigt."
    says = Text("announced were {most} bytes", "angekündigt waren {most} Bytes")

    most: int


class BeingWritten(Conflict):
    """Another piece of this upload is coming in."""

    title_de = "Ein anderes Stück dieses Uploads kommt gerade an."
    says = Text("wait and ask with HEAD how far it is", "warten Sie und fragen Sie mit HEAD nach dem Stand")


@dataclass(eq=False)
class UploadUnreadable(Invalid):
    """The upload does not say what it is."""

    title_de = "Der Upload sagt nicht, was er ist."
    says = Text("{why}", "{why}")

    why: str


@dataclass(eq=False)
class FileChanged(Invalid):
    """The file is not the one that was announced."""

    title_de = "Die Datei ist nicht die angekündigte."
    says = Text(
        "announced was SHA-256 {announced}, it is {found}: begin a new upload",
        "angekündigt war SHA-256 {announced}, es ist {found}: beginnen Sie einen neuen Upload",
    )

    announced: str
    found: str
