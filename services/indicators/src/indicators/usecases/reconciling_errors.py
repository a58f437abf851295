"""What can go wrong with reconciliations."""

from dataclasses import dataclass
from uuid import UUID

from domain.errors import Invalid, Text, Unknown


@dataclass(eq=False)
class UnknownReconciliation(Unknown):
    """There is no such reconciliation, or not for you."""

    title_de = "Diesen Abgleich gibt es nicht, oder nicht für Sie."
    says = Text("there is no reconciliation {id} within your reach", "in Ihrem Bereich gibt es keinen Abgleich {id}")

    id: UUID


@dataclass(eq=False)
class HeaderNotFound(Invalid):
    """No row of the table names unit, indicator, month and value."""

    title_de = "Keine Zeile der Tabelle nennt Einheit, Kennzahl, Monat und Wert."
    says = Text(
        "missing in the likeliest header: {missing}; name the columns unit, indicator, month, value; view and "
        "variant are optional",
        "in der wahrscheinlichsten Kopfzeile fehlen: {missing}; nennen Sie die Spalten Einheit, Kennzahl, Monat, Wert, "
        "wahlweise Sicht und Variante",
    )

    missing: str


@dataclass(eq=False)
class TooMuchToCompare(Invalid):
    """The table is larger than one run compares."""

    title_de = "Die Tabelle ist größer, als ein Abgleich fasst."
    says = Text(
        "{count} figures; at most {limit}: send it in parts, by indicator or by month",
        "{count} Zahlen; höchstens {limit}: senden Sie sie in Teilen, nach Kennzahl oder Monat",
    )

    count: int
    limit: int
