"""Whether a delivery may be taken back: by the gates that hold for a delivery of the same."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.admission import Admission
from domain.delivery import Covered
from domain.errors import Conflict, Forbidden, Text
from domain.identity import DeliveryId
from domain.intake import FindingCode

from indicators.ports import Work

MOST_NAMED = 20


@dataclass(eq=False)
class OthersDeliverThis(Forbidden):
    """Some of the delivery is not yours to take back."""

    title_de = "Ein Teil der Lieferung ist nicht Ihrer, den Sie zurücknehmen könnten."
    says = Text(
        "others deliver {needed}: let them take it back, or have the responsibility changed"
        " (/v1/sender-responsibilities)",
        "dafür liefern andere: {needed}; lassen Sie diese die Lieferung zurücknehmen oder die Zuständigkeit ändern"
        " (/v1/sender-responsibilities)",
    )


@dataclass(eq=False)
class MonthsClosed(Conflict):
    """The delivery brought figures for months that are closed."""

    title_de = "Die Lieferung brachte Zahlen für Monate, die abgeschlossen sind."
    says = Text(
        "closed are {closed}: have a late permit given for each (/v1/late-permits), then take the delivery back",
        "abgeschlossen sind {closed}: lassen Sie sich für jeden die Nachlieferung erlauben (/v1/late-permits), dann"
        " nehmen Sie die Lieferung zurück",
    )

    closed: str


async def must_be_theirs(work: Work, id: DeliveryId, covered: Sequence[Covered], admission: Admission) -> None:
    """Refuse a delivery as a whole of which the caller could not deliver every unit, variable and month today."""
    units = {entry.unit for entry in covered}
    if admission.allowed is not None and not units <= admission.allowed:
        raise OthersDeliverThis(_named(units - admission.allowed))
    kept_out = defaultdict[FindingCode | None, set[str]](set)
    for unit, variable, month in await work.history.brought(id, units & admission.gates.units):
        code = admission.kept_out(unit, month, [variable])
        kept_out[code].add(f"{unit} {month}" if code is FindingCode.MONTH_CLOSED else f"{unit} {variable} {month}")
    if others := kept_out[FindingCode.NOT_RESPONSIBLE]:
        raise OthersDeliverThis(_named(others))
    if closed := kept_out[FindingCode.MONTH_CLOSED]:
        raise MonthsClosed(_named(closed))


def _named(places: Collection[str]) -> str:
    more = ", …" if len(places) > MOST_NAMED else ""
    return ", ".join(sorted(places)[:MOST_NAMED]) + more
