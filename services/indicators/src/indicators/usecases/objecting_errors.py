"""What can go wrong with objections beyond the domain's own rules."""

from dataclasses import dataclass
from uuid import UUID

from domain.errors import Conflict, Text, Unknown


@dataclass(eq=False)
class UnknownObjection(Unknown):
    """There is no such objection, or not for you."""

    title_de = "Diesen Einwand gibt es nicht, oder nicht für Sie."
    says = Text("there is no objection {id} within your reach", "in Ihrem Bereich gibt es keinen Einwand {id}")

    id: UUID


@dataclass(eq=False)
class AlreadyContested(Conflict):
    """The reading is contested already."""

    title_de = "Die Zahl ist schon bestritten."
    says = Text(
        "an objection against {indicator} ({view}) of {unit} in {month} is open: withdraw it, or wait for its answer",
        "gegen {indicator} ({view}) von {unit} im Monat {month} ist ein Einwand offen: ziehen Sie ihn zuerst zurück, "
        "oder warten Sie die Antwort ab",
    )

    unit: str
    indicator: str
    view: str
    month: str
