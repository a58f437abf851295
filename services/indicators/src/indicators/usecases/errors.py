"""What can go wrong with deliveries, catalogue and readings beyond the domain's own rules."""

from dataclasses import dataclass
from uuid import UUID

from domain.errors import Conflict, Invalid, Stale, Text, Unknown


@dataclass(eq=False)
class UnknownDelivery(Unknown):
    """There is no such delivery, or not for you."""

    title_de = "Diese Lieferung gibt es nicht, oder nicht für Sie."
    says = Text("there is no delivery {id} within your reach", "in Ihrem Bereich gibt es keine Lieferung {id}")

    id: UUID


@dataclass(eq=False)
class UnitsNotKnownYet(Conflict):
    """The units have not been copied yet."""

    title_de = "Die Einheiten sind noch nicht übernommen."
    says = Text(
        "load units into the agreements service first, then repeat", "laden Sie zuerst die Einheiten, dann wiederholen"
    )


class FileUnreadable(Invalid):
    """The file cannot be read."""

    title_de = "Die Datei ist nicht lesbar."


@dataclass(eq=False)
class FileEmpty(FileUnreadable):
    """The file is empty."""

    title_de = "Die Datei ist leer."
    says = Text(
        "send a header row and at least one row of data", "senden Sie eine Kopfzeile und mindestens eine Datenzeile"
    )


@dataclass(eq=False)
class FileBroken(FileUnreadable):
    """The file is not what its media type says, or it is cut off."""

    title_de = "Die Datei ist nicht, was ihr Medientyp sagt, oder abgeschnitten."
    says = Text("it cannot be read as {expected}: {why}", "sie ist nicht lesbar als {expected}: {why_de}")

    expected: str
    why: str
    why_de: str = ""

    def __post_init__(self) -> None:
        self.why_de = self.why_de or self.why


@dataclass(eq=False)
class ColumnsMissing(FileUnreadable):
    """The file lacks columns."""

    title_de = "Der Datei fehlen Spalten."
    says = Text(
        "missing: {missing}; needed are {needed}",
        "es fehlen: {missing}; nötig sind {needed}",
    )

    missing: str
    needed: str


@dataclass(eq=False)
class ColumnsUnknown(FileUnreadable):
    """The file has columns nobody knows."""

    title_de = "Die Datei hat unbekannte Spalten."
    says = Text(
        "not known: {unknown}; known beside the needed ones are {known}",
        "unbekannt: {unknown}; bekannt sind neben den nötigen {known}",
    )

    unknown: str
    known: str


@dataclass(eq=False)
class ColumnsTwice(FileUnreadable):
    """A column's name stands twice."""

    title_de = "Ein Spaltenname steht doppelt."
    says = Text("twice: {twice}", "doppelt: {twice}")

    twice: str


@dataclass(eq=False)
class TooManyColumns(FileUnreadable):
    """The file has more columns than any delivery needs."""

    title_de = "Die Datei hat mehr Spalten, als eine Lieferung braucht."
    says = Text("{count} columns; at most {limit}", "{count} Spalten; höchstens {limit}")

    count: int
    limit: int


@dataclass(eq=False)
class VersionTaken(Conflict):
    """This version of the indicator exists."""

    title_de = "Diese Fassung der Kennzahl gibt es schon."
    says = Text("{name} exists; give the next number", "{name} gibt es schon; nehmen Sie die nächste Nummer")

    name: str


@dataclass(eq=False)
class SpanTooLong(Invalid):
    """More months are asked for than one answer gives."""

    title_de = "Es sind mehr Monate verlangt, als eine Antwort gibt."
    says = Text(
        "from {first} to {last}: at most {limit} months, not backwards",
        "von {first} bis {last}: höchstens {limit} Monate, nicht rückwärts",
    )

    first: str
    last: str
    limit: int


@dataclass(eq=False)
class TooManyRows(FileUnreadable):
    """The file has more rows than one delivery takes."""

    title_de = "Die Datei hat mehr Zeilen, als eine Lieferung aufnimmt."
    says = Text("{count} rows; at most {limit}: send it in parts", "{count} Zeilen; höchstens {limit}: bitte teilen")

    count: int
    limit: int


@dataclass(eq=False)
class FileGone(Unknown):
    """The file is not kept any more."""

    title_de = "Die Datei wird nicht mehr aufbewahrt."
    says = Text(
        "files are kept while they are worked off and, with findings, thirty days; send it again",
        "Dateien bleiben bis zur Verarbeitung und mit Befunden dreißig Tage; bitte erneut senden",
    )


@dataclass(eq=False)
class GivenUp(Invalid):
    """The file could not be worked off."""

    title_de = "Die Datei ließ sich nicht verarbeiten."
    says = Text(
        "it was tried {attempts} times and the service stopped each time; send it in smaller parts",
        "es wurde {attempts}-mal versucht, jedes Mal brach der Dienst ab; bitte in kleineren Teilen senden",
    )

    attempts: int


@dataclass(eq=False)
class NothingToTakeBack(Conflict):
    """There is nothing to take back."""

    title_de = "Es gibt nichts zurückzunehmen."
    says = Text(
        "only values that were kept and are not retracted yet can be taken back; case records are corrected by"
        " delivering their month anew",
        "zurücknehmen lassen sich nur übernommene Werte, die noch nicht zurückgenommen sind; Einzelfälle berichtigt"
        " eine neue Lieferung ihres Monats",
    )


@dataclass(eq=False)
class EncodingUnknown(FileUnreadable):
    """The body is packed in a way that is not known."""

    title_de = "Der Inhalt ist auf unbekannte Weise gepackt."
    says = Text(
        "'{encoding}' is not known; send gzip or nothing", "„{encoding}“ ist unbekannt; senden Sie gzip oder nichts"
    )

    encoding: str


@dataclass(eq=False)
class NotOneChange(Invalid):
    """One change is looked at: a definition or a variable."""

    title_de = "Betrachtet wird eine Änderung: eine Fassung oder eine Variable."
    says = Text("give either `definition` or `variable`", "geben Sie entweder `definition` oder `variable` an")


@dataclass(eq=False)
class TooMuchAtOnce(Invalid):
    """More readings would be compared than one answer does."""

    title_de = "Es wären mehr Werte zu vergleichen, als eine Antwort vergleicht."
    says = Text(
        "{count} readings, at most {limit}; ask for fewer units or months",
        "{count} Werte, höchstens {limit}; fragen Sie nach weniger Einheiten oder Monaten",
    )

    count: int
    limit: int


@dataclass(eq=False)
class UnknownCollectionRound(Unknown):
    """There is no such collection round, or not for you."""

    title_de = "Diese Erhebung gibt es nicht, oder nicht für Sie."
    says = Text("there is no collection round {id} within your reach", "in Ihrem Bereich gibt es keine Erhebung {id}")

    id: UUID


@dataclass(eq=False)
class CollectionRoundChanged(Stale):
    """Somebody else changed the collection round in the meantime."""

    title_de = "Jemand anderes hat die Erhebung inzwischen geändert."
    says = Text("read {id} again and repeat your change on it", "lesen Sie {id} neu und wiederholen Sie Ihre Änderung")

    id: UUID


@dataclass(eq=False)
class MonthAhead(Invalid):
    """A month that has not begun has no figures."""

    title_de = "Ein Monat, der nicht begonnen hat, hat keine Zahlen."
    says = Text("{month} has not begun", "{month} hat noch nicht begonnen")

    month: str
