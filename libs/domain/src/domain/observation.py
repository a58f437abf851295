"""What was delivered: values with the moment they became known; nothing is ever overwritten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.identity import DeliveryId, UnitCode
from domain.period import Month
from domain.value_status import ValueStatus
from domain.variable import Cell

Key = tuple[UnitCode, Cell, Month]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One value of a unit, cell and month as one delivery told it; without a value it withdraws the earlier one."""

    unit: UnitCode
    cell: Cell
    month: Month
    value: Decimal | None
    recorded_at: datetime
    delivery: DeliveryId
    status: ValueStatus = ValueStatus.COUNTED

    @property
    def key(self) -> Key:
        """Name what the value stands for."""
        return self.unit, self.cell, self.month


def as_known(observations: Iterable[Observation], at: datetime | None = None) -> dict[Key, Observation]:
    """Keep the newest observation of each key, of those recorded up to an instant; order does not matter."""
    newest: dict[Key, Observation] = {}
    for observation in observations:
        if at is not None and observation.recorded_at > at:
            continue
        known = newest.get(observation.key)
        if known is None or (known.recorded_at, known.delivery) < (observation.recorded_at, observation.delivery):
            newest[observation.key] = observation
    return newest
