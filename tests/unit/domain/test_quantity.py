"""Numbers with units."""

from decimal import Decimal

import pytest
from domain.quantity import Measure, NotADecimal, Quantity, UnitsDiffer, decimal_of, half_up


@pytest.mark.parametrize(
    ("number", "places", "shown"),
    [
        ("20.55", 1, "20.6"),
        ("20.65", 1, "20.7"),  # not to the even neighbour
        ("-0.5", 0, "-1"),
        ("-0.04", 1, "0.0"),  # a zero has no sign
        ("17283", 2, "17283.00"),
        ("1e49", 2, "1" + "0" * 49 + ".00"),
    ],
)
def test_output_is_rounded_half_up(number: str, places: int, shown: str) -> None:
    assert str(half_up(Decimal(number), places)) == shown


@pytest.mark.parametrize("text", ["0", "-3", "90295768.00", "9" * 18 + "." + "9" * 10])
def test_a_plain_decimal_keeps_the_precision_it_came_with(text: str) -> None:
    assert str(decimal_of(text)) == text


@pytest.mark.parametrize(
    "text", ["", " 1", "1e3", "1,5", "1.", ".5", "+1", "NaN", "Infinity", "٣", "1\n", "9" * 19, "0." + "1" * 11]
)
def test_anything_else_is_no_decimal(text: str) -> None:
    with pytest.raises(NotADecimal):
        decimal_of(text)


def test_quantities_of_one_unit_add_up() -> None:
    assert Quantity(Decimal("1.10"), Measure.EUR) + Quantity(Decimal("2.20"), Measure.EUR) == Quantity(
        Decimal("3.30"), Measure.EUR
    )


def test_persons_are_not_subtracted_from_euros() -> None:
    with pytest.raises(UnitsDiffer, match="EUR and persons"):
        Quantity(Decimal(1), Measure.EUR) - Quantity(Decimal(1), Measure.PERSONS)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_quantity_is_finite(number: str) -> None:
    with pytest.raises(NotADecimal):
        Quantity(Decimal(number), Measure.ONE)
