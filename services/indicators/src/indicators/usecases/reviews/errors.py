"""What can go wrong with internal control beyond the domain's own rules."""

from dataclasses import dataclass
from uuid import UUID

from domain.errors import Conflict, Invalid, Place, Text, Unknown
from domain.period import Month

from indicators.usecases.filing_errors import NAMES


@dataclass(eq=False)
class NotOnFile(Unknown):
    """There is no such thing in internal control, or not for you."""

    title_de = "Das gibt es in der Fachaufsicht nicht, oder nicht für Sie."
    says = Text("not within your reach: {en} {id}", "nicht in Ihrem Bereich: {de} {id}")

    kind: str
    id: UUID

    def __post_init__(self) -> None:
        """Name it in both languages."""
        self.en, self.de = NAMES[self.kind].en, NAMES[self.kind].de


@dataclass(eq=False)
class OnFileAlready(Conflict):
    """This is on file already, and there is only one."""

    title_de = "Das ist schon erfasst, und es gibt es nur einmal."
    says = Text(
        "on file already: {en}; a round is unique for unit, month and grid until it is withdrawn",
        "schon erfasst: {de}; je Einheit, Monat und Raster gibt es eine Runde, bis sie zurückgezogen wird",
    )

    kind: str

    def __post_init__(self) -> None:
        """Name it in both languages."""
        self.en, self.de = NAMES[self.kind].en, NAMES[self.kind].de


@dataclass(eq=False)
class NotOneColumn(Invalid):
    """A population as CSV has one column, `reference`."""

    title_de = "Eine Grundgesamtheit als CSV hat eine Spalte, `reference`."
    says = Text(
        "row {row} is otherwise; write `reference` in the first row and one reference in each row below it",
        "Zeile {row} ist anders; schreiben Sie `reference` in die erste Zeile und je eine Referenz in die weiteren",
    )

    row: int


@dataclass(eq=False)
class UnknownGrid(Unknown):
    """There is no such review grid, or not this version of it."""

    title_de = "Dieses Prüfraster oder diese Fassung davon gibt es nicht."
    says = Text("there is no grid '{code}' in version {version}", "es gibt kein Raster „{code}“ in Fassung {version}")

    code: str
    version: int | str


@dataclass(eq=False)
class UnknownCheckpoint(Invalid):
    """The round's grid has no such checkpoint."""

    title_de = "Diesen Prüfpunkt hat das Raster der Runde nicht."
    says = Text("there is no checkpoint {number}", "es gibt keinen Prüfpunkt {number}")

    number: int

    def places(self) -> tuple[Place, ...]:
        """Name the member."""
        detail = Text("name one of the grid, or none", "nennen Sie einen des Rasters, oder keinen")
        return (Place(pointer="/checkpoint", code="unknown_checkpoint", detail=detail),)


@dataclass(eq=False)
class UnknownFile(Unknown):
    """The round has no file of this rank."""

    title_de = "Die Runde hat keine Akte dieses Rangs."
    says = Text("there is no file {rank}", "es gibt keine Akte {rank}")

    rank: int


@dataclass(eq=False)
class OfficeNotThere(Invalid):
    """Files are reviewed of a unit that exists in the month."""

    title_de = "Geprüft werden Akten einer Einheit, die es in dem Monat gibt."
    says = Text("{unit} does not exist in {month}", "{unit} gibt es im Monat {month} nicht")

    unit: str
    month: Month
