"""Figures on the wire."""

from decimal import Decimal

from domain.quantity import half_up

FINEST = 10


def told(value: Decimal | None) -> Decimal | None:
    """Cut a figure to ten decimal places by rounding half up; shorter ones stay as they are."""
    if value is None:
        return None
    return half_up(value, FINEST).normalize() + 0 if -int(value.as_tuple().exponent) > FINEST else value
