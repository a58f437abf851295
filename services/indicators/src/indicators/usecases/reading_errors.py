"""What can go wrong when readings and observations are asked for."""

from dataclasses import dataclass
from uuid import UUID

from domain.errors import Conflict, Invalid, Text, Unknown


@dataclass(eq=False)
class NotTried(Conflict):
    """Only a dry run that has its outcome can be read as if it were kept."""

    title_de = "Nur ein abgeschlossener Probelauf lässt sich lesen, als wäre er übernommen."
    says = Text(
        "delivery {id} is no dry run, or has no outcome yet (its state is '{status}')",
        "die Lieferung {id} ist kein Probelauf oder hat noch kein Ergebnis (Stand „{status}“)",
    )

    id: UUID
    status: str


@dataclass(eq=False)
class NotDefinedThen(Unknown):
    """Nobody had defined this indicator at that instant."""

    title_de = "Diese Kennzahl hatte zu diesem Zeitpunkt niemand bestimmt."
    says = Text(
        "there was no indicator '{code}' at {as_of}; GET /v1/indicators lists those of today",
        "am {as_of} gab es keine Kennzahl „{code}“; GET /v1/indicators nennt die heutigen",
    )

    code: str
    as_of: str


@dataclass(eq=False)
class TooManyReadings(Invalid):
    """More rows are asked for than one table holds."""

    title_de = "Es sind mehr Zeilen verlangt, als eine Tabelle fasst."
    says = Text(
        "{count} rows; at most {limit}: ask for fewer units, indicators, variables or months at once",
        "{count} Zeilen; höchstens {limit}: fragen Sie weniger Einheiten, Kennzahlen, Variablen oder Monate auf einmal",
    )

    count: int
    limit: int


@dataclass(eq=False)
class WorkbookTooLong(Invalid):
    """A worksheet holds a limited number of rows."""

    title_de = "Ein Tabellenblatt fasst nur eine begrenzte Zahl von Zeilen."
    says = Text(
        "an xlsx worksheet holds {limit} rows below its header; take csv or parquet, or ask for less at once",
        "ein XLSX-Tabellenblatt fasst {limit} Zeilen unter der Kopfzeile; nehmen Sie csv oder parquet, oder fragen Sie"
        " weniger auf einmal",
    )

    limit: int


@dataclass(eq=False)
class Contradictory(Invalid):
    """Two parameters contradict each other."""

    title_de = "Zwei Parameter widersprechen sich."
    says = Text("give '{one}' or '{other}', not both", "geben Sie „{one}“ oder „{other}“ an, nicht beides")

    one: str
    other: str


@dataclass(eq=False)
class NumberTooLong(Invalid):
    """A number has more digits than a column of this format holds."""

    title_de = "Eine Zahl hat mehr Stellen, als eine Spalte dieses Formats fasst."
    says = Text(
        "in '{column}' a number has more than 28 digits before the point; take csv",
        "in „{column}“ hat eine Zahl mehr als 28 Stellen vor dem Komma; nehmen Sie csv",
    )

    column: str
