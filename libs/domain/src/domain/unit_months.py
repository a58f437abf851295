"""Units by the month, the grain of all figures."""

from domain.period import Month
from domain.unit import Unit


def lives_in(unit: Unit, month: Month) -> bool:
    """Say whether a unit exists on at least one day of a month."""
    begun = unit.valid_from is None or unit.valid_from <= month.last_day
    return begun and (unit.valid_until is None or month.first_day < unit.valid_until)
