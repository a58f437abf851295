"""What can go wrong with reconciliations."""

from dataclasses import dataclass
from uuid import UUID

from domain.errors import Text, Unknown

from indicators.usecases.errors import FileUnreadable


@dataclass(eq=False)
class UnknownReconciliation(Unknown):
    """There is no such reconciliation, or not for you."""

    title_de = "Diesen Abgleich gibt es nicht, oder nicht für Sie."
    says = Text("there is no reconciliation {id} within your reach", "in Ihrem Bereich gibt es keinen Abgleich {id}")

    id: UUID


@dataclass(eq=False)
class HeaderNotFound(FileUnreadable):
    """No row of the table names unit, indicator, month and value."""

    title_de = "Keine Zeile der Tabelle nennt Einheit, Kennzahl, Monat und Wert."
    says = Text(
        "missing in the likeliest header: {missing}; name the columns unit, indicator, month, value; view, "
        "variant and sex are optional",
        "in der wahrscheinlichsten Kopfzeile fehlen: {missing}; nennen Sie die Spalten Einheit, Kennzahl, Monat, Wert, "
        "wahlweise Sicht, Variante und Geschlecht",
    )

    missing: str


@dataclass(eq=False)
class TooMuchToCompare(FileUnreadable):
    """The table is larger than one run compares."""

    title_de = "Die Tabelle ist größer, als ein Abgleich fasst."
    says = Text(
        "at least {count} figures with those it leaves out of its own units and months; at most {limit}: send it in "
        "parts, by indicator or by month",
        "mindestens {count} Zahlen mit denen, die sie bei ihren eigenen Einheiten und Monaten auslässt; höchstens "
        "{limit}: senden Sie sie in Teilen, nach Kennzahl oder Monat",
    )

    count: int
    limit: int
