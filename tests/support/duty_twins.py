"""The ports of the delivery duty, remembered instead of stored."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chassis.clock import new_id
from domain.identity import DeliveryId, UnitCode, VariableCode
from domain.lack import Bearer
from domain.observation import Key
from domain.period import Month
from domain.receipt import ANY_VARIABLE, Gap, Receipt, Receipts
from domain.reminder import Reminder, Step
from domain.variable import Cell
from domain.vintage import Turn
from indicators.ports import Span
from indicators.ports.duty import KeptBack, Rejected, RejectedKey, Withholding

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass
class Brought:
    """What one delivery brought on a day, and what it rejected; None withdraws."""

    day: date
    values: dict[RejectedKey, str | None]
    rejected: dict[RejectedKey, int] = field(default_factory=dict)
    cured_by: dict[RejectedKey, int] = field(default_factory=dict)
    withheld: set[Key] = field(default_factory=set)
    taken_back: date | None = None
    dry_run: bool = False
    bearer: Bearer = field(default_factory=lambda: Bearer(DeliveryId(new_id()), "x"))
    undone_by: Bearer = field(default_factory=lambda: Bearer(DeliveryId(new_id()), "x"))

    def stands(self, as_of: datetime | None, dry_run: DeliveryId | None = None) -> bool:
        """Say whether it had come by an instant and was not taken back; no dry run does but the one asked for."""
        if self.dry_run and self.bearer.delivery != dry_run:
            return False
        came = as_of is None or at_noon(self.day) <= as_of
        return came and (self.taken_back is None or (as_of is not None and at_noon(self.taken_back) > as_of))


def at_noon(day: date) -> datetime:
    """Give noon in Berlin."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=BERLIN)


def receiving_anything() -> "RememberedReceived":
    """Give a twin that learns of deliveries by what is kept of them."""
    received = RememberedReceived()
    received.deliveries = defaultdict(lambda: Brought(date(2015, 1, 5), {}))
    return received


class RememberedReceived:
    """Twin of `Received`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.deliveries: dict[int, Brought] = {}

    async def receipts(
        self, units: Collection[UnitCode], variables: Collection[VariableCode], first: Month, last: Month
    ) -> Receipts:
        """Say what came."""
        found: dict[tuple[UnitCode, Month], dict[VariableCode, Receipt]] = {}
        named = {(unit, month, cell.variable) for unit, cell, month in self._withheld(None)}
        told = {key for one in self.deliveries.values() for key in (*one.values, *one.rejected)}
        for key in sorted(named | told):
            unit, month, variable = key
            wanted = unit in units and variable in {*variables, ANY_VARIABLE} and first <= month <= last
            receipt = self._receipt(key)
            if wanted and receipt != Receipt():
                found.setdefault((unit, month), {})[variable] = receipt
        return found

    async def open_rejections(self, units: Collection[UnitCode]) -> Sequence[RejectedKey]:
        """List what nothing has cured."""
        standing = [one for one in self.deliveries.values() if not one.taken_back]
        return sorted({key for one in standing for key in one.rejected if key[0] in units and self._open(one, key)})

    async def keep_rejections(self, number: int, rejected: Sequence[Rejected], cured: Collection[RejectedKey]) -> None:
        """Close what was cured, then keep what was rejected anew."""
        for one in self.deliveries.values():
            one.cured_by |= {key: number for key in cured if key in one.rejected and self._open(one, key)}
        self.deliveries[number].rejected |= {one.key: one.rows for one in rejected}

    async def refused(
        self, units: Collection[UnitCode], variables: Collection[VariableCode], first: Month, last: Month
    ) -> Mapping[RejectedKey, Bearer]:
        """Name whose rejected rows nothing has cured."""
        return {
            key: one.bearer
            for _, one in sorted(self.deliveries.items())
            for key in one.rejected
            if not one.taken_back and self._open(one, key)
            if key[0] in units and first <= key[1] <= last and key[2] in {*variables, ANY_VARIABLE}
        }

    async def keep_withheld(self, number: int, withheld: Sequence[Key]) -> None:
        """Keep what is kept back."""
        self.deliveries[number].withheld |= set(withheld)

    async def withheld(
        self, units: Collection[UnitCode], variables: Collection[VariableCode], first: Month, last: Month
    ) -> Collection[RejectedKey]:
        """Say of which variables anything is kept back."""
        standing = {(unit, month, cell.variable) for unit, cell, month in self._withheld(None)}
        return {key for key in standing if key[0] in units and key[2] in variables and first <= key[1] <= last}

    async def kept_back(
        self, span: Span, as_of: datetime | None, dry_run: DeliveryId | None = None
    ) -> Mapping[Key, KeptBack]:
        """Say what is kept back, cell by cell."""
        return {
            key: one
            for key, one in self._withheld(as_of, dry_run).items()
            if key[0] in span.units and key[1] in span.cells and span.first <= key[2] <= span.last
        }

    async def withholdings(self, span: Span, as_of: datetime | None) -> Sequence[Withholding]:
        """List every time that a value was told as kept back, or that was taken back."""
        found = [
            Withholding(key=key, turn=Turn(at_noon(day), bearer.delivery))
            for one in self.deliveries.values()
            for key in one.withheld
            for day, bearer in ((one.day, one.bearer), (one.taken_back, one.undone_by))
            if day is not None and not one.dry_run and (as_of is None or at_noon(day) <= as_of)
            if key[0] in span.units and key[1] in span.cells and span.first <= key[2] <= span.last
        ]
        return sorted(found, key=lambda one: (one.key, one.turn.at))

    def _withheld(self, as_of: datetime | None, dry_run: DeliveryId | None = None) -> dict[Key, KeptBack]:
        found: dict[Key, KeptBack] = {}
        for _, one in sorted(self.deliveries.items()):
            if not one.stands(as_of, dry_run):
                continue
            for unit, month, variable in one.values:
                found.pop((unit, Cell(variable), month), None)
            for key in one.withheld:
                since = found[key].since if key in found else at_noon(one.day)
                found[key] = KeptBack(since=since, by=one.bearer)
        return found

    def _receipt(self, key: RejectedKey) -> Receipt:
        since: date | None = None
        for one in self.deliveries.values():
            if key in one.values and not one.taken_back:
                since = None if one.values[key] is None else since or one.day
        refusing = [one for one in self.deliveries.values() if key in one.rejected and not one.taken_back]
        uncured = [one.rejected[key] for one in refusing if self._open(one, key)]
        gaps = [Gap(one.day, self.deliveries[one.cured_by[key]].day) for one in refusing if not self._open(one, key)]
        unit, month, variable = key
        kept_back = [
            self._told_before(place) or one.since.astimezone(BERLIN).date()
            for place, one in self._withheld(None).items()
            if (place[0], place[2], place[1].variable) == (unit, month, variable)
        ]
        return Receipt(
            since=since,
            withheld=min(kept_back, default=None),
            rejected=uncured[-1] if uncured else 0,
            gaps=tuple(gaps),
        )

    def _told_before(self, place: Key) -> date | None:
        """Say since when a cell that is kept back was told before, without having been withdrawn in between."""
        unit, cell, month = place
        since: date | None = None
        for one in self.deliveries.values():
            value = one.values.get((unit, month, cell.variable), "nothing told")
            if cell.dimensions or one.taken_back or value == "nothing told":
                continue
            if value is not None:
                since = since or one.day
            elif place not in one.withheld:
                since = None
        return since

    def _open(self, one: Brought, key: RejectedKey) -> bool:
        cure = one.cured_by.get(key)
        return cure is None or self.deliveries[cure].taken_back is not None


class RememberedReminders:
    """Twin of `Reminders`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._sent: set[tuple[UnitCode, tuple[VariableCode, ...], Month, Step]] = set()

    async def note(self, reminders: Sequence[Reminder]) -> Sequence[Reminder]:
        """Note reminders and give the new ones."""
        keys = {(one.owed.duty.unit, one.owed.duty.variables, one.owed.month, one.step): one for one in reminders}
        new = [one for key, one in keys.items() if key not in self._sent]
        self._sent |= keys.keys()
        return new
