"""What can go wrong with planning rounds and the files they take, beyond the domain's own rules."""

from dataclasses import dataclass, field

from domain.errors import CellPlace, Invalid, Text

SHOWN = 1_000


class TableUnreadable(Invalid):
    """The table cannot be read."""

    title_de = "Die Tabelle ist nicht lesbar."


@dataclass(eq=False)
class TableEmpty(TableUnreadable):
    """The table has no rows."""

    title_de = "Die Tabelle hat keine Zeilen."
    says = Text(
        "send a header row and at least one row of data", "senden Sie eine Kopfzeile und mindestens eine Datenzeile"
    )


@dataclass(eq=False)
class TableBroken(TableUnreadable):
    """The table is not what its media type says, or it is cut off."""

    title_de = "Die Tabelle ist nicht, was ihr Medientyp sagt, oder abgeschnitten."
    says = Text("it cannot be read as {expected}: {why}", "sie ist nicht lesbar als {expected}: {why}")

    expected: str
    why: str


@dataclass(eq=False)
class TableTooLarge(TableUnreadable):
    """The table is larger than one upload takes."""

    title_de = "Die Tabelle ist größer, als ein Hochladen annimmt."
    says = Text("more than {limit}; send it in parts", "mehr als {limit}; senden Sie sie in Teilen")

    limit: str


@dataclass(eq=False)
class WrongColumns(TableUnreadable):
    """The columns are not those of this table."""

    title_de = "Die Spalten sind nicht die dieser Tabelle."
    says = Text(
        "missing: {missing}; not known: {unknown}; twice: {twice}; the columns are {known}",
        "es fehlen: {missing}; unbekannt: {unknown}; doppelt: {twice}; die Spalten sind {known}",
    )

    missing: str
    unknown: str
    twice: str
    known: str


@dataclass(eq=False)
class RowsRefused(Invalid):
    """Rows of the table are wrong; nothing was kept."""

    title_de = "Zeilen der Tabelle sind falsch; gespeichert wurde nichts."
    says = Text(
        "{rejected} of {read} rows are wrong, {shown} of {found} places are shown; "
        "correct them, or keep the good rows with on_error=accept_valid",
        "{rejected} von {read} Zeilen sind falsch, gezeigt sind {shown} von {found} Stellen; "
        "berichtigen Sie sie, oder behalten Sie die guten Zeilen mit on_error=accept_valid",
    )

    read: int
    rejected: int
    faults: tuple[CellPlace, ...]
    found: int = field(init=False)
    shown: int = field(init=False)

    def __post_init__(self) -> None:
        """Count the wrong cells, and those that are told."""
        self.found = len(self.faults)
        self.shown = min(self.found, SHOWN)

    def places(self) -> tuple[CellPlace, ...]:
        """Name the cells that are wrong, as many as are shown."""
        return self.faults[:SHOWN]
