"""What can go wrong with agreements beyond the domain's own rules."""

from dataclasses import dataclass
from uuid import UUID

from domain.errors import Conflict, Invalid, Place, Stale, Text, Unknown


@dataclass(eq=False)
class UnknownAgreement(Unknown):
    """There is no such agreement, or not for you."""

    title_de = "Diese Vereinbarung gibt es nicht, oder nicht für Sie."
    says = Text("there is no agreement {id} within your reach", "in Ihrem Bereich gibt es keine Vereinbarung {id}")

    id: UUID


@dataclass(eq=False)
class UnknownRevision(Unknown):
    """The agreement has no such revision."""

    title_de = "Diese Fassung hat die Vereinbarung nicht."
    says = Text("there is no revision {number}", "es gibt keine Fassung {number}")

    number: int


@dataclass(eq=False)
class StaleAgreement(Stale):
    """Somebody else changed the agreement in the meantime."""

    title_de = "Jemand anderes hat die Vereinbarung inzwischen geändert."
    says = Text("read agreement {id} again", "lesen Sie die Vereinbarung {id} neu")

    id: UUID


@dataclass(eq=False)
class UnitsNotKnown(Invalid):
    """Units are named that do not exist."""

    title_de = "Es sind Einheiten genannt, die es nicht gibt."
    says = Text("not known: {codes}", "unbekannt: {codes}")

    codes: str
    pointers: tuple[str, ...]

    def places(self) -> tuple[Place, ...]:
        """Name each place with an unknown unit."""
        detail = Text("there is no such unit; see GET /v1/units", "diese Einheit gibt es nicht; siehe GET /v1/units")
        return tuple(Place(pointer=pointer, code="unknown_unit", detail=detail) for pointer in self.pointers)


@dataclass(eq=False)
class GoalExists(Conflict):
    """A goal's code is taken."""

    title_de = "Der Schlüssel des Ziels ist vergeben."
    says = Text("the agreement has a goal '{code}'", "die Vereinbarung hat ein Ziel „{code}“")

    code: str


@dataclass(eq=False)
class BadSignedPdf(Invalid):
    """The signed PDF does not hold."""

    title_de = "Das unterzeichnete PDF hält der Prüfung nicht stand."
    says = Text("{why}", "{why}")

    why: str


@dataclass(eq=False)
class NotSealedYet(Conflict):
    """Evidence exists once all have signed and the seal stands."""

    title_de = "Einen Nachweis gibt es, sobald alle unterzeichnet haben und das Siegel steht."
    says = Text("the agreement is {status}", "die Vereinbarung ist {status}")

    status: str


@dataclass(eq=False)
class KeyNeeded(Invalid):
    """A signature made elsewhere comes with its public key."""

    title_de = "Eine anderswo geleistete Unterschrift bringt ihren öffentlichen Schlüssel mit."
    says = Text("give `jwk` beside `jws`", "geben Sie `jwk` neben `jws` an")


@dataclass(eq=False)
class PartyNeeded(Invalid):
    """This is done on behalf of a party."""

    title_de = "Dies geschieht für eine Partei."
    says = Text(
        "give `party` and `revision`, to sign also `digest`",
        "geben Sie `party` und `revision` an, zum Unterzeichnen auch `digest`",
    )


@dataclass(eq=False)
class UnknownDocument(Unknown):
    """There is no such thing, or not for you."""

    title_de = "Das gibt es nicht, oder nicht für Sie."
    says = Text("there is no {name} {id} within your reach", "in Ihrem Bereich gibt es {name} {id} nicht")

    name: str
    id: UUID


@dataclass(eq=False)
class StaleDocument(Stale):
    """Somebody else changed it in the meantime."""

    title_de = "Jemand anderes hat es inzwischen geändert."
    says = Text("read {name} {id} again", "lesen Sie {name} {id} neu")

    name: str
    id: UUID


@dataclass(eq=False)
class AlreadyFiled(Conflict):
    """What is unique is there already."""

    title_de = "Was es nur einmal gibt, gibt es schon."
    says = Text("there is such a {name} already: change it instead", "{name} gibt es schon: ändern Sie das Vorhandene")

    name: str


@dataclass(eq=False)
class UnknownCode(Unknown):
    """Nothing has this code."""

    title_de = "Diesen Schlüssel hat nichts."
    says = Text("there is nothing with the code '{code}' here", "den Schlüssel „{code}“ gibt es hier nicht")

    code: str


@dataclass(eq=False)
class StatutoryTier(Conflict):
    """A statutory tier is not configured."""

    title_de = "Eine gesetzliche Ebene wird nicht eingestellt."
    says = Text(
        "'{code}' follows from § 48b SGB II; add a tier of your own, not marked statutory",
        "„{code}“ folgt aus § 48b SGB II; fügen Sie eine eigene, nicht gesetzliche Ebene hinzu",
    )

    code: str


@dataclass(eq=False)
class UnknownContent(Unknown):
    """There is no such content."""

    title_de = "Diesen Inhalt gibt es nicht."
    says = Text("nothing has the SHA-256 {sha256}", "nichts hat den SHA-256 {sha256}")

    sha256: str


@dataclass(eq=False)
class NoSuchCondition(Invalid):
    """The goal has no such condition."""

    title_de = "Diese Bedingung hat das Ziel nicht."
    says = Text("'{condition}' is none of: {known}", "„{condition}“ gehört nicht zu: {known}")

    condition: str
    known: str


@dataclass(eq=False)
class NotAScan(Invalid):
    """A signature on paper comes with its scan."""

    title_de = "Eine Unterschrift auf Papier bringt ihren Scan mit."
    says = Text(
        "attachment {id} is no paper scan of this agreement; upload it with kind=paper_scan first",
        "Anlage {id} ist kein Scan zu dieser Vereinbarung; laden Sie ihn zuerst mit kind=paper_scan hoch",
    )

    id: UUID


@dataclass(eq=False)
class NotWhatItSays(Invalid):
    """A file is not what its media type says."""

    title_de = "Eine Datei ist nicht, was ihr Medientyp sagt."
    says = Text(
        "the content is no sound {media_type}; send the file whole and with its own type",
        "der Inhalt ist kein heiles {media_type}; senden Sie die Datei vollständig und mit ihrem Typ",
    )

    media_type: str


@dataclass(eq=False)
class UnsafeArchive(Invalid):
    """A file would harm who opens it."""

    title_de = "Eine Datei würde schaden, wenn man sie öffnet."
    says = Text("{why}; send a plain document", "{why}; senden Sie ein einfaches Dokument")

    why: str


@dataclass(eq=False)
class AttachmentTooLarge(Invalid):
    """An attachment is empty or too large."""

    title_de = "Eine Anlage ist leer oder zu groß."
    says = Text("it has {size} bytes; 1 to {largest} are taken", "sie hat {size} Bytes; möglich sind 1 bis {largest}")

    size: int
    largest: int


@dataclass(eq=False)
class AlreadyAttached(Conflict):
    """A name belongs to one attachment of what is signed."""

    title_de = "Ein Name gehört zu einer Anlage dessen, was unterzeichnet wird."
    says = Text("'{name}' is attached already", "„{name}“ ist schon beigefügt")

    name: str
