"""The ports of the delivery duty, remembered instead of stored."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.identity import UnitCode, VariableCode
from domain.period import Month
from domain.receipt import ANY_VARIABLE, Gap, Receipt, Receipts
from domain.reminder import Reminder, Step
from indicators.ports.duty import Rejected, RejectedKey


@dataclass
class Brought:
    """What one delivery brought on a day, and what it rejected; None withdraws."""

    day: date
    values: dict[RejectedKey, str | None]
    rejected: dict[RejectedKey, int] = field(default_factory=dict)
    cured_by: dict[RejectedKey, int] = field(default_factory=dict)
    withheld: set[RejectedKey] = field(default_factory=set)
    taken_back: bool = False


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
        for key in sorted({key for one in self.deliveries.values() for key in (*one.values, *one.rejected)}):
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

    async def keep_withheld(self, number: int, withheld: Sequence[RejectedKey]) -> None:
        """Keep what is kept back."""
        self.deliveries[number].withheld |= set(withheld)

    async def withheld(
        self, units: Collection[UnitCode], variables: Collection[VariableCode], first: Month, last: Month
    ) -> Collection[RejectedKey]:
        """Say what is kept back."""
        standing = {key for one in self.deliveries.values() if not one.taken_back for key in one.withheld}
        return {key for key in standing if key[0] in units and key[2] in variables and first <= key[1] <= last}

    def _receipt(self, key: RejectedKey) -> Receipt:
        since: date | None = None
        for one in self.deliveries.values():
            if key in one.values and not one.taken_back:
                since = None if one.values[key] is None else since or one.day
        refusing = [one for one in self.deliveries.values() if key in one.rejected and not one.taken_back]
        uncured = [one.rejected[key] for one in refusing if self._open(one, key)]
        gaps = [Gap(one.day, self.deliveries[one.cured_by[key]].day) for one in refusing if not self._open(one, key)]
        return Receipt(since=since, rejected=uncured[-1] if uncured else 0, gaps=tuple(gaps))

    def _open(self, one: Brought, key: RejectedKey) -> bool:
        cure = one.cured_by.get(key)
        return cure is None or self.deliveries[cure].taken_back


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
