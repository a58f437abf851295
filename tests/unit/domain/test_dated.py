"""Rules by the day they came into force."""

from datetime import date

import pytest
from domain.dated import Dated, NothingInForce

SHARE = Dated.of({date(2011, 1, 1): "87.4", date(2010, 1, 1): "84.8"})


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2010, 1, 1), "84.8"), (date(2010, 12, 31), "84.8"), (date(2011, 1, 1), "87.4"), (date(2030, 1, 1), "87.4")],
)
def test_a_rule_is_in_force_until_the_next_one_is(day: date, value: str) -> None:
    assert SHARE.on(day) == value


def test_before_the_first_rule_nothing_was_in_force() -> None:
    with pytest.raises(NothingInForce, match="2009-12-31"):
        SHARE.on(date(2009, 12, 31))
